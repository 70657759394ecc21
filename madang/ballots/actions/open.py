"""Open a ballot: the roll and the rules are frozen from here on."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils import timezone

from madang.ballots.drafts import void_keys
from madang.ballots.keys import both_turned
from madang.ballots.models import Ballot, RollSeat
from madang.ballots.reading import roll_digest, roll_on, rules_on, text_digest
from madang.ballots.rules.closing import check_can_open
from madang.ballots.rules.permissions import MAY
from madang.ballots.rules.words import BallotStatus
from madang.foundation.actors import Actor
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class BallotOpened(Event):
    """A ballot opened, or its keys were found void: then `opened` is false and nothing else."""

    KIND: ClassVar[str] = "ballot.opened"

    opened: bool
    digest: str
    roll: str
    seats: int
    closes_at: str


@action("ballot.open", may=MAY)
def open_ballot(ballot: Ballot, *, by: Actor, at: datetime) -> BallotOpened:
    """Open a keyed ballot at its time, freezing roll and rules.

    Where the roll or the rules have changed since the keys were turned, the keys are void and
    the ballot waits for new ones: nobody votes on a text that two co-chairs did not approve.
    So it is where the window is over already: a ballot that nobody could vote in has no outcome.

    Raises NotNow: ballots.not_keyed, ballots.too_early.
    """
    check_can_open(ballot.status, opens_at=ballot.opens_at, at=at)
    assert ballot.opens_at and ballot.closes_at
    day = timezone.localdate(ballot.opens_at).isoformat()
    roll, current = roll_on(day), text_digest(ballot)
    approved = both_turned(ballot.ref, on=current) and at < ballot.closes_at

    if approved:
        RollSeat.objects.bulk_create(
            RollSeat(ballot=ballot, seat=held.seat, person=held.person) for held in roll
        )
        ballot.status, ballot.opened_at = BallotStatus.OPEN, at
        ballot.rules = rules_on(day)
    else:
        void_keys(ballot, at)
        ballot.status = BallotStatus.DRAFT
    ballot.digest = current
    ballot.save()
    return BallotOpened(
        about=ballot.ref,
        opened=approved,
        digest=current,
        roll=roll_digest(roll),
        seats=len(roll),
        closes_at=ballot.closes_at.isoformat(),
    )
