"""The page of a ballot."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from madang.ballots.models import Ballot
from madang.ballots.pages.data import (
    SHOWN_BALLOTS,
    ballot_data,
    papers_beside,
    round_after,
    round_before,
    worked_out,
)
from madang.ballots.pages.data import SIDES as SIDE_KEYS
from madang.ballots.pages.threshold import draw_threshold
from madang.ballots.results import said_again, said_next, said_result
from madang.ballots.rules.words import BallotStatus
from madang.ballots.rules.working import Step
from madang.ballots.wording import CHOICES, OUTCOMES, REASONS, SIDES, STATES
from madang.foundation.answers import Table, answer
from madang.foundation.refusals import NotFound
from madang.meetings.pages.meetings import WAYS, find_meeting
from madang.meetings.words import STANDS
from madang.members.pages.figures import figure_words
from madang.members.pages.seat_chart import Drawn, draw_seats

WHOLES = {
    "roll": gettext_lazy("the %(whole)s seats on the roll"),
    "returned": gettext_lazy("the %(whole)s answers returned"),
    "cast": gettext_lazy("the %(whole)s votes for and against"),
}


BALLOTS = Ballot.objects.select_related("meeting__body")


def find_rounds(address: str, among: QuerySet[Ballot] = BALLOTS) -> list[Ballot]:
    """Every round of a meeting's ballot, from the first.

    Raises NotFound: meetings.not_here, ballots.not_here.
    """
    if found := list(among.filter(meeting__address=address).order_by("round")):
        return found
    find_meeting(address)
    raise NotFound(
        "ballots.not_here", address=address, nearest=[reverse("meeting", args=[address])]
    )


def find_ballot(address: str, round: int | None = None) -> Ballot:
    """A round of a meeting's ballot, the newest unless one is asked for.

    Raises NotFound: meetings.not_here, ballots.not_here, ballots.no_such_round.
    """
    return _round(find_rounds(address), round)


def _round(rounds: list[Ballot], asked: int | None) -> Ballot:
    newest = rounds[-1]
    found = next((row for row in rounds if row.round == asked), None) if asked else newest
    if found is None:
        nearest = [reverse("ballot", args=[newest.meeting.address])]
        raise NotFound("ballots.no_such_round", round=asked, nearest=nearest)
    return found


def ballot(request: Any, address: str, twin: str, round: int | None = None) -> HttpResponse:
    """A round of a meeting's ballot; without a number the newest one."""
    rounds = find_rounds(address, SHOWN_BALLOTS)
    found = _round(rounds, round)
    data = ballot_data(found, rounds)
    if found.status == BallotStatus.RECORDED:
        return answer(
            request,
            twin,
            "ballots/ballot.html",
            data,
            table=lambda: _table(data),
            extra={"ways": WAYS},
        )
    return answer(
        request,
        twin,
        "ballots/held.html",
        data,
        table=lambda: _table(data),
        extra=_extra(request, found, rounds, data) if not twin else None,
    )


def _extra(
    request: HttpRequest, found: Ballot, rounds: list[Ballot], data: dict[str, Any]
) -> dict[str, Any]:
    """What the page alone has: words and drawings."""
    closed = found.status == BallotStatus.CLOSED
    earlier, later = round_before(found, rounds), round_after(found, rounds)
    return {
        "ways": WAYS,
        "state": STATES[found.status],
        "stands": STANDS,
        "many": len(rounds) > 1,
        "newest": data["rounds"][-1],
        "again": said_again(found.round, earlier) if earlier else "",
        "result": said_result(found) if closed else "",
        "next": said_next(found, later) if closed else "",
        "later": later and later.round,
        **papers_beside(data["papers"], found, earlier),
        "why_in_writing": REASONS.get(found.written_reason or ""),
        "figures": [{**rule, "words": figure_words(rule["figure"])} for rule in data["rules"]],
        "row": _row_of_keys(data),
        "sides": SIDES,
        "choices": CHOICES,
        "left": _left(request, found),
        "chart": _chart(data) if found.opened_at else "",
        "outcome_word": OUTCOMES[found.outcome] if found.outcome else "",
        "bars": [_bar(step) for step in worked_out(found)] if closed else [],
        "table": _by_side(data) if closed else [],
        "reasons": [vote for vote in data["votes"] or [] if vote["reason"]],
        "persons": {seat["seat"]: seat["person"] for seat in data["roll"]},
        "absent": _absent(data),
    }


def _left(request: Any, found: Ballot) -> str:
    """The days left. The page is kept for a day at most, so it counts nothing shorter."""
    if found.status != BallotStatus.OPEN or not found.closes_at:
        return ""
    days = (timezone.localdate(found.closes_at) - timezone.localdate(request.at)).days
    if days <= 0:
        return _("closes today")
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}


