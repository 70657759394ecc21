"""What a decision paper is set from: a closed ballot, whole."""

from typing import Any

from madang.ballots.models import Ballot, Key
from madang.ballots.reading import last_votes
from madang.ballots.wording import WRITTEN_RULE
from madang.record import log

SIDES = ("government", "civil_society")
CHOICES = ("yes", "no", "abstain", "recused", "not_returned")


def decision_data(ballot: Ballot) -> dict[str, Any]:
    """The ballot with its seats, keys and entries; the number of queries does not grow with it."""
    seats = _seats(ballot)
    return {
        "number": ballot.meeting.number,
        "address": ballot.meeting.address,
        "round": ballot.round,
        "body": ballot.meeting.body.name,
        "meeting": ballot.meeting.title,
        "question": ballot.question,
        "written_reason": ballot.written_reason,
        "written_rule": WRITTEN_RULE,
        "opens_at": ballot.opens_at,
        "closes_at": ballot.closes_at,
        "closed_at": ballot.closed_at,
        "rules": ballot.rules or [],
        "papers": ballot.papers,
        "digest": ballot.digest,
        "counts": ballot.counts,
        "outcome": ballot.outcome,
        "detail": ballot.detail,
        "sides": {side: _count(seats, side) for side in SIDES},
        "seats": seats,
        "keys": _keys(ballot),
        "entries": _entries(ballot),
    }


def _seats(ballot: Ballot) -> list[dict[str, Any]]:
    votes = {vote.seat_id: vote for vote in last_votes(ballot)}
    found = []
    for row in ballot.roll.select_related("seat__seat_class", "person"):
        vote = votes.get(row.seat_id)
        found.append(
            {
                "seat": row.seat.number,
                "side": row.seat.seat_class.side,
                "person": row.person.name if row.person else None,
                "choice": vote.choice if vote else "not_returned",
                "reason": vote.reason if vote else "",
                "channel": vote.channel if vote else None,
            }
        )
    return found


def _count(seats: list[dict[str, Any]], side: str) -> dict[str, int]:
    choices = [seat["choice"] for seat in seats if seat["side"] == side]
    return {choice: choices.count(choice) for choice in CHOICES}


def _keys(ballot: Ballot) -> list[dict[str, Any]]:
    keys = Key.objects.filter(what=ballot.ref, voided_at=None, digest=ballot.digest)
    return [
        {
            "side": key.side,
            "seat": key.seat.number,
            "person": key.person.name,
            "stands_in": key.stands_in,
            "turned_at": key.turned_at,
            "document": key.document,
        }
        for key in keys.select_related("seat", "person").order_by("turned_at", "pk")
    ]


def _entries(ballot: Ballot) -> list[dict[str, Any]]:
    """The ballot's way through the record, without the single votes."""
    acts = log.about(ballot.ref).filter(at__lte=ballot.closed_at).exclude(kind="ballot.cast")
    return [{"index": entry.index, "kind": entry.kind} for entry in acts.order_by("index")]
