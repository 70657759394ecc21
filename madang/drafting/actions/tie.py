"""Lead the thread from a candidate to a commitment, or end it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.drafting.models import Commitment, GrownFrom, Milestone
from madang.drafting.rules.permissions import MAY
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotFound, NotNow
from madang.planning.models import Plan
from madang.planning.reading import draft_ref
from madang.record.acting import action
from madang.record.events import Event
from madang.taskforces.models import Candidate
from madang.taskforces.rules.weighing import check_stands
from madang.taskforces.rules.words import CandidateStatus


@dataclass(frozen=True, kw_only=True)
class CommitmentTied(Event):
    """A thread was led from a candidate to a commitment, and to a milestone where it names one."""

    KIND: ClassVar[str] = "commitment.tied"

    candidate: str
    milestone: str | None = None


@dataclass(frozen=True, kw_only=True)
class CommitmentUntied(Event):
    """A thread from a candidate to a commitment was ended; that there was one stays."""

    KIND: ClassVar[str] = "commitment.untied"

    candidate: str


@action("commitment.tie", may=MAY)
def tie_commitment(
    plan: Plan,
    *,
    number: int,
    candidate: int,
    milestone: str | None = None,
    by: Actor,
    at: datetime,
) -> CommitmentTied:
    """Say that a commitment grew from a candidate; said anew, with another milestone, it is moved.

    How a plan was made may be told after it was published: its text is not touched.

    Raises NotFound: drafting.no_commitment, drafting.no_milestone, taskforces.no_such_candidate;
    NotNow: taskforces.not_standing, drafting.tied_already.
    """
    commitment = _commitment(plan, number)
    grown = _candidate(plan, candidate)
    check_stands(grown.status, grown.number)
    step = _milestone(commitment, milestone) if milestone else None
    rows = GrownFrom.objects.filter(commitment=commitment, candidate=grown, ended_at=None)
    if rows.filter(milestone=step).exists():
        raise NotNow("drafting.tied_already", field="commitment")
    rows.update(ended_at=at)
    GrownFrom.objects.create(commitment=commitment, candidate=grown, milestone=step, made_at=at)
    _say(grown, CandidateStatus.CHOSEN)
    return CommitmentTied(
        about=draft_ref(plan, number), candidate=grown.ref, milestone=milestone or None
    )


@action("commitment.untie", may=MAY)
def untie_commitment(
    plan: Plan, *, number: int, candidate: int, by: Actor, at: datetime
) -> CommitmentUntied:
    """End the thread from a candidate to a commitment.

    Raises NotFound: drafting.no_commitment, taskforces.no_such_candidate, drafting.not_tied.
    """
    commitment, grown = _commitment(plan, number), _candidate(plan, candidate)
    rows = GrownFrom.objects.filter(commitment=commitment, candidate=grown, ended_at=None)
    if not rows.update(ended_at=at):
        raise NotFound("drafting.not_tied", number=number, field="commitment")
    standing = GrownFrom.objects.filter(candidate=grown, ended_at=None)
    if grown.status == CandidateStatus.CHOSEN and not standing.exists():
        _say(grown, CandidateStatus.OPEN)
    return CommitmentUntied(about=draft_ref(plan, number), candidate=grown.ref)


def _commitment(plan: Plan, number: int) -> Commitment:
    found = Commitment.objects.filter(plan=plan, number=number, withdrawn_at=None).first()
    if found is None:
        raise NotFound("drafting.no_commitment", plan=plan.number, number=number)
    return found


def _candidate(plan: Plan, number: int) -> Candidate:
    found = Candidate.objects.filter(plan=plan, number=number).select_related("plan").first()
    if found is None:
        raise NotFound("taskforces.no_such_candidate", number=number, field="candidate")
    return found


def _milestone(commitment: Commitment, label: str) -> Milestone:
    found = commitment.milestones.filter(label=label).first()
    if found is None:
        raise NotFound(
            "drafting.no_milestone", number=commitment.number, label=label, field="milestone"
        )
    return found


def _say(candidate: Candidate, status: CandidateStatus) -> None:
    candidate.status = status
    candidate.save(update_fields=["status"])
