"""Send a comment: anyone, without an account, once the address is confirmed by a mailed code."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Max

from madang.calls.rules.limits import check_limit
from madang.consultation.comments import text_digest, versions_put_out
from madang.consultation.models import Comment, CommentContact, CommentRound
from madang.consultation.rules.commenting import (
    CommentState,
    Words,
    check_words,
    takes_comments,
    waits_for_a_look,
)
from madang.consultation.rules.permissions import MAY
from madang.drafting.models import CommitmentVersion
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow, NotValid
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class CommentReceived(Event):
    """A comment on a draft came in. Of one that is public at once its hash stands here, else a
    commitment; `state` says which of the two. It is about a commitment's version, or the whole.
    """

    KIND: ClassVar[str] = "comment.received"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"words"})

    commitment: int | None
    version: int | None
    language: str
    state: str
    sha256: str | None
    words: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class CommentLettersStopped(Event):
    """A comment's author wants no more letters about it."""

    KIND: ClassVar[str] = "comment.letters_stopped"


@action("comment.send", may=MAY)
def send_comment(
    found: CommentRound, *, words: Words, email: str, nonce: str, by: Actor, at: datetime
) -> CommentReceived:
    """Receive a comment. It is public at once, unless it may hold personal data.

    `nonce` names this one sending: whoever sends it again has sent it before. The address was
    confirmed before the act.

    Raises NotNow: consultation.comment_not_open, consultation.comment_sent_before, calls.too_many. Raises NotValid:
    consultation.comment_no_text, what `check_words` raises.
    """
    if Comment.objects.filter(plan=found.plan_id, nonce=nonce).exists():
        raise NotNow("consultation.comment_sent_before")
    if not takes_comments(found.status, closes_at=found.closes_at, at=at):
        raise NotNow("consultation.comment_not_open")
    check_words(words)
    version = _text(found, words)
    earlier = Comment.objects.filter(contact__email=email).order_by("-received_at")
    check_limit("comment.address", list(earlier.values_list("received_at", flat=True)[:20]), at)
    held = waits_for_a_look(words)
    last = Comment.objects.filter(plan=found.plan_id).aggregate(most=Max("number"))["most"] or 0
    kept = Comment.objects.create(
        round=found,
        plan=found.plan,
        number=last + 1,
        commitment=version.commitment if version else None,
        version=version,
        state=CommentState.RECEIVED if held else CommentState.PUBLIC,
        language=words.language,
        text=words.text,
        name=words.name,
        received_at=at,
        published_at=None if held else at,
        nonce=nonce,
    )
    CommentContact.objects.create(comment=kept, email=email, language=words.language)
    return CommentReceived(
        about=kept.ref,
        commitment=words.commitment,
        version=version.number if version else None,
        language=kept.language,
        state=kept.state,
        sha256=None if held else text_digest(kept.text),
        words={"text": kept.text} if held else None,
    )


def _text(found: CommentRound, words: Words) -> CommitmentVersion | None:
    """The text a comment is about, as the public reads it.

    Raises NotValid: consultation.comment_no_text.
    """
    if words.commitment is None:
        return None
    version = versions_put_out(found).get(words.commitment)
    if version is None:
        raise NotValid("consultation.comment_no_text", number=words.commitment, field="commitment")
    return version


@action("comment.stop_letters", may=MAY)
def stop_comment_letters(comment: Comment, *, by: Actor, at: datetime) -> CommentLettersStopped:
    """Send no more letters about a comment. Its author alone has the link that does this."""
    CommentContact.objects.filter(comment=comment).update(stopped_at=at)
    return CommentLettersStopped(about=comment.ref)