def _row_of_keys(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The row of approval: who drafted, who turned which key, when it became public."""
    turned = {key["side"]: key for key in data["keys"]}
    keys = [
        {
            "words": _("Government co-chair")
            if side == "government"
            else _("Civil-society co-chair"),
            "person": turned.get(side, {}).get("person"),
            "at": turned.get(side, {}).get("turned_at"),
            "key": turned.get(side),
        }
        for side in SIDE_KEYS
    ]
    return [
        {"words": _("Drafted by the secretariat"), "person": None, "at": data["drafted_at"]},
        *keys,
        {"words": _("Opened to the members"), "person": None, "at": data["opened_at"]},
    ]


# --- the result ----------------------------------------------------------------------------------


def _bar(step: Step) -> dict[str, Any]:
    facts = {
        "part": step.part,
        "whole": step.whole,
        "of": WHOLES[step.share.base] % {"whole": step.whole},
        "least": step.least,
    }
    over = step.share.comparator == ">"
    if step.key == "quorum":
        asked = _("Did enough seats answer?")
        words = (
            _("%(part)s of %(whole)s returned; more than %(least)s needed")
            if over
            else _("%(part)s of %(whole)s returned; at least %(least)s needed")
        )
        came = _("quorate") if step.met else _("no quorum")
    else:
        asked = _("Did enough say yes?")
        words = (
            _("%(part)s yes; more than %(least)s of %(of)s needed")
            if over
            else _("%(part)s yes; at least %(least)s of %(of)s needed")
        )
        came = _("enough") if step.met else _("not enough")
    sentence = f"{words % facts} → {came}"
    return {"asked": asked, "sentence": sentence, "drawing": draw_threshold(step, sentence)}


def _marks(data: dict[str, Any]) -> dict[str, str]:
    """The mark of each seat: its choice once the ballot is closed, before only that it answered."""
    if data["votes"] is not None:
        return {vote["seat"]: vote["choice"] for vote in data["votes"]}
    return dict.fromkeys(data["turnout"]["seats"], "answered")


def _chart(data: dict[str, Any]) -> str:
    if not data["turnout"]:
        return ""
    marks, chairs = _marks(data), {key["seat"] for key in data["keys"]}
    seats = []
    for seat in sorted(data["roll"], key=lambda seat: SIDE_KEYS.index(seat["side"])):
        mark = marks.get(seat["seat"], "not_returned")
        title = f"{seat['seat']}: {CHOICES.get(mark) or _('answered')}"
        seats.append(Drawn(seat["side"], False, seat["seat"] in chairs, title, mark))
    return draw_seats(seats, words=_chart_words(data))


def _chart_words(data: dict[str, Any]) -> str:
    if data["votes"] is None:
        turnout = data["turnout"]
        return _("%(answered)s of %(of)s seats have answered") % turnout
    return ", ".join(f"{words} {data['counts'][key]}" for key, words in CHOICES.items())


def _by_side(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The counts by side and together, in the order of the choices."""
    marks = _marks(data)
    answers = {seat["seat"]: marks.get(seat["seat"], "not_returned") for seat in data["roll"]}

    def line(words: Any, sides: tuple[str, ...]) -> dict[str, Any]:
        of = [answers[seat["seat"]] for seat in data["roll"] if seat["side"] in sides]
        return {"words": words, "cells": [of.count(key) for key in CHOICES], "all": len(of)}

    return [*(line(SIDES[side], (side,)) for side in SIDE_KEYS), line(_("Together"), SIDE_KEYS)]


def _absent(data: dict[str, Any]) -> list[str]:
    """The seats that have not answered; named once the ballot is closed."""
    if data["votes"] is None:
        return []
    returned = {vote["seat"] for vote in data["votes"]}
    return [seat["seat"] for seat in data["roll"] if seat["seat"] not in returned]


def _table(data: dict[str, Any]) -> Table:
    """The roll, seat by seat; what a seat answered stands in it once the ballot is closed."""
    headings = [_("Seat"), _("Side"), _("Answered"), _("Answer"), _("Reason"), _("Record entry")]
    votes = {vote["seat"]: vote for vote in data["votes"] or []}
    answered = set((data.get("turnout") or {}).get("seats", ()))
    rows = []
    for seat in data["roll"] or []:
        vote = votes.get(seat["seat"], {})
        came = _("yes") if seat["seat"] in answered else _("no")
        choice = CHOICES[vote["choice"]] if vote else None
        cells = [choice, vote.get("reason"), vote.get("entry")]
        rows.append([seat["seat"], SIDES[seat["side"]], came, *cells])
    again = f"-{data['round']}" if data["round"] > 1 else ""
    return Table(f"ballot-{data['meeting']['address']}{again}", headings, rows)
