"""Weighing a candidate: points on the call's published criteria, and points for and against."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.calls.models import Call
from madang.foundation.actors import Actor
from madang.record.acting import action
from madang.record.events import Event
from madang.taskforces.models import Argument, Candidate, Score
from madang.taskforces.reading import person_of
from madang.taskforces.rules.permissions import MAY
from madang.taskforces.rules.weighing import check_argument, check_points, check_stands
from madang.taskforces.rules.words import Side


@dataclass(frozen=True, kw_only=True)
class CandidateScored(Event):
    """A member gave a candidate points on one criterion."""

    KIND: ClassVar[str] = "candidate.scored"

    criterion: str
    points: int


@dataclass(frozen=True, kw_only=True)
class CandidateArgued(Event):
    """A member wrote what speaks for a candidate, or against it."""

    KIND: ClassVar[str] = "candidate.argued"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"text"})

    side: str
    text: str


@action("candidate.score", may=MAY)
def score_candidate(
    candidate: Candidate, *, criterion: str, points: int, by: Actor, at: datetime
) -> CandidateScored:
    """Give a candidate 0 to 5 points on a criterion of the plan's call; the last ones count.

    Raises NotNow: taskforces.not_standing; NotValid: taskforces.no_criterion,
    taskforces.no_points.
    """
    check_stands(candidate.status, candidate.number)
    call = Call.objects.filter(plan=candidate.plan_id).first()
    keys = [point["key"] for point in call.criteria] if call else []
    check_points(criterion, keys, points)
    Score.objects.update_or_create(
        candidate=candidate,
        criterion=criterion,
        person=person_of(by),
        defaults={"points": points, "scored_at": at},
    )
    return CandidateScored(about=candidate.ref, criterion=criterion, points=points)


@action("candidate.argue", may=MAY)
def argue(
    candidate: Candidate, *, side: Side, text: str, language: str, by: Actor, at: datetime
) -> CandidateArgued:
    """Write a point for or against a candidate.

    Raises NotNow: taskforces.not_standing; NotValid: taskforces.no_argument,
    taskforces.argument_long.
    """
    check_stands(candidate.status, candidate.number)
    check_argument(text)
    Argument.objects.create(
        candidate=candidate,
        side=side,
        text=text,
        language=language,
        person=person_of(by),
        made_at=at,
    )
    return CandidateArgued(about=candidate.ref, side=side, text=text)
