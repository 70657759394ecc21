"""The groups of a plan, and what lies with each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.calls.pages.data import find_plan
from madang.calls.words import STATES
from madang.foundation.answers import Table, answer, said
from madang.taskforces.pages.data import (
    SHOWN,
    find_row,
    group_data,
    groups_data,
    reads_drafts,
)
from madang.taskforces.words import CHOSEN, STATUS


def groups(request: HttpRequest, number: int, twin: str) -> HttpResponse:
    """The groups of a plan's task force, how far each has come."""
    data = groups_data(find_plan(number))

    def table() -> Table:
        headings = [
            _("Number"),
            _("Group"),
            _("Scope"),
            _("Members"),
            _("Waiting"),
            _("Sorted"),
            _("Candidates"),
        ]
        rows = [
            [
                one["number"],
                said(one["name"]),
                said(one["scope"]),
                one["members"],
                one["waiting"],
                one["sorted"],
                one["candidates"],
            ]
            for one in data["groups"]
        ]
        return Table(f"plan-{number}-groups", headings, rows)

    return answer(request, twin, "taskforces/groups.html", data, table=table)


def group(request: Any, number: int, group: int, twin: str) -> HttpResponse:
    """A group at work: its members, drafts, meetings, homework, what waits and what it sorted."""
    plan = find_plan(number)
    data = group_data(
        find_row(plan, group),
        plan,
        today=timezone.localdate(request.at).isoformat(),
        most=None if twin else SHOWN,
        drafts=reads_drafts(plan, request.actor),
    )

    def table() -> Table:
        headings = [_("Number"), _("Title"), _("State"), _("Where it lies"), _("Candidate")]
        rows = [
            [
                one["label"],
                one["title"],
                STATES[one["state"]],
                where(one),
                one["candidate"],
            ]
            for one in data["proposals"]
        ]
        return Table(f"plan-{number}-group-{group}", headings, rows)

    total = data["waiting"] + data["sorted"]
    extra = {
        "rows": [_shown(one) for one in data["proposals"]],
        "total": total,
        "open_homework": [one for one in data["homework"] if one["done_at"] is None],
        "hidden_drafts": plan.is_draft and not data["drafts"],
        "more": total > len(data["proposals"]),
        "candidates_shown": [
            {**one, "words": STATUS[one["status"]]} for one in data["own_candidates"][:SHOWN]
        ],
        "twin_list": ("json", "csv"),
    }
    return answer(request, twin, "taskforces/group.html", data, table=table, extra=extra)


def where(one: dict[str, Any]) -> Any:
    """Where a proposal lies, in words."""
    if one["together"]:
        return _("to be looked at together")
    return CHOSEN[one["choice"]] if one["choice"] else _("waits")


def _shown(one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "where": where(one), "state_words": STATES[one["state"]]}
