"""Candidates: what may be written of one, and how it is weighed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from madang.foundation.refusals import NotNow, NotValid
from madang.foundation.texts import Text
from madang.taskforces.rules.words import CandidateStatus, Grade

TITLE_MOST, TEXT_MOST, ARGUMENT_MOST = 200, 6000, 1000
MOST_POINTS = 5
STANDING = (CandidateStatus.OPEN, CandidateStatus.CHOSEN)
"""A candidate that proposals can still be joined to."""


@dataclass(frozen=True, kw_only=True)
class CandidateText:
    """What is written of a candidate."""

    title: Text
    problem: Text | None = None
    promise: Text | None = None
    grade: Grade | None = None


def check_candidate(text: CandidateText) -> None:
    """Raises NotValid: taskforces.no_title, taskforces.title_long, taskforces.text_long."""
    if not text.title:
        raise NotValid("taskforces.no_title", field="title")
    if _longest(text.title) > TITLE_MOST:
        raise NotValid("taskforces.title_long", most=TITLE_MOST, field="title")
    for name in ("problem", "promise"):
        if _longest(getattr(text, name)) > TEXT_MOST:
            raise NotValid("taskforces.text_long", most=TEXT_MOST, field=name)


def _longest(text: Text | None) -> int:
    return max((len(words or "") for words in text.words.values()), default=0) if text else 0


def check_stands(status: str, number: int) -> None:
    """Raises NotNow: taskforces.not_standing."""
    if status not in STANDING:
        raise NotNow("taskforces.not_standing", number=number)


def check_merge(into: int, others: Sequence[int]) -> None:
    """Raises NotValid: taskforces.nothing_to_merge, taskforces.merged_with_itself."""
    if not others:
        raise NotValid("taskforces.nothing_to_merge", field="others")
    if into in others:
        raise NotValid("taskforces.merged_with_itself", field="others")


def check_split(inside: Collection[int], moved: Collection[int]) -> None:
    """Raises NotValid: taskforces.nothing_to_split, taskforces.not_inside."""
    if not moved:
        raise NotValid("taskforces.nothing_to_split", field="moved")
    if strange := sorted(set(moved) - set(inside)):
        raise NotValid("taskforces.not_inside", number=strange[0], field="moved")


def check_points(criterion: str, criteria: Collection[str], points: int) -> None:
    """Raises NotValid: taskforces.no_criterion, taskforces.no_points."""
    if criterion not in criteria:
        raise NotValid("taskforces.no_criterion", field="points")
    if not 0 <= points <= MOST_POINTS:
        raise NotValid("taskforces.no_points", most=MOST_POINTS, field="points")


def check_argument(text: str) -> None:
    """Raises NotValid: taskforces.no_argument, taskforces.argument_long."""
    if not text:
        raise NotValid("taskforces.no_argument", field="text")
    if len(text) > ARGUMENT_MOST:
        raise NotValid("taskforces.argument_long", most=ARGUMENT_MOST, field="text")
