"""The one shape of a ballot, for its page and its twins."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db.models import OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.ballots.decisions import decision_papers
from madang.ballots.models import Ballot, Key, RollSeat, ref_in_sql
from madang.ballots.reading import counting_votes, roll_on, rules_on
from madang.ballots.results import said_papers
from madang.ballots.rules.rounds import compare_papers
from madang.ballots.rules.tally import Tally, read_rules
from madang.ballots.rules.words import BallotStatus
from madang.ballots.rules.working import Step, steps
from madang.ballots.wording import WRITTEN_RULE
from madang.documents.models import Document
from madang.foundation.addresses import address_of
from madang.foundation.gathering import Gathered, There
from madang.foundation.texts import Text
from madang.meetings.pages.meetings import meeting_line
from madang.planning.models import Plan
from madang.record import log

COUNTED = ("yes", "no", "abstain", "recused", "not_returned")
SIDES = ("government", "civil_society")
_REF = ref_in_sql(OuterRef)
SHOWN_BALLOTS = Ballot.objects.select_related("meeting__body").annotate(
    of_a_draft=There(Plan.drafts_at(OuterRef("decides"))),
    roll_rows=Gathered(
        RollSeat.objects.filter(ballot=OuterRef("pk")),
        seat="seat__number",
        side="seat__seat_class__side",
        person="person__name",
    ),
    vote_rows=Gathered(
        counting_votes(OuterRef("pk")),
        seat="seat__number",
        choice="choice",
        reason="reason",
        version="version",
        channel="channel",
        cast_at="cast_at",
    ),
    key_rows=Gathered(
        Key.objects.filter(what=_REF, voided_at=None).order_by("turned_at", "pk"),
        side="side",
        seat="seat__number",
        person="person__name",
        stands_in="stands_in",
        turned_at="turned_at",
        digest="digest",
        document="document",
        document_sha256="file__sha256",
    ),
    paper_rows=Gathered(
        Document.objects.filter(about=_REF, withdrawn_at=None, language__isnull=False).order_by(
            "-language"
        ),
        language="language",
        name="name",
        sha256="sha256",
        size="size",
    ),
)
"""Ballots with their roll, the votes that count, the keys that hold and the documents about them."""


def ballot_data(ballot: Any, rounds: Sequence[Ballot]) -> dict[str, Any]:
    """One of SHOWN_BALLOTS in its state. What is not known, or not to be known yet, is null.

    Choices, reasons and counts are there once it is closed, never before. `rounds` are all those
    of its meeting, from the first.
    """
    if ballot.status == BallotStatus.RECORDED:
        return {**_recorded(ballot), "rounds": [_round(one) for one in rounds]}
    roll = ballot.roll_rows if ballot.opened_at else _roll_to_be(ballot)
    votes = ballot.vote_rows
    closed = ballot.status == BallotStatus.CLOSED
    return {
        **_asked(ballot),
        "rounds": [_round(one) for one in rounds],
        "papers_changed": _papers_changed(ballot, rounds),
        "rules": _rules(ballot),
        "opens_at": ballot.opens_at,
        "opened_at": ballot.opened_at,
        "closes_at": ballot.closes_at,
        "closed_at": ballot.closed_at,
        "digest": ballot.digest,
        "keys": [{**key, "document": key["document"] or None} for key in ballot.key_rows],
        "drafted_at": _drafted_at(ballot.ref),
        "roll": roll,
        "turnout": _turnout(roll, votes) if ballot.opened_at else None,
        "counts": ballot.counts if closed else dict.fromkeys(COUNTED),
        "threshold": _threshold(ballot) if closed else None,
        "votes": _votes(ballot, roll, votes) if closed else None,
        "outcome": ballot.outcome,
        "detail": ballot.detail or None,
        "decision_papers": decision_papers(ballot, ballot.paper_rows) if closed else [],
    }


def _asked(ballot: Any) -> dict[str, Any]:
    return {
        "meeting": meeting_line(ballot.meeting),
        "ref": ballot.ref,
        "round": ballot.round,
        "status": ballot.status,
        "question": ballot.question,
        "decides": decided(ballot.decides),
        "way": ballot.way,
        "written_reason": ballot.written_reason,
        "written_rule": WRITTEN_RULE if ballot.written_reason else None,
        "papers": papers_data(ballot.papers),
        **_not_yet_seen(ballot),
        "window_source": ballot.window_source_id,
        "note": ballot.note,
        "source": ballot.source_id,
    }


def _round(ballot: Ballot) -> dict[str, Any]:
    """A round of the meeting in a line, with the page that stays its own."""
    return {
        "round": ballot.round,
        "status": ballot.status,
        "outcome": ballot.outcome,
        "stands": ballot.outcome or ballot.status,
        "opens_at": ballot.opens_at,
        "closes_at": ballot.closes_at,
        "closed_at": ballot.closed_at,
        "url": reverse("ballot.round", args=[ballot.meeting.address, ballot.round]),
    }


def round_before(ballot: Ballot, rounds: Sequence[Ballot]) -> Ballot | None:
    """The round before this one that was held; an annulled one was not."""
    held = (r for r in rounds if r.round < ballot.round and r.status == BallotStatus.CLOSED)
    return max(held, key=lambda row: row.round, default=None)


def round_after(ballot: Ballot, rounds: Sequence[Ballot]) -> Ballot | None:
    """The round in which the question was put again, if it was and was not annulled since."""
    put = (r for r in rounds if r.round > ballot.round and r.status != BallotStatus.ANNULLED)
    return min(put, key=lambda row: row.round, default=None)


def _papers_changed(ballot: Ballot, rounds: Sequence[Ballot]) -> dict[str, Any] | None:
    """How the papers differ from those of the round before; null for a first round."""
    before = round_before(ballot, rounds)
    if before is None:
        return None
    change = compare_papers(before.papers, ballot.papers)
    return {**asdict(change), "dropped": papers_data(change.dropped)}


def papers_beside(
    papers: Iterable[Mapping[str, Any]], ballot: Ballot, earlier: Ballot | None
) -> dict[str, Any]:
    """For the pages that show the papers: each with what changed of it since the round before.

    `dropped` are those that are gone, and `papers_said` is all of it in a sentence.
    """
    if earlier is None:
        return {"papers": papers}
    change = compare_papers(earlier.papers, ballot.papers)
    words = {
        **dict.fromkeys(change.changed, _("reworded since round %(round)s")),
        **dict.fromkeys(change.added, _("new since round %(round)s")),
    }
    told = {ref: word % {"round": earlier.round} for ref, word in words.items()}
    return {
        "papers": [{**paper, "change": told.get(paper["ref"], "")} for paper in papers],
        "dropped": papers_data(change.dropped),
        "papers_said": said_papers(change, earlier.round),
    }


def _recorded(ballot: Any) -> dict[str, Any]:
    """What a source alone tells; nothing is filled in."""
    unknown = ("rules", "closed_at", "roll", "votes", "outcome", "detail")
    return {
        **_asked(ballot),
        **dict.fromkeys(unknown),
        "opened_at": ballot.starts,
        "closes_at": ballot.ends,
        "counts": dict.fromkeys(COUNTED),
    }


def decided(ref: str) -> dict[str, Any]:
    """What the ballot decides: its ref, its plan's number, its change's where it is one, its address."""
    room, _colon, number = ref.partition(":")
    plan, _dash, change = number.partition("-")
    known = room in ("plan", "direction", "change") and plan.isdigit()
    return {
        "ref": ref,
        "plan": int(plan) if known else None,
        "change": int(change) if room == "change" and change.isdigit() else None,
        "url": address_of(ref) or None,
    }


def _not_yet_seen(ballot: Any) -> dict[str, Any]:
    """What stands instead of a draft's titles and addresses until it is put before the forum."""
    if ballot.status != BallotStatus.DRAFT or not ballot.of_a_draft:
        return {}
    return {
        "decides": {**decided(ballot.decides), "url": None},
        "papers": [{**paper, "title": None, "url": None} for paper in ballot.papers],
    }


