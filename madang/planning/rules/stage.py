"""Which stage of its cycle a plan is in, worked out from its dates."""

from collections.abc import Mapping, Sequence
from typing import Any

BESIDE = {"assessment": "implementation"}
"""A stage and the one beside which it runs. Source: OGP's reviewer publishes its first report
within four months of the plan (opengovpartnership.org, Action Plan Review); ADR 0006."""


def stage_now(stages: Sequence[Mapping[str, Any]], today: str) -> str | None:
    """The key of the last stage that has begun by `today` (`2026-11-23`); None before the first.

    An actual date counts before an announced one; a stage of which no date is recorded is
    passed over. A date of a month or a year has begun with its first day. A stage that runs
    beside another is passed over as long as the other's stated end lies ahead.

    Source: ADR 0006 (no source says when a stage ends; the next one's beginning does).
    """
    begun = [stage["key"] for stage in stages if _has_begun(stage, today)]
    lasting = {stage["key"] for stage in stages if _lasts(stage, today)}
    return next((key for key in reversed(begun) if BESIDE.get(key) not in lasting), None)


def _dates(stage: Mapping[str, Any]) -> Mapping[str, Any]:
    return stage["actual"] or stage["announced"] or {"from": None, "to": None}


def _has_begun(stage: Mapping[str, Any], today: str) -> bool:
    dates = _dates(stage)
    start = dates["from"] or dates["to"]
    return start is not None and start <= today[: len(start)]


def _lasts(stage: Mapping[str, Any], today: str) -> bool:
    ends = _dates(stage)["to"]
    return _has_begun(stage, today) and ends is not None and not is_over(ends, today)


def is_to_come(starts: str | None, today: str) -> bool:
    """Whether a period that begins with `starts` (a year, month or day) lies ahead of `today`."""
    return starts is not None and starts > today[: len(starts)]


def is_over(ends: str | None, today: str) -> bool:
    """Whether a period that ends with `ends` (a year, month or day) lies behind `today`."""
    return ends is not None and today[: len(ends)] > ends
