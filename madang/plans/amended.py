"""The dates that changes of an adopted plan have moved, by milestone."""

import json
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from madang.plans.models import ChangeRequest
from madang.plans.rules.amending import ChangeState


@dataclass(frozen=True)
class Amended:
    """A change that gave a milestone another date, in force since a day (`2026-11-23`)."""

    change: int
    old: str | None
    new: str | None
    on: str


def amended_dates(changes: QuerySet[ChangeRequest]) -> dict[tuple[int, str], list[Amended]]:
    """By plan and milestone the moves of its date, the oldest first: one query."""
    found: dict[tuple[int, str], list[Amended]] = {}
    rows = changes.filter(state=ChangeState.IN_FORCE).order_by("settled_at", "number")
    for number, plan, settled_at, before, after in rows.values_list(
        "number", "plan__number", "settled_at", "base__text", "text"
    ):
        old, new = _dates(before), _dates(after)
        on = timezone.localdate(settled_at).isoformat()
        for label in old.keys() & new.keys():
            if old[label] != new[label]:
                move = Amended(number, old[label], new[label], on)
                found.setdefault((plan, label), []).append(move)
    return found


def _dates(text: bytes | memoryview) -> dict[str, str | None]:
    return {step["label"]: step["due"] for step in json.loads(bytes(text))["milestones"]}
