"""Figures of the software's own rules: so many days, dated and with who says so.

A figure that changes stands beside the one before it, and what happened under the earlier one is
still measured by that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Figure:
    """So many days, in force since a day, with who says so."""

    days: int
    since: str
    source: str


def figure_on(figures: Sequence[Figure], day: str) -> Figure:
    """The figure in force on a day; the newest stands first."""
    return next((one for one in figures if one.since <= day), figures[-1])


def days_on(figures: Sequence[Figure], day: date) -> timedelta:
    """How long the figure in force on a day is."""
    return timedelta(days=figure_on(figures, day.isoformat()).days)
