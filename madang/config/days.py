"""The days of a rehearsal, counted from the day it is here; several roads played side by side."""

import heapq
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta

Planned = tuple[datetime, Callable[[], object]]
"""What is done at a moment."""


def on(here: datetime, days: int, hour: time) -> datetime:
    """A time of day in the forum's time zone, so many days from `here`; in UTC."""
    day = here.date() + timedelta(days=days)
    return datetime.combine(day, hour, here.tzinfo).astimezone(UTC)


def play(*roads: Iterator[Planned]) -> None:
    """Do what stands on several roads in the order of time: the record's times never go back.

    A road goes on only once its last step was done, so it may read what that left.
    """
    for _at, do in heapq.merge(*roads, key=lambda step: step[0]):
        do()
