"""The pages of what was changed of a plan after it was adopted."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.foundation.answers import Table, answer, said
from madang.members.pages.figures import figure_words
from madang.planning.models import Plan
from madang.plans.changing import find_change
from madang.plans.pages import change_data as shapes
from madang.plans.pages.data import find_plan, plan_line
from madang.plans.pages.words import CHANGE_KINDS, CHANGE_STATES


def changes(request: Any, number: int, twin: str) -> HttpResponse:
    """Every change that was asked for, what may be changed until when, and the editions."""
    plan: Any = find_plan(number, request.actor, shapes.WITH_CHANGES)
    today = timezone.localdate(request.at)
    data: dict[str, Any] = {
        "plan": plan_line(plan),
        "changes": shapes.changes_of(plan),
        "rules": shapes.rules_of(plan, submitted=_submitted(plan), today=today),
        "editions": shapes.editions_of(plan),
    }

    def table() -> Table:
        headings = [
            _("No."),
            _("Commitment"),
            _("Title"),
            _("Kind"),
            _("State"),
            _("Asked for"),
            _("Settled"),
            _("Decided by"),
            _("Edition"),
            _("Reason"),
        ]
        return Table(f"plan-{number}-changes", headings, map(_row, data["changes"]))

    extra = {
        "lines": [for_page(line) for line in data["changes"]],
        "rule_lines": [{**rule, "words": figure_words(rule["figure"])} for rule in data["rules"]],
    }
    return answer(request, twin, "plans/changes.html", data, table=table, extra=extra)


def _submitted(plan: Any) -> date | None:
    first = min(plan.edition_rows, key=lambda row: int(row["number"]), default=None)
    if first is None or first["loaded_from"]:
        return None
    return timezone.localdate(first["published_at"])


def for_page(line: dict[str, Any]) -> dict[str, Any]:
    """A change with its kind and state in words."""
    return {
        **line,
        "kind_word": CHANGE_KINDS[line["kind"]],
        "state_word": CHANGE_STATES[line["state"]],
    }


def _row(line: dict[str, Any]) -> list[Any]:
    return [
        line["number"],
        line["commitment"]["number"],
        said(line["commitment"]["title"]),
        CHANGE_KINDS[line["kind"]],
        CHANGE_STATES[line["state"]],
        line["asked_at"].isoformat(),
        line["settled_at"].isoformat() if line["settled_at"] else None,
        line["decided_by"],
        line["edition"],
        said(line["reason"]),
    ]


def change(request: Any, number: int, change: int, twin: str) -> HttpResponse:
    """One change: before and after, the reason, who decided and what came of it."""
    plan: Any = find_plan(number, request.actor, shapes.WITH_CHANGES)
    line = shapes.find_line(plan, change)
    found = shapes.difference(find_change(Plan(pk=plan.pk, number=number), change))
    data = {"plan": plan_line(plan), **line, "difference": found}
    extra = {"line": for_page(line), "twin_list": ("json",)}
    return answer(request, twin, "plans/change.html", data, extra=extra)
