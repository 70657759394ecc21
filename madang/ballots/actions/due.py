"""What the clock does to ballots: opens those whose time has come, closes those whose time is over."""

from datetime import datetime

from madang.ballots.actions.close import close_ballot
from madang.ballots.actions.open import open_ballot
from madang.ballots.models import Ballot
from madang.ballots.rules.words import BallotStatus
from madang.foundation.actors import Actor
from madang.record.due import act_on_each


def open_due(by: Actor, at: datetime) -> int:
    """Open every keyed ballot whose time has come; how many this worker did something to."""
    due = Ballot.objects.filter(status=BallotStatus.KEYED, opens_at__lte=at)
    return act_on_each(due.order_by("opens_at", "pk"), open_ballot, by, at)


def close_due(by: Actor, at: datetime) -> int:
    """Close every open ballot whose time is over; how many this worker closed."""
    due = Ballot.objects.filter(status=BallotStatus.OPEN, closes_at__lte=at)
    return act_on_each(due.order_by("closes_at", "pk"), close_ballot, by, at)
