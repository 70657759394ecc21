"""What was promised, how much was done, what changed: three columns, and never one number."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.drafting.models import Commitment
from madang.foundation.answers import Table, answer, said
from madang.foundation.gathering import Gathered
from madang.foundation.paging import page_of
from madang.monitoring.models import ReviewCode
from madang.monitoring.pages.data import (
    STEPS,
    derived,
    derived_data,
    step_data,
    steps_of_plan,
)
from madang.monitoring.pages.wording import derived_words
from madang.monitoring.rules.words import MilestoneStatus
from madang.planning.models import DRAFTS, Plan
from madang.plans.amended import amended_dates
from madang.plans.models import ChangeRequest
from madang.plans.pages.data import SHOWN, find_plan, plan_line, reads_text, results_of
from madang.plans.pages.words import OGP_COLUMNS, codes_for_page


def promised(request: Any, number: int, twin: str) -> HttpResponse:
    """A row a commitment: promised, done by the bodies and by the reviewer, changed.

    A page has the next few; the data and the table have them all.
    """
    plan = find_plan(number, request.actor)
    today = timezone.localdate(request.at)
    lines = _lines(plan, today) if reads_text(plan, request.actor) else []
    data = {
        "plan": plan_line(plan),
        "as_of": today,
        "results": results_of(plan),
        "commitments": [_public(line) for line in lines],
    }

    def table() -> Table:
        headings = [
            _("Number"),
            _("Promised"),
            _("Milestones"),
            _("Milestones done"),
            _("Done, by the bodies’ own word"),
            _("Done, by the independent reviewer"),
            _("Changed, by the independent reviewer"),
            *OGP_COLUMNS.values(),
        ]
        return Table(f"plan-{number}-promised-done-changed", headings, map(_row, lines))

    extra = page_of(lines, request.GET, {})
    return answer(request, twin, "monitoring/promised.html", data, table=table, extra=extra)


_REVIEWED: QuerySet[Any] = Commitment.objects.filter(withdrawn_at=None).annotate(
    code_rows=Gathered(
        ReviewCode.objects.filter(commitment=OuterRef("pk")).order_by("position"),
        measure="measure",
        value="value",
        part="sub_commitment__label",
        source="source_id",
    )
)
"""Commitments with what the reviewer found of them."""


def _lines(plan: Plan, today: date) -> list[dict[str, Any]]:
    """The plan's commitments with what became of each: three queries, however many there are."""
    steps = defaultdict(list)
    for step in steps_of_plan(plan, today):
        steps[step["commitment"]].append(step)
    rows = _REVIEWED.filter(plan=plan)
    return [_line(plan, row, steps[row.number], row.code_rows) for row in rows]


def _line(plan: Plan, row: Commitment, steps: list[Any], codes: list[Any]) -> dict[str, Any]:
    found = derived(steps)
    words = codes_for_page(codes)
    return {
        "number": row.number,
        "title": row.title,
        "url": reverse("commitment", args=[plan.number, row.number]),
        "steps": len(steps),
        "until": max((step["due"] for step in steps if step["due"]), default=row.ends),
        "progress": derived_data(found),
        "words": derived_words(found),
        "codes": codes,
        "done": [code for code in words if code["measure"] == "completion"],
        "changed": [code for code in words if code["measure"] == "early_results"],
    }


def _public(line: dict[str, Any]) -> dict[str, Any]:
    kept = {key: line[key] for key in ("number", "title", "url", "steps", "until", "progress")}
    return kept | {
        key: [
            {part: code[part] for part in ("measure", "value", "part", "source")}
            for code in line[key]
        ]
        for key in ("done", "changed")
    }


def _row(line: dict[str, Any]) -> list[Any]:
    progress = line["progress"] or {}
    return [
        line["number"],
        said(line["title"]),
        line["steps"] or None,
        progress.get("done") if progress.get("level") else None,
        line["words"]["level"] if line["words"] else None,
        "; ".join(str(code["word"]) for code in line["done"]),
        "; ".join(str(code["word"]) for code in line["changed"]),
        *(_in_ogp_s_words(line["codes"], measure) for measure in OGP_COLUMNS),
    ]


