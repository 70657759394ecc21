"""Answer comments: written one by one, published together with the texts that changed."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from madang.consultation.comments import newer_versions, texts_digest, versions_put_out
from madang.consultation.models import Comment, CommentAnswer, CommentRound, PublicText
from madang.consultation.rules.commenting import (
    Answer,
    CommentState,
    check_answer,
    check_can_answer,
    check_can_publish,
    check_step,
)
from madang.consultation.rules.crediting import credited
from madang.consultation.rules.permissions import MAY
from madang.documents.files import canonical_digest
from madang.drafting.models import Commitment, CommitmentVersion
from madang.drafting.rules.diff import flat
from madang.drafting.versions import as_it_reads, read_version
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class CommentAnswerWritten(Event):
    """An answer to a comment was written and not published; it stands here as a commitment."""

    KIND: ClassVar[str] = "comment.answer_written"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"answer"})

    answer: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class CommentsAnswered(Event):
    """The answers to comments were published, and with them the texts that changed.

    `fates` counts the answers by what became of the comment; `left` is how many still wait;
    `texts` is how many commitments changed, with one hash of their new texts.
    """

    KIND: ClassVar[str] = "comments.answered"

    count: int
    fates: dict[str, int]
    left: int
    sha256: str
    texts: int
    texts_sha256: str


@action("comment.answer", may=MAY)
def answer_comment(
    comment: Comment, *, answer: Answer, by: Actor, at: datetime
) -> CommentAnswerWritten:
    """Write the answer to a comment; one that is not published is written over.

    Raises NotNow: consultation.comment_not_in_this_state, consultation.comment_not_opened_yet,
    consultation.comment_answered_before; NotValid: what `check_answer` raises.
    """
    before = CommentAnswer.objects.filter(comment=comment).first()
    published = before is not None and before.published_at is not None
    check_step("answer", comment.state)
    check_can_answer(comment.round.status, published=published)
    newer = {(row.commitment.number, row.number): row for row in newer_versions(comment.round)}
    check_answer(answer, newer=newer.keys(), on_the_whole=comment.commitment_id is None)
    version = newer[answer.changed] if answer.changed else None
    CommentAnswer.objects.update_or_create(
        comment=comment,
        defaults={
            "fate": answer.fate,
            "reason": answer.reason,
            "version": version,
            "written_by": by.label,
            "written_at": at,
        },
    )
    told = {
        "fate": answer.fate,
        "reason": answer.reason.kept(),
        "version": version.sha256 if version else None,
    }
    return CommentAnswerWritten(about=comment.ref, answer=told)


@action("comments.publish_answers", may=MAY)
def publish_comment_answers(found: CommentRound, *, by: Actor, at: datetime) -> CommentsAnswered:
    """Publish every answer that is written, with the texts that changed; the authors are told.

    A text that no answer names stays with the writers.

    Raises NotNow: consultation.comment_still_open, consultation.comment_no_answer_written.
    """
    check_can_publish(found.status)
    rows = CommentAnswer.objects.filter(comment__round=found, published_at=None)
    answers = list(rows.select_related("comment__plan", "version").order_by("comment__number"))
    if not answers:
        raise NotNow("consultation.comment_no_answer_written")
    rows.update(published_at=at)
    for version in {row.version for row in answers if row.version}:
        _put_out(found, version, at)
    for row in answers:
        _credit(row)
    put = versions_put_out(found, changed=True)
    return CommentsAnswered(
        about=found.ref,
        count=len(answers),
        fates=dict(sorted(Counter(row.fate for row in answers).items())),
        left=found.comments.exclude(answer__published_at__isnull=False)
        .exclude(state=CommentState.WITHDRAWN)
        .count(),
        sha256=canonical_digest([_parts(row) for row in answers]),
        texts=len(put),
        texts_sha256=texts_digest(put),
    )


def _put_out(found: CommentRound, version: CommitmentVersion, at: datetime) -> None:
    PublicText.objects.get_or_create(
        round=found, version=version, defaults={"put_at": at, "changed": True}
    )


def _credit(row: CommentAnswer) -> None:
    """Let the paragraphs that were written for a comment go back to it."""
    if row.version is None:
        return
    # Read anew each time: the answer before may have been about the same commitment.
    commitment = Commitment.objects.get(pk=row.version.commitment_id)
    earlier = commitment.versions.filter(number=row.version.number - 1).first()
    before = flat(read_version(earlier)) if earlier else {}
    now = flat(json.loads(as_it_reads(commitment)))
    after = flat(read_version(row.version))
    commitment.origins = credited(before, after, now, commitment.origins, row.comment.ref)
    commitment.save(update_fields=["origins"])


def _parts(row: CommentAnswer) -> dict[str, Any]:
    return {
        "comment": row.comment.number,
        "fate": row.fate,
        "reason": row.reason.kept(),
        "version": row.version.sha256 if row.version else None,
    }
