"""Dates as people know them: a year, a month, or a day, and nothing more precise than that."""

import re
from dataclasses import dataclass
from datetime import date

_SHAPE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, order=True)
class PartialDate:
    """A year, a month or a day, kept as the text `2020`, `2020-03` or `2020-03-22`.

    The text sorts in the order of time, with a year before its months.
    """

    text: str

    def __post_init__(self) -> None:
        found = _SHAPE.fullmatch(self.text)
        if not found:
            raise ValueError(f"not a year, month or day: {self.text!r}")
        year, month, day = found.groups()
        # Raises ValueError for a month 13 or a 30 February.
        date(int(year), int(month or 1), int(day or 1))

    @property
    def year(self) -> int:
        return int(self.text[:4])

    @property
    def month(self) -> int | None:
        return int(self.text[5:7]) if len(self.text) >= 7 else None

    @property
    def day(self) -> int | None:
        return int(self.text[8:10]) if len(self.text) == 10 else None

    @property
    def first_day(self) -> date:
        """The first day the date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        return self.text


def is_a_day(text: str) -> bool:
    """Whether a text is a day of the calendar as `2020-03-22`, and no month or year."""
    try:
        return PartialDate(text).day is not None
    except ValueError:
        return False


@dataclass(frozen=True)
class Span:
    """From one date to another; either end may be unknown, and then it is None."""

    start: PartialDate | None
    end: PartialDate | None

    @classmethod
    def of(cls, start: str | None, end: str | None) -> "Span":
        return cls(PartialDate(start) if start else None, PartialDate(end) if end else None)

    def __bool__(self) -> bool:
        return bool(self.start or self.end)
