"""Send a comment: anyone, without an account, by a mailed code; or enter what came on paper."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db.models import Max
from django.utils import timezone

from madang.calls.rules.limits import check_limit
from madang.calls.rules.mailboxes import check_email
from madang.calls.rules.words import Channel
from madang.consultation.comments import text_digest, versions_put_out
from madang.consultation.models import Comment, CommentContact, CommentRound
from madang.consultation.rules.commenting import (
    CommentState,
    Words,
    check_entry,
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
    `channel` and `said_on` are how and when one came that the secretariat entered.
    """

    KIND: ClassVar[str] = "comment.received"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"words"})

    commitment: int | None
    version: int | None
    language: str
    state: str
    sha256: str | None
    words: dict[str, Any] | None = None
    channel: str | None = None
    said_on: str | None = None


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
    _check_is_new(found, nonce)
    if not takes_comments(found.status, closes_at=found.closes_at, at=at):
        raise NotNow("consultation.comment_not_open")
    check_words(words)
    version = _text(found, words)
    earlier = Comment.objects.filter(contact__email=email).order_by("-received_at")
    check_limit("comment.address", list(earlier.values_list("received_at", flat=True)[:20]), at)
    return _receive(found, words, version, email=email, nonce=nonce, at=at)


@action("comment.enter", may=MAY)
def enter_comment(
    found: CommentRound,
    *,
    words: Words,
    channel: str,
    said_on: str,
    email: str = "",
    nonce: str,
    by: Actor,
    at: datetime,
) -> CommentReceived:
    """Enter what someone said on paper, by telephone or at a meeting, on the day it came.

    Raises NotNow: consultation.comment_not_opened_yet, consultation.comment_sent_before. Raises
    NotValid: consultation.comment_no_text, calls.email_no_at, calls.email_shape, and what
    `check_entry` and `check_words` raise.
    """
    _check_is_new(found, nonce)
    last = min(found.closes_at - timedelta(microseconds=1), at)
    check_entry(
        found.status,
        channel=channel,
        said_on=said_on,
        first_day=timezone.localdate(found.opens_at).isoformat(),
        last_day=timezone.localdate(last).isoformat(),
    )
    check_words(words)
    if email:
        check_email(email)
    version = _text(found, words)
    return _receive(
        found, words, version, email=email, nonce=nonce, at=at, channel=channel, said_on=said_on
    )


def _check_is_new(found: CommentRound, nonce: str) -> None:
    if Comment.objects.filter(plan=found.plan_id, nonce=nonce).exists():
        raise NotNow("consultation.comment_sent_before")


def _receive(
    found: CommentRound,
    words: Words,
    version: CommitmentVersion | None,
    *,
    email: str,
    nonce: str,
    at: datetime,
    channel: str = "",
    said_on: str = "",
) -> CommentReceived:
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
        channel=channel or Channel.FORM,
        said_on=said_on,
    )
    if email:
        CommentContact.objects.create(comment=kept, email=email, language=words.language)
    return CommentReceived(
        about=kept.ref,
        commitment=words.commitment,
        version=version.number if version else None,
        language=kept.language,
        state=kept.state,
        sha256=None if held else text_digest(kept.text),
        words={"text": kept.text} if held else None,
        channel=channel or None,
        said_on=said_on or None,
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
