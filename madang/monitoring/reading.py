"""What is read of milestones and their reports by more than one: who answers, where they stand."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from madang.documents.files import canonical_digest
from madang.drafting.models import Commitment, Lead, Milestone
from madang.foundation.refusals import NotFound
from madang.monitoring.models import Evidence, MilestoneReport, ReportingPeriod
from madang.monitoring.rules.status import Said, Standing, in_order, moves, standing
from madang.monitoring.rules.words import ENDED, MilestoneStatus
from madang.planning.models import DRAFTS, Plan
from madang.plans.amended import Amended, amended_dates
from madang.plans.models import ChangeRequest


def said_of(report: MilestoneReport) -> Said:
    """A report as the rules read it."""
    status = MilestoneStatus(report.status) if report.status else None
    return Said(status, report.said_on or "", report.done_on, report.new_due, report.made_at)


def heard_of(
    due: str | None, said: Iterable[Said], amended: Sequence[Amended]
) -> tuple[str | None, list[Said]]:
    """The date that was first promised, and all that came after it, in the order of time.

    `due` is the date in the plan as it reads now. The one first promised stands before any change.
    """
    changes = [Said(None, one.on, None, one.new, one.at, amends=True) for one in amended]
    return (amended[0].old if amended else due), in_order(said, changes)


COUNTING = Prefetch(
    "reports", queryset=MilestoneReport.objects.counting().order_by("number"), to_attr="told"
)
"""The reports that count, in one query for all milestones."""


def read_steps(rows: QuerySet[Milestone]) -> list[Any]:
    """Milestones with the reports that count and the changes of their dates: three queries."""
    steps: list[Any] = list(rows.select_related("commitment__plan").prefetch_related(COUNTING))
    changes = ChangeRequest.objects.filter(commitment__in={step.commitment_id for step in steps})
    amended = amended_dates(changes)
    for step in steps:
        step.amended = amended.get((step.commitment.plan.number, step.label), [])
    return steps


def _heard(step: Any) -> tuple[str | None, list[Said]]:
    return heard_of(step.due, map(said_of, step.told), step.amended)


def standing_of(step: Any, on: date) -> Standing:
    """Where a milestone read by `read_steps` stands on a day."""
    return standing(*_heard(step), on)


def due_now(step: Any) -> str | None:
    """The date that holds for a milestone read by `read_steps`."""
    first, heard = _heard(step)
    found = moves(first, heard)
    return found[-1].new if found else first


def last_of(step: Any) -> MilestoneReport | None:
    """The newest report that counts of a milestone read by `read_steps`."""
    return step.told[-1] if step.told else None


def steps_of(commitment: Commitment) -> list[Any]:
    """A commitment's milestones with their reports: three queries."""
    rows = Milestone.objects.filter(commitment=commitment)
    return read_steps(rows.select_related("agency__parent", "sub_commitment"))


# --- who answers -----------------------------------------------------------------------------------


def bodies_of(steps: Iterable[Any], leads: Iterable[Lead]) -> dict[int, str]:
    """Which body answers for each milestone (by its key): its own, else the first that leads its
    part, else the first that leads the whole. One without any has none.
    """
    of_whole: dict[int, str] = {}
    of_part: dict[int, str] = {}
    for lead in sorted(leads, key=lambda one: one.position, reverse=True):
        if lead.sub_commitment_id:
            of_part[lead.sub_commitment_id] = lead.agency.slug
        else:
            of_whole[lead.commitment_id] = lead.agency.slug
    found = {}
    for step in steps:
        slug = step.agency.slug if step.agency else None
        slug = slug or of_part.get(step.sub_commitment_id or 0)
        slug = slug or of_whole.get(step.commitment_id) or _any_part(step, of_part, leads)
        if slug:
            found[step.pk] = slug
    return found


