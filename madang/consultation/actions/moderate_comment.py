"""Moderation of comments, by the policy of proposals: two persons to hide, and nothing vanishes."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.calls.hiding import Steps
from madang.calls.rules.moderating import check_note
from madang.consultation.comments import text_digest
from madang.consultation.models import Comment, CommentModeration
from madang.consultation.rules.commenting import CommentState, check_step
from madang.consultation.rules.permissions import MAY
from madang.foundation.actors import Actor
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class CommentPublished(Event):
    """A comment that had waited for a look became public; `sha256` is that of its words."""

    KIND: ClassVar[str] = "comment.published"

    sha256: str


@dataclass(frozen=True, kw_only=True)
class CommentHidingAsked(Event):
    """Someone of the secretariat asked that a comment be hidden; another must confirm."""

    KIND: ClassVar[str] = "comment.hiding_asked"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"note"})

    reason: str
    note: str | None


@dataclass(frozen=True, kw_only=True)
class CommentHidden(Event):
    """A comment was hidden by two persons, for a reason of the policy."""

    KIND: ClassVar[str] = "comment.hidden"

    reason: str


@dataclass(frozen=True, kw_only=True)
class CommentHidingRefused(Event):
    """What was asked to be hidden is not."""

    KIND: ClassVar[str] = "comment.hiding_refused"

    reason: str


@dataclass(frozen=True, kw_only=True)
class CommentRestored(Event):
    """A comment that was hidden is shown again."""

    KIND: ClassVar[str] = "comment.restored"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"note"})

    note: str


STEPS = Steps(CommentModeration, "comment", check_step, "consultation.comment_no_hiding_waits")
waiting = STEPS.waiting


@action("comment.publish", may=MAY)
def publish_comment(comment: Comment, *, by: Actor, at: datetime) -> CommentPublished:
    """Let everyone read a comment that waited for a look.

    Raises NotNow: consultation.comment_not_in_this_state, calls.hiding_waits.
    """
    check_step("publish", comment.state)
    STEPS.take(comment, CommentState.PUBLIC, by, at)
    comment.published_at = comment.published_at or at
    comment.save(update_fields=["state", "published_at"])
    return CommentPublished(about=comment.ref, sha256=text_digest(comment.text))


@action("comment.ask_hiding", may=MAY)
def ask_comment_hiding(
    comment: Comment, *, reason: str, note: str, by: Actor, at: datetime
) -> CommentHidingAsked:
    """Ask that a comment be hidden. It stays as it is until another person confirms.

    Raises NotNow: consultation.comment_not_in_this_state, calls.hiding_waits; NotValid:
    calls.no_hiding_reason, calls.note_long.
    """
    found = STEPS.ask(comment, reason, note, by, at)
    return CommentHidingAsked(about=comment.ref, reason=found, note=note or None)


@action("comment.confirm_hiding", may=MAY)
def confirm_comment_hiding(comment: Comment, *, by: Actor, at: datetime) -> CommentHidden:
    """Hide a comment as another person asked.

    Raises NotNow: consultation.comment_no_hiding_waits, calls.same_person,
    consultation.comment_not_in_this_state.
    """
    reason = STEPS.confirm(comment, by, at)
    comment.save(update_fields=["state"])
    return CommentHidden(about=comment.ref, reason=reason)


@action("comment.refuse_hiding", may=MAY)
def refuse_comment_hiding(comment: Comment, *, by: Actor, at: datetime) -> CommentHidingRefused:
    """Leave a comment as it is, though someone asked that it be hidden.

    Raises NotNow: consultation.comment_no_hiding_waits.
    """
    return CommentHidingRefused(about=comment.ref, reason=STEPS.refuse(comment, by, at))


@action("comment.restore", may=MAY)
def restore_comment(comment: Comment, *, note: str, by: Actor, at: datetime) -> CommentRestored:
    """Show a hidden comment again, with the reason.

    Raises NotNow: consultation.comment_not_in_this_state; NotValid: calls.note_missing,
    calls.note_long.
    """
    check_step("restore", comment.state)
    check_note(note)
    STEPS.take(comment, CommentState.PUBLIC, by, at, note=note)
    comment.published_at = comment.published_at or at
    comment.save(update_fields=["state", "published_at"])
    return CommentRestored(about=comment.ref, note=note)
