"""Keeping a candidate, its versions and the threads into it. Called inside the acts that change them."""

from datetime import datetime

from django.db.models import Max

from madang.calls.models import Proposal
from madang.documents.files import canonical_digest
from madang.foundation.texts import Text
from madang.taskforces.models import Candidate, CandidateVersion, Group, Origin, Placement
from madang.taskforces.rules.weighing import TITLE_MOST, CandidateText


def begin_candidate(group: Group, text: CandidateText, *, office: str, at: datetime) -> Candidate:
    """Make the plan's next candidate, with its first version.

    Acts go one after another, so its number is nobody else's.
    """
    last = Candidate.objects.filter(plan=group.plan_id).aggregate(most=Max("number"))["most"] or 0
    made = Candidate.objects.create(
        plan=group.plan,
        number=last + 1,
        group=group,
        title=text.title,
        problem=text.problem,
        promise=text.promise,
        grade=text.grade,
        made_at=at,
    )
    _keep(made, 1, office=office, at=at)
    return made


def write_down(candidate: Candidate, text: CandidateText, *, office: str, at: datetime) -> None:
    """Let a candidate say something else; what it said before stays as a version."""
    last = candidate.versions.values_list("number", "sha256").first()
    if last is None:
        # One from before versions were kept: when and by whom it was written nobody knows.
        last = _keep(candidate, 1, office="", at=candidate.made_at)
    candidate.title, candidate.grade = text.title, text.grade
    candidate.problem, candidate.promise = text.problem or None, text.promise or None
    candidate.save(update_fields=["title", "grade", "problem", "promise"])
    if _digest(candidate) != last[1]:
        _keep(candidate, last[0] + 1, office=office, at=at)


def _keep(candidate: Candidate, number: int, *, office: str, at: datetime) -> tuple[int, str]:
    sha256 = _digest(candidate)
    CandidateVersion.objects.create(
        candidate=candidate,
        number=number,
        title=candidate.title,
        problem=candidate.problem,
        promise=candidate.promise,
        grade=candidate.grade,
        sha256=sha256,
        made_at=at,
        office=office,
    )
    return number, sha256


def _digest(candidate: Candidate) -> str:
    parts = {
        "title": candidate.title.kept(),
        "problem": candidate.problem.kept() if candidate.problem else None,
        "promise": candidate.promise.kept() if candidate.promise else None,
        "grade": candidate.grade,
    }
    return canonical_digest(parts)


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
