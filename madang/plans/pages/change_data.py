"""The shapes of a plan's changes: what was asked, why, who decided, what reads otherwise."""

from datetime import date
from typing import Any

from django.db.models import OuterRef
from django.urls import reverse

from madang.drafting.rules.diff import changes
from madang.drafting.words import words_of
from madang.foundation.addresses import address_of
from madang.foundation.gathering import Gathered
from madang.foundation.refusals import NotFound
from madang.planning.models import Plan
from madang.plans.changing import before_and_after
from madang.plans.models import AmendmentRule, ChangeRequest, Edition
from madang.plans.rules.amending import WINDOWS, DatedRule, last_day, rule_on

_LINE = {
    "number": "number",
    "commitment": "commitment__number",
    "title": "commitment__title",
    "kind": "kind",
    "reason": "reason",
    "decided_by": "decided_by",
    "late": "late",
    "state": "state",
    "asked_at": "asked_at",
    "settled_at": "settled_at",
    "dropped_for": "dropped_for",
    "before": "base__number",
    "version": "version__number",
    "edition": "edition__number",
}
OF_COMMITMENT = Gathered(ChangeRequest.objects.filter(commitment=OuterRef("pk")), **_LINE)
"""The changes of a commitment, within the query for it."""
WITH_CHANGES = Plan.objects.annotate(
    change_rows=Gathered(ChangeRequest.objects.filter(plan=OuterRef("pk")), **_LINE),
    rule_rows=Gathered(
        AmendmentRule.objects.all(),
        key="key",
        title="title",
        figure="figure",
        text="text",
        note="note",
        starts="starts",
        ends="ends",
        source="source_id",
    ),
    edition_rows=Gathered(
        Edition.objects.filter(plan=OuterRef("pk")),
        number="number",
        sha256="sha256",
        published_at="published_at",
        loaded_from="loaded_from",
        change="change__number",
    ),
)
"""Plans with their changes, the rules about changes, and their editions."""


def change_line(plan: int, row: dict[str, Any]) -> dict[str, Any]:
    """A change as a row of the list."""
    return {
        "number": row["number"],
        "commitment": {
            "number": row["commitment"],
            "title": row["title"],
            "url": reverse("commitment", args=[plan, row["commitment"]]),
        },
        "kind": row["kind"],
        "state": row["state"],
        "reason": row["reason"],
        "decided_by": row["decided_by"] or None,
        "decided_url": address_of(row["decided_by"]) or None,
        "late": row["late"],
        "asked_at": row["asked_at"],
        "settled_at": row["settled_at"],
        "dropped_for": row["dropped_for"],
        "versions": {"from": row["before"], "to": row["version"]},
        "edition": row["edition"],
        "url": reverse("plan.change", args=[plan, row["number"]]),
    }


def changes_of(plan: Any) -> list[dict[str, Any]]:
    """The changes of one of WITH_CHANGES, the newest first."""
    return [change_line(plan.number, row) for row in plan.change_rows]


def rules_of(plan: Any, *, submitted: date | None, today: date) -> list[dict[str, Any]]:
    """The rules about changes with the last day each gives this plan, where one can be reckoned."""
    kept = [
        DatedRule(row["key"], row["figure"], row["starts"], row["ends"]) for row in plan.rule_rows
    ]
    return [
        {
            "key": row["key"],
            "title": row["title"],
            "figure": row["figure"],
            "text": row["text"],
            "note": row["note"],
            "from": row["starts"],
            "to": row["ends"],
            "source": row["source"],
            "in_force": rule_on(kept, row["key"], today.isoformat()) == rule,
            "last_day": _last_day(row, submitted),
        }
        for row, rule in zip(plan.rule_rows, kept, strict=True)
    ]


def _last_day(row: dict[str, Any], submitted: date | None) -> str | None:
    if row["key"] not in WINDOWS.values() or submitted is None:
        return None
    last = last_day(submitted, row["figure"])
    return last.isoformat() if last else None


def editions_of(plan: Any) -> list[dict[str, Any]]:
    """The editions of one of WITH_CHANGES, the newest first, each with the change that made it."""
    return [
        {key: row[key] for key in ("number", "sha256", "published_at", "change", "loaded_from")}
        for row in plan.edition_rows
    ]


def find_line(plan: Any, number: int) -> dict[str, Any]:
    """Raises NotFound: plans.no_change."""
    for row in plan.change_rows:
        if row["number"] == number:
            return change_line(plan.number, row)
    nearest = [reverse("plan.changes", args=[plan.number])]
    raise NotFound("plans.no_change", number=number, plan=plan.number, nearest=nearest)


def difference(change: ChangeRequest) -> list[dict[str, Any]]:
    """What reads otherwise, piece by piece, as runs of kept, new and removed words."""
    before, after = before_and_after(change)
    return [
        {
            "path": list(one.path),
            "where": words_of(one.path),
            "before": one.old,
            "after": one.new,
            "runs": [{"mark": run.mark.value, "words": run.words} for run in one.runs],
        }
        for one in changes(before, after)
    ]
