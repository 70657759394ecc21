"""Close a ballot in writing, count it, and fix the outcome."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import ClassVar

from madang.ballots.models import Ballot
from madang.ballots.reading import answers_of, seats_of
from madang.ballots.rules.closing import check_can_close, check_is_open
from madang.ballots.rules.permissions import MAY
from madang.ballots.rules.tally import decide, read_rules, tally
from madang.ballots.rules.words import BallotStatus
from madang.foundation.actors import Actor, Role
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class BallotClosed(Event):
    """A ballot closed with these counts and this outcome; its choices are open from now on."""

    KIND: ClassVar[str] = "ballot.closed"

    counts: dict[str, int]
    outcome: str
    detail: str


@action("ballot.close", may=MAY)
def close_ballot(ballot: Ballot, *, by: Actor, at: datetime) -> BallotClosed:
    """Close a ballot in writing, count it, and fix the outcome.

    Raises NotNow: ballots.still_open before its time while a seat has not answered,
    ballots.not_open_yet, ballots.closed.
    """
    check_is_open(ballot.status)
    rules = read_rules(ballot.rules or [])
    counted = tally(answers_of(ballot), seats_of(ballot))
    assert ballot.closes_at
    check_can_close(counted, rules, closes_at=ballot.closes_at, by_clock=by.has(Role.CLOCK), at=at)

    decision = decide(counted, rules)
    ballot.status, ballot.closed_at = BallotStatus.CLOSED, at
    ballot.counts = asdict(counted)
    ballot.outcome, ballot.detail = decision.outcome, decision.detail
    ballot.save()
    return BallotClosed(
        about=ballot.ref,
        counts=asdict(counted),
        outcome=decision.outcome,
        detail=decision.detail,
    )