def _any_part(step: Any, of_part: dict[int, str], leads: Iterable[Lead]) -> str | None:
    return next((one.agency.slug for one in leads if one.commitment_id == step.commitment_id), None)


Asked = dict[tuple[str, int], list[Any]]
"""For each body and commitment number the milestones it has to tell of."""


def open_steps(plan: Plan) -> Asked:
    """Every milestone of a plan that is neither done nor stopped, by who answers for it."""
    return asked_of(plan, None)


def asked_of(plan: Plan, period: ReportingPeriod | None) -> Asked:
    """The milestones of a plan of which something is asked; with a period, those it still waits for.

    Five queries, however many there are.
    """
    rows = Milestone.objects.filter(
        commitment__plan=plan, commitment__withdrawn_at=None
    ).select_related("agency", "sub_commitment")
    steps = read_steps(rows.order_by("commitment__number", "position", "pk"))
    leads = Lead.objects.filter(commitment__plan=plan).select_related("agency")
    bodies = bodies_of(steps, list(leads))
    found: Asked = defaultdict(list)
    for step in steps:
        last = last_of(step)
        if last and last.status in ENDED:
            continue
        if period and is_answered(step, period):
            continue
        if step.pk in bodies:
            found[bodies[step.pk], step.commitment.number].append(step)
    return dict(found)


def is_answered(step: Any, period: ReportingPeriod) -> bool:
    """Whether someone told of a milestone, read by `read_steps`, in a period."""
    return any(
        report.period_id == period.pk and report.status != MilestoneStatus.NO_WORD
        for report in step.told
    )


def open_period(plan: Plan) -> ReportingPeriod | None:
    """The period for which a plan takes updates now."""
    rows = ReportingPeriod.objects.filter(plan=plan, asked_at__isnull=False, closed_at=None)
    return rows.select_related("plan").order_by("number").last()


def find_period(plan: int, number: int) -> ReportingPeriod:
    """Raises NotFound: monitoring.no_period."""
    rows = ReportingPeriod.objects.filter(plan__number=plan, number=number)
    found = rows.select_related("plan").first()
    if found is None:
        raise NotFound("monitoring.no_period")
    return found


# --- what stands in a report ---------------------------------------------------------------------


def report_parts(report: MilestoneReport, evidence: Sequence[Evidence]) -> dict[str, Any]:
    """A report as plain values: what its hash in the record is of."""
    return {
        "milestone": report.milestone.label,
        "number": report.number,
        "status": report.status,
        "said_on": report.said_on,
        "text": report.text.kept() if report.text else None,
        "done_on": report.done_on,
        "old_due": report.old_due,
        "new_due": report.new_due,
        "cause": report.cause,
        "reason": report.reason.kept() if report.reason else None,
        "evidence": [
            one.url or f"sha256:{one.document.sha256 if one.document else ''}" for one in evidence
        ],
    }


def reports_digest(parts: list[dict[str, Any]]) -> str:
    return canonical_digest(parts)


def find_commitment(plan: int, number: int) -> Commitment:
    """A commitment that everyone reads. Raises NotFound: monitoring.no_commitment."""
    rows = Commitment.objects.filter(plan__number=plan, number=number, withdrawn_at=None)
    found = rows.exclude(plan__status__in=DRAFTS).select_related("plan").first()
    if found is None or found.plan.withdrawn_at:
        raise NotFound("monitoring.no_commitment")
    return found


def find_step(plan: int, label: str) -> Milestone:
    """A milestone that everyone reads. Raises NotFound: monitoring.no_milestone."""
    rows: QuerySet[Milestone] = Milestone.objects.filter(
        commitment__plan__number=plan, label=label, commitment__withdrawn_at=None
    )
    rows = rows.exclude(commitment__plan__status__in=DRAFTS)
    found = rows.select_related("commitment__plan", "agency", "sub_commitment").first()
    if found is None or found.commitment.plan.withdrawn_at:
        raise NotFound("monitoring.no_milestone")
    return found
