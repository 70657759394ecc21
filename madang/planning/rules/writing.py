"""When a plan's text may be written, and what a direction must say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from madang.foundation.dates import PartialDate
from madang.foundation.refusals import NotNow, NotValid
from madang.foundation.texts import Text

MOST_HEADINGS = 12
"""The most areas, and the most visions, of a direction."""


@dataclass(frozen=True)
class Heading:
    """A vision of the direction; `key` is None for one that is new."""

    key: str | None
    text: Text


@dataclass(frozen=True)
class Direction:
    """A plan's basic direction as it is typed: its name, period, areas, visions and timeline.

    `announced` is each stage's dates, from and to.
    """

    title: Text
    starts: str | None
    ends: str | None
    areas: Sequence[Text] = ()
    visions: Sequence[Heading] = ()
    announced: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)


def check_can_write(status: str, *, frozen_by: str | None, starts: str | None, today: str) -> None:
    """A plan's text is written until it is before the forum, and never after it is adopted.

    A plan known from a source is history once its period has begun.

    Raises NotNow: planning.published, planning.withdrawn, planning.before_forum,
    planning.history.
    """
    if status in ("published", "withdrawn"):
        raise NotNow(_CLOSED[status])
    if frozen_by:
        raise NotNow("planning.before_forum")
    if status == "recorded" and not (starts and starts > today[: len(starts)]):
        raise NotNow("planning.history")


_CLOSED = {"published": "planning.published", "withdrawn": "planning.withdrawn"}


def check_can_announce(status: str, *, announced: bool, has_timeline: bool) -> None:
    """A plan's outline is made public once, together with its timeline.

    What everyone reads without a timeline tells nobody when to come.

    Raises NotNow: planning.announced_before, planning.no_timeline, and what a plan that is closed
    to writing answers.
    """
    if status in _CLOSED:
        raise NotNow(_CLOSED[status])
    if announced:
        raise NotNow("planning.announced_before")
    if not has_timeline:
        raise NotNow("planning.no_timeline")


def check_dates(starts: str | None, ends: str | None, *, field: str) -> None:
    """A period of years, months or days that does not end before it begins.

    Raises NotValid: planning.not_a_date, planning.ends_before_it_begins.
    """
    for value in (starts, ends):
        try:
            if value:
                PartialDate(value)
        except ValueError as error:
            raise NotValid("planning.not_a_date", value=value, field=field) from error
    # A year ends with its last day: 2028 to 2028-06 is a period, 2028-07 to 2028-06 is none.
    if starts and ends and starts[: len(ends)] > ends:
        raise NotValid("planning.ends_before_it_begins", field=field)


def check_direction(direction: Direction) -> None:
    """Raises NotValid: planning.no_title, planning.no_period, planning.too_many_headings, and
    what `check_dates` raises.
    """
    check_name(direction.title, direction.starts, direction.ends)
    if max(len(direction.areas), len(direction.visions)) > MOST_HEADINGS:
        raise NotValid("planning.too_many_headings", most=MOST_HEADINGS, field="areas")
    for key, (starts, ends) in direction.announced.items():
        check_dates(starts, ends, field=f"stage-{key}")


def check_name(title: Text, starts: str | None, ends: str | None) -> None:
    """Raises NotValid: planning.no_title, planning.no_period, and what `check_dates` raises."""
    if not title:
        raise NotValid("planning.no_title", field="title")
    if not (starts and ends):
        raise NotValid("planning.no_period", field="period")
    check_dates(starts, ends, field="period")
