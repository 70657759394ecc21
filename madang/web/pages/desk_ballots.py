"""The secretariat's ballots: each by its state, with what can be done to it now."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from madang.ballots.actions.annul import annul_ballot
from madang.ballots.actions.draft_round import draft_round
from madang.ballots.actions.key_document import enter_key
from madang.ballots.actions.print_codes import ask_codes
from madang.ballots.actions.remind import remind
from madang.ballots.actions.revise import revise_ballot
from madang.ballots.actions.vote_document import enter_vote
from madang.ballots.drafts import rounds_to_repeat
from madang.ballots.letters import unreached_seats
from madang.ballots.models import Ballot, Key, Reminder, SentBack
from madang.ballots.papers import papers_outdated
from madang.ballots.pending import waiting_keys, waiting_votes
from madang.ballots.reading import next_round, text_digest
from madang.ballots.results import said_result
from madang.ballots.rules.preparing import check_can_remind, most_reminders
from madang.ballots.rules.states import may_begin
from madang.ballots.rules.words import BallotStatus
from madang.ballots.turnout import answered_seats, turnouts
from madang.ballots.wording import OUTCOMES, STATES
from madang.foundation.refusals import NotFound, NotValid, Refusal
from madang.meetings.words import STANDS
from madang.web.pages.ballot_text import beside_the_last, by_side, key_places, roll_of, text_shown
from madang.web.sentences import sentence
from madang.web.tasks import plans_to_decide
from madang.web.timeleft import time_left
from madang.web.typed import moment_of, typed

ORDER = ("draft", "keyed", "open", "closed", "annulled")


def find_held(address: str) -> Ballot:
    """The newest ballot held here at a meeting.

    Raises NotFound: ballots.not_here.
    """
    held = Ballot.objects.exclude(status=BallotStatus.RECORDED).filter(meeting__address=address)
    found = held.select_related("meeting__body").order_by("-round").first()
    if found is None:
        raise NotFound("ballots.not_here", address=address)
    return found


def round_to_follow(address: str) -> Ballot:
    """The round a new one would follow: the newest that was not annulled, where there is one.

    Raises NotFound: ballots.not_here.
    """
    newest = find_held(address)
    held = newest.meeting.ballots.exclude(status=BallotStatus.ANNULLED).order_by("-round")
    return held.select_related("meeting__body").first() or newest


def ballots(request: HttpRequest) -> HttpResponse:
    """Every ballot held here, by its state."""
    held = Ballot.objects.exclude(status=BallotStatus.RECORDED).select_related("meeting")
    rows = list(held.order_by("-opens_at", "-pk"))
    answered = turnouts(rows)
    newest = {row.meeting_id: row.round for row in sorted(rows, key=lambda row: row.round)}
    lines = [(row, *answered[row.pk], row.round == newest[row.meeting_id]) for row in rows]
    groups = [(STATES[key], [line for line in lines if line[0].status == key]) for key in ORDER]
    shown = {
        "groups": [group for group in groups if group[1]],
        "plans": plans_to_decide(moment_of(request)),
        "outcomes": OUTCOMES,
        "repeat": {row.pk for row in rounds_to_repeat(moment_of(request))},
    }
    return render(request, "web/desk_ballots.html", shown)


def ballot(request: HttpRequest, address: str) -> HttpResponse:
    """One ballot: its text, its keys, who has answered; reminding and dropping."""
    found = find_held(address)
    if request.method != "POST":
        return _page(request, found)
    given = request.POST.get("reason", "")
    try:
        check_same_round(request, found)
        _act(request, found)
    except Refusal as problem:
        return _page(request, found, problem=problem, given=given)
    return redirect("desk.ballot", address)


def check_same_round(request: Any, found: Ballot) -> None:
    """Refuse a form that was opened on an earlier round than the one that is there now.

    Raises NotValid: web.stale_form.
    """
    if (typed(request, "round", most=20) or "1") != str(found.round):
        raise NotValid("web.stale_form")


def _act(request: Any, found: Ballot) -> None:
    at = moment_of(request)
    match request.POST.get("act"):
        case "remind":
            remind(found, by=request.actor, at=at)
        case "annul":
            reason, language = typed(request, "reason"), get_language() or "ko"
            annul_ballot(found, reason=reason, language=language, by=request.actor, at=at)
        case _:
            raise NotValid("web.nothing_chosen")


def _page(
    request: Any, found: Ballot, *, problem: Refusal | None = None, given: str = ""
) -> HttpResponse:
    at, open_now = moment_of(request), found.status == BallotStatus.OPEN
    roll = list(found.roll.select_related("seat__seat_class", "person")) or roll_of(found)
    keys = list(Key.objects.filter(what=found.ref).select_related("person", "seat", "file"))
    preparing = found.status in (BallotStatus.DRAFT, BallotStatus.KEYED)
    digest = text_digest(found) if preparing else found.digest
    shown = {
        "ballot": found,
        "status": STATES[found.status],
        "text": text_shown(found, request.forum.languages, roll),
        "places": key_places(keys, digest),
        "digest": digest,
        "outdated": found.status == BallotStatus.DRAFT and papers_outdated(found),
        "earlier": list(found.meeting.ballots.filter(round__lt=found.round).order_by("round")),
        "stands": STANDS,
        "repeats": _repeats(request, found.meeting.address, at),
        **beside_the_last(found),
        "sent_back": SentBack.objects.filter(ballot=found).select_related("seat"),
        "left": time_left(found.closes_at, at) if open_now and found.closes_at else "",
        "turnout": _turnout(found, roll) if found.status in ("open", "closed") else None,
        "unreached": unreached_seats(found, at) if open_now else (),
        "reminding": _reminding(found, at) if open_now else None,
        "may_revise": _may(request, revise_ballot, found),
        "may_annul": _may(request, annul_ballot, found),
        "may_enter": _may(request, enter_key, found) or _may(request, enter_vote, found),
        "may_print": _may(request, ask_codes, found),
        "pending": len(waiting_keys(found) or waiting_votes(found)),
        "may_remind": open_now and remind.open_to(request.actor, found),
        "given": given,
        "problem": problem and sentence(problem),
    }
    return render(request, "web/desk_ballot.html", shown, status=problem.status if problem else 200)


def _may(request: Any, act: Any, found: Ballot) -> bool:
    return may_begin(act.name, found.status) and act.open_to(request.actor, found)


def _repeats(request: Any, address: str, at: datetime) -> dict[str, Any] | None:
    """The new round that may be drafted now: its number, and why there may be one."""
    short = round_to_follow(address)
    if short not in rounds_to_repeat(at) or not draft_round.open_to(request.actor, short):
        return None
    return {"round": next_round(short.meeting), "why": said_result(short)}


def _turnout(found: Ballot, roll: list[Any]) -> list[dict[str, Any]]:
    """Who has not answered, by side; how anyone answered is not here."""
    answered = answered_seats(found)
    return [
        {
            **side,
            "given": sum(row.seat.number in answered for row in side["seats"]),
            "missing": [row for row in side["seats"] if row.seat.number not in answered],
        }
        for side in by_side(roll)
    ]


def _reminding(found: Ballot, at: datetime) -> dict[str, Any]:
    """How often members were reminded, how often they may be, and why not now."""
    sent = list(Reminder.objects.filter(ballot=found))
    most = most_reminders(found.rules or [])
    last = sent[-1].sent_at if sent else None
    assert found.closes_at
    try:
        check_can_remind(
            found.status, closes_at=found.closes_at, sent=len(sent), most=most, last=last, at=at
        )
    except Refusal as problem:
        return {"sent": sent, "most": most, "why_not": sentence(problem)}
    return {"sent": sent, "most": most, "why_not": ""}
