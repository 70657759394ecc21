"""Which stage of its cycle a plan is in, worked out from its dates."""

from collections.abc import Mapping, Sequence
from typing import Any


def stage_now(stages: Sequence[Mapping[str, Any]], today: str) -> str | None:
    """The key of the last stage that has begun by `today` (`2026-11-23`); None before the first.

    An actual date counts before an announced one; a stage of which no date is recorded is
    passed over. A date of a month or a year has begun with its first day.

    Source: ADR 0006 (no source says when a stage ends; the next one's beginning does).
    """
    begun = None
    for stage in stages:
        dates = stage["actual"] or stage["announced"]
        start = dates and (dates["from"] or dates["to"])
        if start and start <= today[: len(start)]:
            begun = stage["key"]
    return begun


def is_over(ends: str | None, today: str) -> bool:
    """Whether a period that ends with `ends` (a year, month or day) lies behind `today`."""
    return ends is not None and today[: len(ends)] > ends
