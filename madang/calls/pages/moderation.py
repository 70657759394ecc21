"""The log of moderation: every step taken on a plan's proposals, for everyone to read and to take."""

from typing import Any

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

SHOWN = 500
_KEPT = ("asked_at", "done_at", "state", "reason", "first", "second")


def moderation(request: HttpRequest, number: int, twin: str) -> Any:
    """Steps, the newest first; the page shows the newest, the table and the data all of them.

    Who took a step is an office, and a note is not shown: it may say what was to be hidden.
    """
    plan = find_plan(number)
    rows = Moderation.objects.filter(proposal__plan=plan).select_related("proposal")
    head = {"plan": plan_head(plan)}
    if not twin:
        newest = rows.order_by("-asked_at", "-pk")[:SHOWN]
        shown = {**head, "steps": [_step(row, number) for row in newest]}
        return render(request, "calls/moderation.html", shown)
    asked(request, {})
    rows = rows.only(*_KEPT, "proposal__number")
    steps = ([_step(row, number) for row in piece] for piece in pieces(rows, "asked_at", "pk"))
    if twin == "json":
        return long_json(request, head, "steps", steps)
    headings = [_("Number"), _("Asked on"), _("Done on"), _("State"), _("Reason"), _("By")]
    told = ([_row(step) for step in piece] for piece in steps)
    return long_csv(request, f"plan-{number}-moderation", headings, told)


def _step(row: Moderation, plan: int) -> dict[str, Any]:
    proposal = row.proposal
    offices = [one.partition(":")[0] for one in (row.first, row.second) if one]
    return {
        "label": f"{plan}-{proposal.number:04d}",
        "url": reverse("proposal", args=[plan, proposal.number]),
        "asked_at": row.asked_at,
        "done_at": row.done_at,
        "state": row.state,
        "state_words": str(STATES[row.state]),
        "reason": row.reason,
        "reason_words": str(HIDDEN_FOR.get(row.reason or "", "")),
        "by": offices,
    }


def _row(step: dict[str, Any]) -> list[Any]:
    return [
        step["label"],
        timezone.localdate(step["asked_at"]).isoformat(),
        timezone.localdate(step["done_at"]).isoformat() if step["done_at"] else "",
        step["state_words"],
        step["reason_words"],
        ", ".join(step["by"]),
    ]
