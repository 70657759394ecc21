"""The one shape of a ballot, for its page and its twins."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils import timezone

from madang.ballots.decisions import decision_papers
from madang.ballots.keys import standing_keys
from madang.ballots.models import Ballot, RollSeat, Vote
from madang.ballots.reading import last_votes, roll_on, rules_on
from madang.ballots.rules.tally import Tally, read_rules
from madang.ballots.rules.words import BallotStatus
from madang.ballots.rules.working import Step, steps
from madang.foundation.addresses import address_of
from madang.foundation.texts import Text
from madang.meetings.pages.meetings import meeting_line
from madang.members.models import Holding
from madang.planning.models import Plan
from madang.record import log

COUNTED = ("yes", "no", "abstain", "recused", "not_returned")
SIDES = ("government", "civil_society")
State = tuple[int, str]


def ballot_data(ballot: Ballot, state: State) -> dict[str, Any]:
    """A ballot in its state. What is not known, or not to be known yet, is null.

    Choices, reasons and counts are there once it is closed, never before.
    """
    if ballot.status == BallotStatus.RECORDED:
        return _recorded(ballot)
    roll = _roll(ballot, state)
    votes = last_votes(ballot) if ballot.opened_at else []
    closed = ballot.status == BallotStatus.CLOSED
    return {
        **_asked(ballot),
        "rules": _rules(ballot),
        "opens_at": ballot.opens_at,
        "opened_at": ballot.opened_at,
        "closes_at": ballot.closes_at,
        "closed_at": ballot.closed_at,
        "digest": ballot.digest,
        "keys": _keys(ballot),
        "drafted_at": drafted_at(state, ballot.ref),
        "roll": roll,
        "turnout": _turnout(roll, votes) if ballot.opened_at else None,
        "counts": ballot.counts if closed else dict.fromkeys(COUNTED),
        "threshold": _threshold(ballot) if closed else None,
        "votes": _votes(ballot, roll, votes) if closed else None,
        "outcome": ballot.outcome,
        "detail": ballot.detail or None,
        "decision_papers": decision_papers(ballot, state) if closed else [],
    }


def _asked(ballot: Ballot) -> dict[str, Any]:
    return {
        "meeting": meeting_line(ballot.meeting),
        "ref": ballot.ref,
        "round": ballot.round,
        "status": ballot.status,
        "question": ballot.question,
        "decides": decided(ballot.decides),
        "way": ballot.way,
        "written_reason": ballot.written_reason,
        "papers": papers_data(ballot.papers),
        **_not_yet_seen(ballot),
        "window_source": ballot.window_source_id,
        "note": ballot.note,
        "source": ballot.source_id,
    }


def _recorded(ballot: Ballot) -> dict[str, Any]:
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
    """What the ballot decides: its ref, the number of its plan where there is one, its address."""
    room, _colon, number = ref.partition(":")
    plan = int(number) if room in ("plan", "direction") and number.isdigit() else None
    return {"ref": ref, "plan": plan, "url": address_of(ref) or None}


def _not_yet_seen(ballot: Ballot) -> dict[str, Any]:
    """What stands instead of a draft's titles and addresses until it is put before the forum."""
    if ballot.status != BallotStatus.DRAFT or not Plan.is_draft_at(ballot.decides):
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


def _roll(ballot: Ballot, state: State) -> list[dict[str, Any]]:
    if ballot.opened_at:
        return roll_at(state, ballot.pk)
    return [_seat(held) for held in roll_on(_opening_day(ballot))]


@lru_cache(maxsize=4)
def roll_at(state: State, ballot: int) -> list[dict[str, Any]]:
    """The frozen roll as of a state of the record; kept until something is done."""
    seats = RollSeat.objects.filter(ballot=ballot).select_related("seat__seat_class", "person")
    return [_seat(row) for row in seats]


def _seat(row: RollSeat | Holding) -> dict[str, Any]:
    kind = row.seat.seat_class
    return {
        "seat": row.seat.number,
        "side": kind.side,
        "person": row.person.name if row.person else None,
    }


def _keys(ballot: Ballot) -> list[dict[str, Any]]:
    return [
        {
            "side": key.side,
            "seat": key.seat.number,
            "person": key.person.name,
            "turned_at": key.turned_at,
            "digest": key.digest,
        }
        for key in standing_keys(ballot.ref)
    ]


@lru_cache(maxsize=4)
def drafted_at(state: State, ref: str) -> datetime | None:
    """When a ballot was drafted, as of a state of the record; kept until something is done."""
    entry = log.last("ballot.drafted", about=ref)
    return entry.at if entry else None


# --- what came in --------------------------------------------------------------------------------


def _turnout(roll: Sequence[Mapping[str, Any]], votes: Sequence[Vote]) -> dict[str, Any]:
    """Which seats have answered; what they answered is not in it."""
    answered = {vote.seat.number for vote in votes}
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
    ballot: Ballot, roll: Sequence[Mapping[str, Any]], votes: Sequence[Vote]
) -> list[dict[str, Any]]:
    """Each seat's answer that counts, with the entry that committed to it and what opens that."""
    entries = log.opened("ballot.cast", about=ballot.ref)
    found = {(e.says["d"]["seat"], e.says["d"]["version"]): i for i, e in entries.items()}
    by_seat = {vote.seat.number: vote for vote in votes}
    shown = []
    for seat in roll:
        vote = by_seat.get(seat["seat"])
        if vote is None:
            continue
        index = found.get((seat["seat"], vote.version))
        opened = entries[index].openings if index is not None else {}
        shown.append(
            {
                "seat": seat["seat"],
                "side": seat["side"],
                "choice": vote.choice,
                "reason": vote.reason or None,
                "version": vote.version,
                "channel": vote.channel,
                "cast_at": vote.cast_at,
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