def _in_ogp_s_words(codes: list[dict[str, Any]], measure: str) -> str | None:
    """The reviewer's own word, with the part it is of where a commitment has parts."""
    found = [code for code in codes if code["measure"] == measure]
    return "; ".join(": ".join(filter(None, (one["part"], one["value"]))) for one in found) or None


# --- plans side by side --------------------------------------------------------------------------


def side_by_side(request: Any, twin: str) -> HttpResponse:
    """Every plan with what became of it, the newest first."""
    today = timezone.localdate(request.at)
    data: dict[str, Any] = {"as_of": today, "plans": _cycles(today)}

    def table() -> Table:
        headings = [
            _("Plan"),
            _("Title"),
            _("Commitments"),
            _("Milestones"),
            _("Milestones done"),
            _("Milestones late"),
            _("Changes"),
            _("Fully or mostly done, by the reviewer"),
            _("Something changed, by the reviewer"),
            _("Reviewed"),
        ]
        keys = ("commitments", "milestones", "done", "late", "changes", "completed", "changed")
        rows = [
            [one["number"], said(one["title"]), *(one[key] for key in keys), one["reviewed"]]
            for one in data["plans"]
        ]
        return Table("plans-side-by-side", headings, rows)

    return answer(request, twin, "monitoring/side_by_side.html", data, table=table)


HIGH = ("complete", "completed", "substantial")
"""The reviewer's words for high completion. Source: OGP glossary, completion (DOMAIN §3.1)."""
RESULTS = ("moderate", "significant")
"""The reviewer's words for early results that can be noticed (DOMAIN §3.1)."""


_CYCLES: QuerySet[Any] = (
    Plan.objects.filter(SHOWN, withdrawn_at=None)
    .annotate(
        commitment_rows=Gathered(
            Commitment.objects.filter(plan=OuterRef("pk"), withdrawn_at=None), number="number"
        ),
        change_rows=Gathered(
            ChangeRequest.objects.filter(plan=OuterRef("pk"), state="in_force"), number="number"
        ),
        code_rows=Gathered(
            ReviewCode.objects.filter(
                commitment__plan=OuterRef("pk"), commitment__withdrawn_at=None
            ),
            measure="measure",
            value="value",
        ),
    )
    .order_by("-number")
)
"""The plans that everyone sees, with what is counted of each."""


def _cycles(today: date) -> list[dict[str, Any]]:
    """Each plan's counts: three queries for all of them. What is not recorded is null, never 0."""
    steps = defaultdict(list)
    amended = amended_dates(ChangeRequest.objects.all())
    for step in STEPS.exclude(commitment__plan__status__in=DRAFTS):
        steps[step.commitment.plan.number].append(step_data(step, today, amended))
    return [
        {
            **plan_line(plan),
            "commitments": (plan.status not in DRAFTS and len(plan.commitment_rows)) or None,
            "changes": len(plan.change_rows),
            **_steps(steps[plan.number]),
            **_reviewed(plan),
        }
        for plan in _CYCLES.all()
    ]


def _steps(steps: list[dict[str, Any]]) -> dict[str, Any]:
    known = [step["status"] for step in steps if step["status"]]
    return {
        "milestones": len(steps) or None,
        "heard": len(known) or None,
        "done": known.count(MilestoneStatus.DONE) if known else None,
        "late": known.count(MilestoneStatus.LATE) if known else None,
    }


def _reviewed(plan: Any) -> dict[str, Any]:
    """What the reviewer found: counted from the codes, else as said of the plan as a whole."""
    codes, whole = plan.code_rows, results_of(plan)
    done = [code["value"].lower() for code in codes if code["measure"] == "completion"]
    changed = [code["value"].lower() for code in codes if code["measure"] == "early_results"]
    told = {key: one and one["count"] for key, one in whole.items()}
    all_of_it = len(plan.commitment_rows) if any(whole.values()) else 0
    return {
        "completed": sum(value in HIGH for value in done) if done else told["done"],
        "changed": sum(value in RESULTS for value in changed) if changed else told["changed"],
        "reviewed": max(len(done), len(changed), all_of_it) or None,
        "results": whole,
    }
