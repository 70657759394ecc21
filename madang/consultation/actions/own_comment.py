"""What an author does to a comment after sending it: change it, withdraw it. The trace is public."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from madang.consultation.actions.moderate_comment import waiting
from madang.consultation.comments import is_open, text_digest
from madang.consultation.models import (
    Comment,
    CommentAnswer,
    CommentModeration,
    EarlierWords,
)
from madang.consultation.rules.commenting import (
    CommentState,
    Words,
    check_can_edit,
    check_can_withdraw,
    check_words,
    waits_for_a_look,
)
from madang.consultation.rules.permissions import MAY
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class CommentEdited(Event):
    """A comment’s author changed it, for the `edits`th time; what it said before stays readable."""

    KIND: ClassVar[str] = "comment.edited"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"words"})

    edits: int
    state: str
    sha256: str | None
    words: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class CommentWithdrawn(Event):
    """A comment’s author withdrew it. Its number and its page stay."""

    KIND: ClassVar[str] = "comment.withdrawn"


@action("comment.edit", may=MAY)
def edit_comment(
    comment: Comment, *, text: str, name: str, base: int, by: Actor, at: datetime
) -> CommentEdited:
    """Change a comment, as its author. `base` is how often it had been changed when they began.

    Raises NotNow: consultation.comment_changed_meanwhile, calls.nothing_changed,
    calls.hiding_waits, and what `check_can_edit` raises; NotValid: what `check_words` raises.
    """
    check_can_edit(comment.state, is_open=is_open(comment.round, at), answered=_answered(comment))
    if waiting(comment):
        raise NotNow("calls.hiding_waits")
    words = Words(text=text, language=comment.language, name=name)
    check_words(words)
    if base != comment.edits:
        raise NotNow("consultation.comment_changed_meanwhile")
    if (text, name) == (comment.text, comment.name):
        raise NotNow("calls.nothing_changed")
    held = waits_for_a_look(words)
    comment.edits += 1
    EarlierWords.objects.create(
        comment=comment,
        number=comment.edits,
        text=comment.text,
        name=comment.name,
        held=held,
        changed_at=at,
    )
    comment.text, comment.name = text, name
    comment.state = CommentState.RECEIVED if held else CommentState.PUBLIC
    if not held:
        comment.published_at = comment.published_at or at
    comment.save()
    return CommentEdited(
        about=comment.ref,
        edits=comment.edits,
        state=comment.state,
        sha256=None if held else text_digest(text),
        words={"text": text} if held else None,
    )


@action("comment.withdraw", may=MAY)
def withdraw_comment(comment: Comment, *, by: Actor, at: datetime) -> CommentWithdrawn:
    """Withdraw a comment, as its author. An answer that is written and not published goes with it.

    Raises NotNow: consultation.comment_not_in_this_state, consultation.comment_answered_before.
    """
    check_can_withdraw(comment.state, answered=_answered(comment))
    CommentAnswer.objects.filter(comment=comment).delete()
    # What someone asked to hide is not shown any more; nothing is left to confirm.
    CommentModeration.objects.filter(comment=comment, done_at=None).update(
        done_at=at, state=CommentState.WITHDRAWN
    )
    CommentModeration.objects.create(
        comment=comment,
        state=CommentState.WITHDRAWN,
        first="author",
        asked_at=at,
        done_at=at,
    )
    comment.state = CommentState.WITHDRAWN
    comment.save(update_fields=["state"])
    return CommentWithdrawn(about=comment.ref)


def _answered(comment: Comment) -> bool:
    return CommentAnswer.objects.filter(comment=comment, published_at__isnull=False).exists()
