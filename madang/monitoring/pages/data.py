"""The shapes of what became of a plan's milestones: for pages and open data alike."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.urls import reverse

from madang.drafting.models import Commitment, Lead, Milestone
from madang.foundation.gathering import Gathered
from madang.monitoring.models import Evidence, MilestoneReport, Opinion, ReportingPeriod
from madang.monitoring.reading import heard_of
from madang.monitoring.rules.status import (
    Derived,
    Said,
    Standing,
    derive,
    is_overdue,
    standing,
)
from madang.monitoring.rules.words import ENDED, MilestoneStatus, Stance
from madang.plans.amended import Amended, amended_dates
from madang.plans.models import ChangeRequest

_OF_STEP: dict[str, Any] = {"milestone": OuterRef("pk"), "corrected_by": None}
STEPS: QuerySet[Any] = (
    Milestone.objects.filter(commitment__withdrawn_at=None)
    .select_related("commitment__plan", "agency", "sub_commitment")
    .annotate(
        report_rows=Gathered(
            MilestoneReport.objects.filter(**_OF_STEP).order_by("number"),
            number="number",
            status="status",
            word="status_as_in_source",
            said_on="said_on",
            text="text",
            done_on="done_on",
            new_due="new_due",
            cause="cause",
            reason="reason",
            by="reported_by",
            made_at="made_at",
            source="source_id",
            period="period_id",
        ),
        period_rows=Gathered(
            ReportingPeriod.objects.filter(
                plan=OuterRef("commitment__plan"), closed_at=None
            ).order_by("number"),
            key="pk",
            asked="asked_at",
            due_on="due_on",
        ),
        evidence_rows=Gathered(
            Evidence.objects.filter(
                report__milestone=OuterRef("pk"), report__corrected_by=None
            ).order_by("report__number", "position"),
            report="report__number",
            url="url",
            words="words",
            sha256="document__sha256",
            name="document__name",
        ),
        opinion_rows=Gathered(
            Opinion.objects.filter(report__milestone=OuterRef("pk"), ended_at=None),
            report="report__number",
            stance="stance",
        ),
        lead_rows=Gathered(
            Lead.objects.filter(commitment=OuterRef("commitment")).order_by("position", "pk"),
            slug="agency__slug",
            name="agency__name",
            part="sub_commitment",
        ),
    )
    .order_by("commitment__plan__number", "commitment__number", "position", "pk")
)
"""Milestones of standing commitments with all that was reported of each: one query."""


def steps_of_plan(plan: Any, on: date) -> list[dict[str, Any]]:
    """Every milestone of a plan with where it stands on a day: two queries."""
    amended = amended_dates(ChangeRequest.objects.filter(plan=plan))
    return [step_data(step, on, amended) for step in STEPS.filter(commitment__plan=plan)]


def steps_of_commitment(row: Commitment, on: date) -> list[dict[str, Any]]:
    """Every milestone of a commitment with where it stands on a day: two queries."""
    amended = amended_dates(ChangeRequest.objects.filter(commitment=row))
    return [step_data(step, on, amended) for step in STEPS.filter(commitment=row)]


def step_data(
    step: Any, on: date, amended: Mapping[tuple[int, str], list[Amended]]
) -> dict[str, Any]:
    """A milestone: what was promised, where it stands, what moved, what shows it."""
    plan, row = step.commitment.plan, step.commitment
    moves = amended.get((plan.number, step.label), [])
    found = _standing(step, moves, on)
    last = step.report_rows[-1] if step.report_rows else None
    return {
        "label": step.label,
        "numbered_here": step.numbered_here,
        "part": step.sub_commitment.label if step.sub_commitment else None,
        "title": step.title,
        "output": step.output,
        "plan": plan.number,
        "commitment": row.number,
        "commitment_title": row.title,
        "from": step.starts,
        "promised": found.promised,
        "due": found.due,
        "moved": [_moved(move, moves) for move in found.moved],
        "agency": _agency(step),
        "status": found.status,
        "rests_on": found.rests_on,
        "since": found.since,
        "known": found.known,
        "word": last["word"] or None if last else None,
        "done_on": found.done_on,
        "days_late": found.days_late,
        "last": _report(step, last) if last else None,
        "update": _update(step, on),
        "next_update": _next_update(step, on),
        "reports": len(step.report_rows),
        "source": step.source_id,
        "url": f"{reverse('commitment', args=[plan.number, row.number])}#milestone-{step.label}",
        "standing": found,
    }


def _standing(step: Any, moves: list[Amended], on: date) -> Standing:
    said = [
        Said(
            MilestoneStatus(row["status"]) if row["status"] else None,
            row["said_on"],
            row["done_on"],
            row["new_due"],
            row["made_at"],
        )
        for row in step.report_rows
    ]
    return standing(*heard_of(step.due, said, moves), on)


def _update(step: Any, on: date) -> dict[str, Any] | None:
    """When the update that was asked for was due, and for how long it has not come; None where
    it came, or nothing is asked.
    """
    asked = [row for row in step.period_rows if row["asked"]]
    period = asked[-1] if asked else None
    last = step.report_rows[-1] if step.report_rows else None
    if period is None or _agency(step) is None or (last and last["status"] in ENDED):
        return None
    told = [row for row in step.report_rows if row["status"] != MilestoneStatus.NO_WORD]
    if any(row["period"] == period["key"] for row in told):
        return None
    due_on = date.fromisoformat(period["due_on"])
    late = is_overdue(due_on, on, answered=False)
    return {"due_on": period["due_on"], "days_overdue": (on - due_on).days if late else 0}


def _next_update(step: Any, on: date) -> str | None:
    """By when word of a step is due next: what was asked and did not come, else what is to be asked."""
    if found := _update(step, on):
        return str(found["due_on"])
    last = step.report_rows[-1] if step.report_rows else None
    if _agency(step) is None or (last and last["status"] in ENDED):
        return None
    days = [row["due_on"] for row in step.period_rows if not row["asked"]]
    return min((str(day) for day in days if day >= on.isoformat()), default=None)


def _moved(move: Any, amended: list[Amended]) -> dict[str, Any]:
    change = next((one.change for one in amended if (one.new, one.on) == (move.new, move.on)), None)
    return {"from": move.old, "to": move.new, "on": move.on, "change": change}


def _agency(step: Any) -> dict[str, Any] | None:
    """Who answers for a step: its own body, else who leads its part, else who leads the whole."""
    if step.agency:
        return {"slug": step.agency.slug, "name": step.agency.name}
    for part in dict.fromkeys((step.sub_commitment_id, None)):
        for lead in step.lead_rows:
            if lead["part"] == part:
                return {"slug": lead["slug"], "name": lead["name"]}
    # Where all lead parts and the step is of none, the first is asked (`reading.bodies_of`).
    lead = next(iter(step.lead_rows), None)
    return {"slug": lead["slug"], "name": lead["name"]} if lead else None


def _report(step: Any, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "on": row["said_on"],
        "text": row["text"],
        "cause": row["cause"],
        "reason": row["reason"],
        "by": row["by"],
        "source": row["source"],
        "weighed": {
            stance.value: sum(
                (one["report"], one["stance"]) == (row["number"], stance)
                for one in step.opinion_rows
            )
            for stance in Stance
        },
        "evidence": [
            {key: one[key] or None for key in ("url", "words", "sha256", "name")}
            for one in step.evidence_rows
            if one["report"] == row["number"]
        ],
    }


def public(step: dict[str, Any]) -> dict[str, Any]:
    """The milestone as open data: without the words that a page says of it."""
    kept = {key: value for key, value in step.items() if key != "standing"}
    return {
        key: value
        for key, value in kept.items()
        if not key.endswith(("_word", "_words")) and key != "by_date"
    }


def derived(steps: Iterable[dict[str, Any]]) -> Derived | None:
    """A commitment's state from its milestones; None where it has none."""
    rows = [step["standing"] for step in steps]
    return derive(rows) if rows else None


def derived_data(found: Derived | None) -> dict[str, Any] | None:
    """A commitment's state and level with the counts they follow from."""
    if found is None:
        return None
    return {
        "state": found.state,
        "level": found.level,
        "milestones": found.all,
        "done": found.done,
        "begun": found.begun,
        "unknown": found.unknown,
    }
