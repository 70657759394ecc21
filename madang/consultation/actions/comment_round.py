"""The window for comments on a draft plan: announced, opened and closed by the clock, put off."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Max
from django.utils import timezone

from madang.consultation.comments import (
    round_digest,
    texts_digest,
    versions_put_out,
    window_for,
)
from madang.consultation.models import CommentRound, PublicText
from madang.consultation.rules.commenting import (
    RoundStatus,
    RoundText,
    check_can_call_off,
    check_can_close,
    check_can_extend,
    check_can_open,
    check_round,
    long_enough,
)
from madang.consultation.rules.permissions import MAY
from madang.drafting.models import Commitment
from madang.drafting.rules.wording import fingerprint
from madang.drafting.versions import as_it_reads, keep_version
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.foundation.texts import Text
from madang.members.models import Forum
from madang.planning.models import Plan
from madang.planning.rules.writing import check_can_write
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class CommentsAnnounced(Event):
    """It was announced when everyone will read a plan’s draft and may comment on it."""

    KIND: ClassVar[str] = "comments.announced"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"reason"})

    opens_at: str
    closes_at: str
    answer_by: str
    days: dict[str, int]
    sha256: str
    reason: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class CommentsOpened(Event):
    """A draft was put before the public at its time: so many texts, and one hash of them all."""

    KIND: ClassVar[str] = "comments.opened"

    closes_at: str
    texts: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class CommentsClosed(Event):
    """The comments on a draft closed at their time, with so many of them."""

    KIND: ClassVar[str] = "comments.closed"

    comments: int


@dataclass(frozen=True, kw_only=True)
class CommentsExtended(Event):
    """The close of the comments on a draft was put off."""

    KIND: ClassVar[str] = "comments.extended"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"reason"})

    before: str
    closes_at: str
    reason: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class CommentsCalledOff(Event):
    """The comments on a draft were called off before they opened."""

    KIND: ClassVar[str] = "comments.called_off"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"reason"})

    reason: dict[str, Any]


@action("comments.announce", may=MAY)
def announce_comments(plan: Plan, *, text: RoundText, by: Actor, at: datetime) -> CommentsAnnounced:
    """Announce when the plan’s draft is open to comments; the clock opens it and closes it.

    Raises NotNow: consultation.comment_plan_not_announced, consultation.comment_nothing_written, consultation.comment_there_is_one,
    planning.published, planning.withdrawn, planning.before_forum, planning.history. Raises
    NotValid: what `check_round` raises.
    """
    _check_is_a_draft(plan, at)
    if plan.comment_rounds.filter(status__in=[RoundStatus.ANNOUNCED, RoundStatus.OPEN]).exists():
        raise NotNow("consultation.comment_there_is_one")
    window = window_for(text.opens_at)
    closing_day = timezone.localdate(text.closes_at).isoformat()
    check_round(text, window=window, closing_day=closing_day, at=at)
    last = plan.comment_rounds.aggregate(most=Max("number"))["most"] or 0
    short = not long_enough(text.opens_at, text.closes_at, window)
    made = CommentRound.objects.create(
        plan=plan,
        number=last + 1,
        status=RoundStatus.ANNOUNCED,
        announced_at=at,
        opens_at=text.opens_at,
        closes_at=text.closes_at,
        answer_by=text.answer_by,
        invitation=text.invitation or None,
        languages=Forum.objects.get(pk=1).languages,
        short_reason=text.short_reason if short else None,
    )
    return CommentsAnnounced(
        about=made.ref,
        opens_at=made.opens_at.isoformat(),
        closes_at=made.closes_at.isoformat(),
        answer_by=text.answer_by,
        days={"open": (made.closes_at - made.opens_at).days, "asked": window.days},
        sha256=round_digest(made),
        reason=made.short_reason.kept() if made.short_reason else None,
    )


def _check_is_a_draft(plan: Plan, at: datetime) -> None:
    today = timezone.localdate(at).isoformat()
    check_can_write(plan.status, frozen_by=plan.frozen_by, starts=plan.starts, today=today)
    if plan.is_hidden:
        raise NotNow("consultation.comment_plan_not_announced")
    if not plan.commitments.filter(withdrawn_at=None).exists():
        raise NotNow("consultation.comment_nothing_written")


@action("comments.open", may=MAY)
def open_comments(found: CommentRound, *, by: Actor, at: datetime) -> CommentsOpened:
    """Put the draft before the public: each commitment as it reads now, and no later version.

    Raises NotNow: consultation.comment_not_announced, consultation.comment_too_early.
    """
    check_can_open(found.status, opens_at=found.opens_at, at=at)
    found.status = RoundStatus.OPEN
    found.save(update_fields=["status"])
    for row in Commitment.objects.filter(plan=found.plan, withdrawn_at=None):
        text = as_it_reads(row)
        version = row.versions.first()
        if version is None or version.sha256 != fingerprint(text):
            # A text that came from a file, or changed with something around it, is kept first.
            version = keep_version(row, text, at=at)
        PublicText.objects.create(round=found, version=version, put_at=at)
    put = versions_put_out(found)
    return CommentsOpened(
        about=found.ref,
        closes_at=found.closes_at.isoformat(),
        texts=len(put),
        sha256=texts_digest(put),
    )


@action("comments.close", may=MAY)
def close_comments(found: CommentRound, *, by: Actor, at: datetime) -> CommentsClosed:
    """Close the comments whose time is over.

    Raises NotNow: consultation.comment_not_open, consultation.comment_too_early.
    """
    check_can_close(found.status, closes_at=found.closes_at, at=at)
    found.status, found.closed_at = RoundStatus.CLOSED, at
    found.save(update_fields=["status", "closed_at"])
    return CommentsClosed(about=found.ref, comments=found.comments.count())


@action("comments.extend", may=MAY)
def extend_comments(
    found: CommentRound, *, until: datetime, reason: Text, by: Actor, at: datetime
) -> CommentsExtended:
    """Put the close off, with a reason; what was announced first stays in the record.

    Raises NotNow: consultation.comment_not_open; NotValid: consultation.comment_not_later, consultation.comment_no_reason.
    """
    check_can_extend(found.status, closes_at=found.closes_at, later=until, reason=reason, at=at)
    before, found.closes_at, found.reason = found.closes_at, until, reason
    found.save(update_fields=["closes_at", "reason"])
    return CommentsExtended(
        about=found.ref,
        before=before.isoformat(),
        closes_at=until.isoformat(),
        reason=reason.kept(),
    )


@action("comments.call_off", may=MAY)
def call_off_comments(
    found: CommentRound, *, reason: Text, by: Actor, at: datetime
) -> CommentsCalledOff:
    """Call comments off that have not opened, with a reason; others may be announced instead.

    Raises NotNow: consultation.comment_opened_before; NotValid: consultation.comment_no_reason.
    """
    check_can_call_off(found.status, opens_at=found.opens_at, reason=reason, at=at)
    found.status, found.reason = RoundStatus.CALLED_OFF, reason
    found.save(update_fields=["status", "reason"])
    return CommentsCalledOff(about=found.ref, reason=reason.kept())