def papers_data(papers: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The papers with the address of each that has one."""
    return [
        {**paper, "title": Text.of(paper["title"]), "url": address_of(paper["ref"]) or None}
        for paper in papers
    ]


# --- who, and under which rules ------------------------------------------------------------------


def _rules(ballot: Ballot) -> list[dict[str, Any]]:
    return ballot.rules if ballot.rules is not None else rules_on(_opening_day(ballot))


def _opening_day(ballot: Ballot) -> str:
    assert ballot.opens_at
    return timezone.localdate(ballot.opens_at).isoformat()


def _roll_to_be(ballot: Ballot) -> list[dict[str, Any]]:
    """Who would be on the roll of a ballot that has not opened."""
    return [
        {
            "seat": held.seat.number,
            "side": held.seat.seat_class.side,
            "person": held.person.name if held.person else None,
        }
        for held in roll_on(_opening_day(ballot))
    ]


def _drafted_at(ref: str) -> datetime | None:
    entry = log.last("ballot.drafted", about=ref)
    return entry.at if entry else None


# --- what came in --------------------------------------------------------------------------------


def _turnout(
    roll: Sequence[Mapping[str, Any]], votes: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Which seats have answered; what they answered is not in it."""
    answered = {vote["seat"] for vote in votes}
    return {
        "answered": sum(seat["seat"] in answered for seat in roll),
        "of": len(roll),
        "sides": [
            {
                "side": side,
                "answered": sum(s["seat"] in answered for s in roll if s["side"] == side),
                "of": sum(s["side"] == side for s in roll),
            }
            for side in SIDES
        ],
        "seats": [seat["seat"] for seat in roll if seat["seat"] in answered],
    }


def _votes(
    ballot: Ballot, roll: Sequence[Mapping[str, Any]], votes: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Each seat's answer that counts, with the entry that committed to it and what opens that."""
    entries = log.opened("ballot.cast", about=ballot.ref)
    found = {(e.says["d"]["seat"], e.says["d"]["version"]): i for i, e in entries.items()}
    by_seat = {vote["seat"]: vote for vote in votes}
    shown = []
    for seat in roll:
        vote = by_seat.get(seat["seat"])
        if vote is None:
            continue
        index = found.get((seat["seat"], vote["version"]))
        opened = entries[index].openings if index is not None else {}
        shown.append(
            {
                "seat": seat["seat"],
                "side": seat["side"],
                "choice": vote["choice"],
                "reason": vote["reason"] or None,
                "version": vote["version"],
                "channel": vote["channel"],
                "cast_at": vote["cast_at"],
                "entry": index,
                "openings": {field: asdict(opening) for field, opening in opened.items()},
            }
        )
    return shown


def worked_out(ballot: Ballot) -> list[Step]:
    """The thresholds of a closed ballot, from its counts and its frozen rules."""
    rules = read_rules(ballot.rules or [])
    found = steps(Tally(**(ballot.counts or {})), rules)
    # Without a quorum nobody asks for the majority.
    return found if found[0].met else found[:1]


def _threshold(ballot: Ballot) -> list[dict[str, Any]]:
    return [
        {
            "key": step.key,
            "part": step.part,
            "whole": step.whole,
            "base": step.share.base,
            "comparator": step.share.comparator,
            "fraction": str(step.share.fraction),
            "least": step.least,
            "needed": step.share.needed(step.whole),
            "met": step.met,
        }
        for step in worked_out(ballot)
    ]
