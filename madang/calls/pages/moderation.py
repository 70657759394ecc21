"""The log of moderation: every step taken on what citizens sent, for everyone to read and to take."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.calls.models import Moderation
from madang.calls.pages.data import find_plan, plan_head
from madang.calls.words import HIDDEN_FOR, STATES
from madang.foundation.answers import asked
from madang.foundation.streams import long_csv, long_json, pieces
from madang.planning.models import Plan

SHOWN = 500
KEPT = ("asked_at", "done_at", "state", "reason", "first", "second")
Steps = tuple[QuerySet[Any], Callable[[Any], dict[str, Any]]]
"""Steps of one kind, and how one of them is told."""


def moderation(
    request: HttpRequest, number: int, twin: str, *, others: Callable[[Plan], list[Steps]]
) -> Any:
    """Steps, the newest first; the page shows the newest, the table and the data all of them.

    Who took a step is an office, and a note is not shown: it may say what was to be hidden.
    `others` gives the steps that the rooms above took. In the table and the data one kind follows
    another, so that none has to be gathered first.
    """
    plan = find_plan(number)
    rows = Moderation.objects.filter(proposal__plan=plan).select_related("proposal")
    kinds: list[Steps] = [(rows.only(*KEPT, "proposal__number"), partial(_step, plan=number))]
    kinds += others(plan)
    head = {"plan": plan_head(plan)}
    if not twin:
        newest = [tell(row) for rows, tell in kinds for row in _newest(rows)]
        newest.sort(key=lambda step: step["asked_at"], reverse=True)
        return render(request, "calls/moderation.html", {**head, "steps": newest[:SHOWN]})
    asked(request, {})
    steps = (
        [tell(row) for row in piece]
        for rows, tell in kinds
        for piece in pieces(rows, "asked_at", "pk")
    )
    if twin == "json":
        return long_json(request, head, "steps", steps)
    headings = [
        *(_("Number"), _("Asked on"), _("Done on"), _("State"), _("Reason"), _("By")),
        _("What"),
    ]
    told = ([_row(step) for step in piece] for piece in steps)
    return long_csv(request, f"plan-{number}-moderation", headings, told)


def _newest(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by("-asked_at", "-pk")[:SHOWN]


def _step(row: Moderation, plan: int) -> dict[str, Any]:
    number = row.proposal.number
    return {
        "what": "proposal",
        "what_words": _("Proposal"),
        "label": f"{plan}-{number:04d}",
        "url": reverse("proposal", args=[plan, number]),
        **step_shown(row),
        "state_words": str(STATES[row.state]),
    }


def step_shown(row: Any) -> dict[str, Any]:
    """What is told of a step, whatever it was taken on."""
    return {
        "asked_at": row.asked_at,
        "done_at": row.done_at,
        "state": row.state,
        "reason": row.reason,
        "reason_words": str(HIDDEN_FOR.get(row.reason or "", "")),
        "by": [one.partition(":")[0] for one in (row.first, row.second) if one],
    }


def _row(step: dict[str, Any]) -> list[Any]:
    return [
        step["label"],
        timezone.localdate(step["asked_at"]).isoformat(),
        timezone.localdate(step["done_at"]).isoformat() if step["done_at"] else "",
        step["state_words"],
        step["reason_words"],
        ", ".join(step["by"]),
        step["what_words"],
    ]
