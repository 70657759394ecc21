"""Meetings that are called for a day, and what may still be put on their agenda."""

from collections.abc import Iterable

from madang.foundation.dates import is_a_day
from madang.foundation.refusals import NotNow, NotValid

MOST_ITEM = 300
"""Characters of an item on an agenda."""


def check_held_on(day: str, today: str) -> None:
    """Raises NotValid: meetings.not_a_day, meetings.day_past."""
    if not is_a_day(day):
        raise NotValid("meetings.not_a_day", field="held_on")
    if day < today:
        raise NotValid("meetings.day_past", field="held_on")


def check_item(words: Iterable[str | None]) -> None:
    """Raises NotValid: meetings.no_item, meetings.item_long."""
    longest = max((len(one or "") for one in words), default=0)
    if not longest:
        raise NotValid("meetings.no_item", field="item")
    if longest > MOST_ITEM:
        raise NotValid("meetings.item_long", most=MOST_ITEM, field="item")


def may_be_held(starts: str | None, today: str) -> bool:
    """Whether a meeting is today or later; of one without a whole day nobody can say so."""
    return starts is not None and is_a_day(starts) and starts >= today


def check_to_come(starts: str | None, today: str) -> None:
    """An agenda stands once its day is over. Raises NotNow: meetings.held_already."""
    if not may_be_held(starts, today):
        raise NotNow("meetings.held_already")
