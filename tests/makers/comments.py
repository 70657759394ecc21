"""A draft before the public, and comments on it, through the real actions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from madang.consultation.actions.comment import send_comment
from madang.consultation.actions.comment_round import (
    announce_comments,
    close_comments,
    open_comments,
)
from madang.consultation.models import Comment, CommentRound
from madang.consultation.rules.commenting import RoundText, Words
from madang.drafting.actions.write import write_commitment
from madang.drafting.models import Commitment
from madang.foundation.actors import ANONYMOUS, CLOCK, Actor, Role
from madang.planning.models import Plan
from tests.makers.plans import (
    SECRETARY,
    WRITTEN,
    a_draft,
    a_written_commitment,
    an_announced_plan,
    base_of,
    both,
)

ANNOUNCED = WRITTEN + timedelta(days=30)
OPENS = datetime(2026, 4, 8, 0, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=14)
DURING = OPENS + timedelta(days=3)
AFTER = CLOSES + timedelta(days=1)
ANSWER_BY = "2026-05-22"
TEXT = "첫 단계의 결과물을 누구나 내려받을 수 있다고 적어 주세요."
REASON = both(
    "결과물을 누구나 내려받을 수 있다고 첫 단계에 적었습니다.",
    "The first step now says that anyone can download what comes of it.",
)
FIRST = Actor(roles=frozenset({Role.SECRETARIAT}), account=1, name="first")
SECOND = Actor(roles=frozenset({Role.SECRETARIAT}), account=2, name="second")


def a_round_text(**other: Any) -> RoundText:
    """A window as a secretariat types it, as long as the rule asks."""
    kept: dict[str, Any] = {
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "answer_by": ANSWER_BY,
        "invitation": both(
            "초안을 읽고 의견을 주십시오.", "Read the draft and say what you think."
        ),
    }
    return RoundText(**{**kept, **other})


def a_draft_plan(**other: Any) -> Plan:
    """A plan that is announced, with one written commitment that members alone read."""
    plan = an_announced_plan()
    a_written_commitment(plan, **other)
    return plan


def an_announced_round(plan: Plan | None = None, **other: Any) -> CommentRound:
    """A window that waits for the clock."""
    plan = plan or a_draft_plan()
    announce_comments(plan, text=a_round_text(**other), by=SECRETARY, at=ANNOUNCED)
    return the_round(plan)


def an_open_round(plan: Plan | None = None, **other: Any) -> CommentRound:
    """A window that the clock opened."""
    found = an_announced_round(plan, **other)
    open_comments(found, by=CLOCK, at=found.opens_at)
    return the_round(found.plan)


def a_closed_round(found: CommentRound) -> CommentRound:
    """The same, closed by the clock."""
    close_comments(found, by=CLOCK, at=found.closes_at)
    return the_round(found.plan)


def the_round(plan: Plan) -> CommentRound:
    """The plan's newest round as it is now."""
    return CommentRound.objects.select_related("plan").filter(plan=plan)[0]


def a_comment(
    found: CommentRound,
    *,
    email: str = "citizen@example.kr",
    at: datetime = DURING,
    **other: Any,
) -> Comment:
    """A comment on the first commitment that came by the form."""
    kept: dict[str, Any] = {"text": TEXT, "language": "ko", "commitment": 1}
    nonce = f"made-{Comment.objects.count()}"
    words = Words(**{**kept, **other})
    send_comment(found, words=words, email=email, nonce=nonce, by=ANONYMOUS, at=at)
    return Comment.objects.select_related("plan", "round").get(plan=found.plan, nonce=nonce)


def rewrite(plan: Plan, *, at: datetime = AFTER, **other: Any) -> int:
    """Write the plan's first commitment anew; the number of the version."""
    row = Commitment.objects.get(plan=plan, number=1)
    draft = a_draft(**other)
    if "steps" not in other:
        draft = replace(draft, steps=[replace(draft.steps[0], label="1.1")])
    written = write_commitment(plan, number=1, draft=draft, base=base_of(row), by=SECRETARY, at=at)
    return written.version
