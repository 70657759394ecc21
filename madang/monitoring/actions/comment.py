"""Comment on a milestone, without an account; show or hide what waits, by the same policy."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db.models import Max

from madang.calls.reading import text_digest
from madang.calls.rules.personal import holds_resident_number, personal_data
from madang.calls.rules.words import HiddenFor
from madang.drafting.models import Milestone
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow, NotValid
from madang.monitoring.models import MilestoneComment, milestone_ref
from madang.monitoring.rules.permissions import MAY
from madang.monitoring.rules.words import CommentState
from madang.record.acting import action
from madang.record.events import Event

LEAST, MOST, MOST_NAME = 10, 1000, 60


@dataclass(frozen=True, kw_only=True)
class MilestoneCommented(Event):
    """Someone commented on a milestone; what waits for a look stands here as a commitment."""

    KIND: ClassVar[str] = "milestone.commented"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"words"})

    number: int
    sha256: str | None
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class CommentReleased(Event):
    """A comment that waited for a look is public."""

    KIND: ClassVar[str] = "milestone.comment_released"

    sha256: str


@dataclass(frozen=True, kw_only=True)
class CommentHidden(Event):
    """A comment on a milestone was hidden, for a reason of the policy."""

    KIND: ClassVar[str] = "milestone.comment_hidden"

    reason: str


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


@action("milestone.comment", may=MAY)
def comment_on(
    step: Milestone,
    *,
    text: str,
    name: str = "",
    language: str,
    nonce: str,
    by: Actor,
    at: datetime,
) -> MilestoneCommented:
    """Comment on a milestone; what may hold personal data waits for a look.

    Raises NotNow: monitoring.commented_before. Raises NotValid: what `check_comment` raises.
    """
    if MilestoneComment.objects.filter(milestone=step, nonce=nonce).exists():
        raise NotNow("monitoring.commented_before")
    check_comment(text, name)
    held = bool(personal_data(text, name))
    most = MilestoneComment.objects.filter(milestone=step).aggregate(most=Max("number"))["most"]
    kept = MilestoneComment.objects.create(
        milestone=step,
        number=(most or 0) + 1,
        state=CommentState.HELD if held else CommentState.PUBLIC,
        language=language,
        name=name,
        text=text,
        nonce=nonce,
        made_at=at,
    )
    full = Milestone.objects.select_related("commitment__plan").get(pk=step.pk)
    return MilestoneCommented(
        about=milestone_ref(full),
        number=kept.number,
        sha256=None if held else text_digest(name, text),
        words=f"{name}\n{text}" if held else None,
    )


@action("milestone.release_comment", may=MAY)
def release_comment(comment: MilestoneComment, *, by: Actor, at: datetime) -> CommentReleased:
    """Let everyone read a comment that waited, or was hidden. Raises NotNow: monitoring.is_public."""
    if comment.state == CommentState.PUBLIC:
        raise NotNow("monitoring.is_public")
    _decide(comment, CommentState.PUBLIC, None, at)
    return CommentReleased(about=comment.ref, sha256=text_digest(comment.name, comment.text))


@action("milestone.hide_comment", may=MAY)
def hide_comment(
    comment: MilestoneComment, *, reason: str, by: Actor, at: datetime
) -> CommentHidden:
    """Hide a comment for a reason of the policy; its number and the reason stay.

    Raises NotNow: monitoring.is_hidden. Raises NotValid: monitoring.no_hiding_reason.
    """
    if comment.state == CommentState.HIDDEN:
        raise NotNow("monitoring.is_hidden")
    if reason not in list(HiddenFor):
        raise NotValid("monitoring.no_hiding_reason", field="reason")
    _decide(comment, CommentState.HIDDEN, reason, at)
    return CommentHidden(about=comment.ref, reason=reason)


def _decide(
    comment: MilestoneComment, state: CommentState, reason: str | None, at: datetime
) -> None:
    comment.state, comment.reason, comment.decided_at = state, reason, at
    comment.save(update_fields=["state", "reason", "decided_at"])
