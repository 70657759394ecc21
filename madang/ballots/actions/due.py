"""What the clock does to ballots: opens those whose time has come, closes those whose time is over."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from madang.ballots.actions.close import close_ballot
from madang.ballots.actions.open import open_ballot
from madang.ballots.models import Ballot
from madang.ballots.rules.words import BallotStatus
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow


def open_due(by: Actor, at: datetime) -> int:
    """Open every keyed ballot whose time has come; how many this worker did something to."""
    due = Ballot.objects.filter(status=BallotStatus.KEYED, opens_at__lte=at)
    return _each(due.order_by("opens_at"), open_ballot, by, at)


def close_due(by: Actor, at: datetime) -> int:
    """Close every open ballot whose time is over; how many this worker closed."""
    due = Ballot.objects.filter(status=BallotStatus.OPEN, closes_at__lte=at)
    return _each(due.order_by("closes_at"), close_ballot, by, at)


def _each(due: Iterable[Ballot], act: Callable[..., Any], by: Actor, at: datetime) -> int:
    done = 0
    for ballot in due:
        try:
            act(ballot, by=by, at=at)
        except NotNow:
            # Another worker was here first: the row it locked says so, and nothing is owed.
            continue
        except Exception:
            # What is wrong with one ballot may not keep another from closing at its time.
            logging.getLogger("madang.timer").exception("%s failed", ballot.ref)
            continue
        done += 1
    return done
