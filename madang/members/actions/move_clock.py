"""Move a practice forum's clock on."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import ClassVar

from madang.foundation.actors import Actor
from madang.foundation.refusals import NotValid
from madang.members.models import Forum
from madang.members.rules.permissions import MAY
from madang.record.acting import action
from madang.record.events import Event
from madang.record.leaf import moment

FURTHEST_DAYS = 3660
"""How far ahead of the real day a practice clock may be in all: ten years."""


@dataclass(frozen=True, kw_only=True)
class ClockMoved(Event):
    """A practice forum's clock was moved on to a later moment."""

    KIND: ClassVar[str] = "clock.moved"

    to: str


@action("clock.move", may=MAY)
def move_clock(forum: Forum, *, to: datetime, by: Actor, at: datetime) -> ClockMoved:
    """Move the practice clock to a later moment. It never goes back.

    Raises NotValid: members.clock_only_forwards; members.clock_too_far beyond ten years.
    """
    # Rounded up: a clock moved to the close of a vote stands at the close, not just before it.
    seconds = ceil((to - at).total_seconds())
    if seconds <= 0:
        raise NotValid("members.clock_only_forwards")
    if forum.clock_ahead + seconds > FURTHEST_DAYS * 86400:
        raise NotValid("members.clock_too_far", years=FURTHEST_DAYS // 366)
    forum.clock_ahead += seconds
    forum.save(update_fields=["clock_ahead"])
    return ClockMoved(about="forum", to=moment(to))
