"""Keeping a candidate and the threads into it. Called inside the acts that change them."""

from datetime import datetime

from django.db.models import Max

from madang.calls.models import Proposal
from madang.foundation.texts import Text
from madang.taskforces.models import Candidate, Group, Origin, Placement
from madang.taskforces.rules.weighing import TITLE_MOST, CandidateText


def begin_candidate(group: Group, text: CandidateText, at: datetime) -> Candidate:
    """Make the plan's next candidate. Acts go one after another, so its number is nobody else's."""
    last = Candidate.objects.filter(plan=group.plan_id).aggregate(most=Max("number"))["most"] or 0
    return Candidate.objects.create(
        plan=group.plan,
        number=last + 1,
        group=group,
        title=text.title,
        problem=text.problem,
        promise=text.promise,
        grade=text.grade,
        made_at=at,
    )


def from_proposal(proposal: Proposal) -> CandidateText:
    """What a candidate says that begins with one proposal: that one's title, as it was typed."""
    return CandidateText(title=Text({proposal.language: proposal.title[:TITLE_MOST]}))


def join_thread(proposal: Proposal, candidate: Candidate, at: datetime, why: str = "") -> None:
    """Lead a thread from a proposal into a candidate."""
    Origin.objects.create(proposal=proposal, candidate=candidate, made_at=at, why=why)


def leave_thread(proposal: Proposal, candidate: Candidate, why: str, at: datetime) -> None:
    """End a thread; that there was one stays."""
    rows = Origin.objects.filter(proposal=proposal, candidate=candidate, ended_at=None)
    rows.update(ended_at=at, why=why)


def move_threads(rows: list[Placement], to: Candidate, why: str, at: datetime) -> None:
    """Lead proposals' threads out of their candidates into another one."""
    for row in rows:
        assert row.candidate
        leave_thread(row.proposal, row.candidate, why, at)
        join_thread(row.proposal, to, at, why)
        row.candidate = to
        row.save(update_fields=["candidate"])
