"""The dates that changes of an adopted plan have moved, by milestone."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, Func, OuterRef, QuerySet
from django.utils import timezone

from madang.foundation.gathering import Gathered
from madang.plans.models import ChangeRequest
from madang.plans.rules.amending import ChangeState


@dataclass(frozen=True)
class Amended:
    """A change that gave a milestone another date, in force since a day (`2026-11-23`)."""

    change: int
    old: str | None
    new: str | None
    on: str
    at: datetime


def amended_dates(changes: QuerySet[ChangeRequest]) -> dict[tuple[int, str], list[Amended]]:
    """By plan and milestone the moves of its date, the oldest first: one query."""
    rows = changes.filter(state=ChangeState.IN_FORCE).order_by("settled_at", "number")
    return moves_of(rows.values(*_READ, before=F("base__text"), after=F("text")))


def moves_of(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[int, str], list[Amended]]:
    """By plan and milestone the moves of its date, from rows as `CHANGES_IN_FORCE` gives them."""
    found: dict[tuple[int, str], list[Amended]] = {}
    for row in rows:
        number, plan = row["number"], row["plan__number"]
        old, new = _dates(row["before"]), _dates(row["after"])
        on = timezone.localdate(row["settled_at"]).isoformat()
        for label in old.keys() & new.keys():
            if old[label] != new[label]:
                move = Amended(number, old[label], new[label], on, row["settled_at"])
                found.setdefault((plan, label), []).append(move)
    return found


def _dates(text: bytes | memoryview | str) -> dict[str, str | None]:
    said = bytes.fromhex(text) if isinstance(text, str) else bytes(text)
    return {step["label"]: step["due"] for step in json.loads(said)["milestones"]}


class _Hex(Func):
    """Bytes as hexadecimal digits: bytes cannot travel in JSON."""

    function = "HEX"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="ENCODE(%(expressions)s, 'hex')", **options
        )


_READ = ("number", "plan__number", "settled_at")
CHANGES_IN_FORCE = Gathered(
    ChangeRequest.objects.filter(plan=OuterRef("pk"), state=ChangeState.IN_FORCE).order_by(
        "settled_at", "number"
    ),
    **{name: name for name in _READ},
    before=_Hex("base__text"),
    after=_Hex("text"),
)
"""What moves the dates of a plan's milestones, read with the plan."""
