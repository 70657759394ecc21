"""Candidates: opened, written, merged, split, set aside. Nothing of what they came from is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from madang.foundation.actors import Actor
from madang.foundation.refusals import NotFound
from madang.foundation.texts import Text
from madang.record.acting import action
from madang.record.events import Event
from madang.taskforces.candidates import begin_candidate, move_threads, write_down
from madang.taskforces.models import Candidate, CandidateTie, Group
from madang.taskforces.rules.permissions import MAY
from madang.taskforces.rules.weighing import (
    CandidateText,
    check_candidate,
    check_merge,
    check_split,
    check_stands,
)
from madang.taskforces.rules.words import CandidateStatus, Tie


@dataclass(frozen=True, kw_only=True)
class CandidateOpened(Event):
    """A group opened a candidate by itself, without a proposal in it as yet."""

    KIND: ClassVar[str] = "candidate.opened"

    number: int
    title: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class CandidateWritten(Event):
    """A candidate's problem, draft promise or grade was written."""

    KIND: ClassVar[str] = "candidate.written"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"problem", "promise"})

    title: dict[str, Any]
    grade: str | None
    problem: dict[str, Any] | None = None
    promise: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class CandidatesMerged(Event):
    """Candidates became one; `others` are the numbers of those that went into it."""

    KIND: ClassVar[str] = "candidate.merged"

    others: list[int]
    proposals: int


@dataclass(frozen=True, kw_only=True)
class CandidateSplit(Event):
    """A part of a candidate became one of its own; `moved` are its proposals' numbers."""

    KIND: ClassVar[str] = "candidate.split"

    into: str
    moved: list[int]


@dataclass(frozen=True, kw_only=True)
class CandidateSetAside(Event):
    """A group went no further with a candidate. Its proposals get their answers all the same."""

    KIND: ClassVar[str] = "candidate.set_aside"


@action("candidate.open", may=MAY)
def open_candidate(
    group: Group, *, text: CandidateText, by: Actor, at: datetime
) -> CandidateOpened:
    """Open a candidate; proposals can be joined to it.

    Raises NotValid: taskforces.no_title, taskforces.title_long, taskforces.text_long.
    """
    check_candidate(text)
    made = begin_candidate(group, text, office=by.label, at=at)
    return CandidateOpened(about=made.ref, number=made.number, title=text.title.kept())


@action("candidate.write", may=MAY)
def write_candidate(
    candidate: Candidate, *, text: CandidateText, by: Actor, at: datetime
) -> CandidateWritten:
    """Write what a candidate says; what it said before is kept.

    Raises NotNow: taskforces.not_standing; NotValid: taskforces.no_title, taskforces.title_long,
    taskforces.text_long.
    """
    check_stands(candidate.status, candidate.number)
    check_candidate(text)
    write_down(candidate, text, office=by.label, at=at)
    return CandidateWritten(
        about=candidate.ref,
        title=text.title.kept(),
        grade=text.grade,
        problem=text.problem.kept() if text.problem else None,
        promise=text.promise.kept() if text.promise else None,
    )


@action("candidate.merge", may=MAY)
def merge_candidates(
    candidate: Candidate, *, others: Sequence[int], by: Actor, at: datetime
) -> CandidatesMerged:
    """Let other candidates of the plan go into this one, with the proposals in them.

    Raises NotValid: taskforces.nothing_to_merge, taskforces.merged_with_itself; NotFound:
    taskforces.no_such_candidate; NotNow: taskforces.not_standing.
    """
    check_stands(candidate.status, candidate.number)
    check_merge(candidate.number, others)
    rows = {row.number: row for row in _of_the_plan(candidate, others)}
    for number in others:
        if number not in rows:
            raise NotFound("taskforces.no_such_candidate", number=number, field="others")
        check_stands(rows[number].status, number)
    count = 0
    for number in sorted(rows):
        count += _merge(rows[number], candidate, at)
    return CandidatesMerged(about=candidate.ref, others=sorted(rows), proposals=count)


def _merge(other: Candidate, into: Candidate, at: datetime) -> int:
    CandidateTie.objects.create(candidate=into, other=other, kind=Tie.MERGED_FROM, made_at=at)
    inside = list(other.placements.select_related("proposal", "candidate"))
    move_threads(inside, into, "merged", at)
    other.status = CandidateStatus.MERGED
    other.save(update_fields=["status"])
    return len(inside)


@action("candidate.split", may=MAY)
def split_candidate(
    candidate: Candidate, *, title: Text, moved: Sequence[int], by: Actor, at: datetime
) -> CandidateSplit:
    """Let a part of a candidate's proposals become a candidate of its own.

    Raises NotNow: taskforces.not_standing; NotValid: taskforces.no_title, taskforces.title_long,
    taskforces.nothing_to_split, taskforces.not_inside.
    """
    check_stands(candidate.status, candidate.number)
    text = CandidateText(title=title)
    check_candidate(text)
    inside = {
        row.proposal.number: row
        for row in candidate.placements.select_related("proposal", "candidate")
    }
    check_split(inside, moved)
    made = begin_candidate(candidate.group, text, office=by.label, at=at)
    CandidateTie.objects.create(candidate=made, other=candidate, kind=Tie.SPLIT_FROM, made_at=at)
    move_threads([inside[number] for number in sorted(set(moved))], made, "split", at)
    if len(set(moved)) == len(inside):
        candidate.status = CandidateStatus.SPLIT
        candidate.save(update_fields=["status"])
    return CandidateSplit(about=candidate.ref, into=made.ref, moved=sorted(set(moved)))


@action("candidate.set_aside", may=MAY)
def set_candidate_aside(candidate: Candidate, *, by: Actor, at: datetime) -> CandidateSetAside:
    """Go no further with a candidate.

    Raises NotNow: taskforces.not_standing.
    """
    check_stands(candidate.status, candidate.number)
    candidate.status = CandidateStatus.SET_ASIDE
    candidate.save(update_fields=["status"])
    return CandidateSetAside(about=candidate.ref)


def _of_the_plan(candidate: Candidate, numbers: Sequence[int]) -> list[Candidate]:
    rows = Candidate.objects.filter(plan=candidate.plan_id, number__in=numbers)
    return list(rows.select_related("plan"))
