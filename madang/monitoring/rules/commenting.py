"""Comments on milestones and self-assessments: what one must be, and which step follows on which."""

from collections.abc import Iterable

from madang.calls.rules.personal import holds_resident_number
from madang.foundation.refusals import NotNow, NotValid
from madang.monitoring.rules.assessing import AssessmentState
from madang.monitoring.rules.words import CommentState

LEAST, MOST, MOST_NAME = 10, 1000, 60
MOST_ANSWER = 2000
FROM = {
    "publish": (CommentState.HELD,),
    "hide": (CommentState.HELD, CommentState.PUBLIC),
    "restore": (CommentState.HIDDEN,),
}
"""The states in which each step can be taken. Source: the moderation policy of proposals."""


def check_comment(text: str, name: str = "") -> None:
    """Raises NotValid: monitoring.comment_short, monitoring.comment_long, monitoring.name_long,
    monitoring.resident_number.
    """
    if len(text) < LEAST:
        raise NotValid("monitoring.comment_short", least=LEAST, now=len(text), field="text")
    if len(text) > MOST:
        raise NotValid("monitoring.comment_long", most=MOST, now=len(text), field="text")
    if len(name) > MOST_NAME:
        raise NotValid("monitoring.name_long", most=MOST_NAME, field="name")
    if holds_resident_number(text, name):
        raise NotValid("monitoring.resident_number", field="text")


def check_step(step: str, state: str) -> None:
    """Raises NotNow: monitoring.not_in_this_state."""
    if state not in FROM[step]:
        raise NotNow("monitoring.not_in_this_state")


def check_answer(report: str | None, words: Iterable[str | None]) -> None:
    """`report` is the state of the report it was said to; a comment on a milestone has none.

    Raises NotNow: monitoring.nothing_to_answer, monitoring.published_before. Raises NotValid:
    monitoring.answer_missing, monitoring.answer_long.
    """
    if report is None:
        raise NotNow("monitoring.nothing_to_answer")
    if report == AssessmentState.PUBLISHED:
        raise NotNow("monitoring.published_before")
    longest = max((len(one or "") for one in words), default=0)
    if not longest:
        raise NotValid("monitoring.answer_missing", field="answer")
    if longest > MOST_ANSWER:
        raise NotValid("monitoring.answer_long", most=MOST_ANSWER, field="answer")
