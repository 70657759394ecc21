"""Answer proposals: written one by one or many at once, published together, asked again once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Count, Q

from madang.calls.models import Proposal, Reexamination, Reply
from madang.calls.replying import (
    digest_of_replies,
    reply_parts,
    spans,
    waiting_replies,
    written_digest,
)
from madang.calls.rules.permissions import MAY
from madang.calls.rules.replying import (
    Draft,
    check_answer,
    check_can_ask_again,
    check_line,
    round_to_write,
)
from madang.calls.rules.words import Outcome
from madang.documents.files import canonical_digest
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow, NotValid
from madang.members.models import Agency
from madang.planning.models import Plan
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class RepliesWritten(Event):
    """Answers were written and not published; what they say stands here as a commitment."""

    KIND: ClassVar[str] = "replies.written"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"answers"})

    count: int
    numbers: str
    answers: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class RepliesPublished(Event):
    """All answers that were written were published: how many by outcome, and one hash of all.

    `left` is how many proposals of the plan still wait for an answer.
    """

    KIND: ClassVar[str] = "replies.published"

    count: int
    outcomes: dict[str, int]
    numbers: str
    left: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class AskedAgain(Event):
    """The author of a proposal asked, once, for its answer to be looked at again."""

    KIND: ClassVar[str] = "proposal.asked_again"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"text"})

    text: str


@dataclass(frozen=True, kw_only=True)
class ReplyRated(Event):
    """The author of a proposal said whether the answer answered the question."""

    KIND: ClassVar[str] = "reply.rated"

    helped: bool


@action("replies.write", may=MAY)
def write_replies(
    plan: Plan, *, drafts: Sequence[Draft], by: Actor, at: datetime, base: str | None = None
) -> RepliesWritten:
    """Write answers; one that was written and not published is written over.

    `base` is what `written_digest` gave when the writer began, null where nobody read what stands.

    Raises NotValid: calls.nothing_chosen, calls.no_proposal_in_plan, what `check_answer` and
    `check_line` raise. Raises NotNow: calls.withdrawn, calls.answered_before,
    calls.reply_written_meanwhile.
    """
    if not drafts:
        raise NotValid("calls.nothing_chosen")
    agencies = {one.slug: one for one in Agency.objects.all()}
    rows = _proposals(plan, [draft.number for draft in drafts])
    for answer in {id(draft.answer): draft.answer for draft in drafts}.values():
        check_answer(answer, agencies)
    replies = []
    for draft in drafts:
        check_line(draft.line)
        row = rows.get(draft.number)
        if row is None:
            raise NotValid("calls.no_proposal_in_plan", value=str(draft.number))
        asked = getattr(row, "reexamination", None) is not None
        number = round_to_write(row.state, published=row.published, asked_again=asked)
        replies.append(_reply(row, number, draft, agencies, by, at))
    if base is not None:
        _check_base(plan, replies, base)
    Reply.objects.bulk_create(
        replies,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["proposal", "round"],
        update_fields=list(WRITTEN),
    )
    told = [reply_parts(one) for one in replies]
    return RepliesWritten(
        about=plan.ref,
        count=len(replies),
        numbers=spans(draft.number for draft in drafts),
        answers={"sha256": canonical_digest(told)},
    )


def _check_base(plan: Plan, replies: list[Reply], base: str) -> None:
    """Whoever wrote meanwhile is not written over unread; the same press twice changes nothing."""
    now = written_digest(plan, [one.proposal.number for one in replies])
    if now not in (base, digest_of_replies(replies)):
        raise NotNow("calls.reply_written_meanwhile")


WRITTEN = (
    "outcome",
    "reason",
    "text",
    "line",
    "place",
    "subject",
    "agency",
    "written_by",
    "written_at",
)


def _proposals(plan: Plan, numbers: list[int]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for start in range(0, len(numbers), 500):
        rows = Proposal.objects.filter(plan=plan, number__in=numbers[start : start + 500])
        rows = rows.select_related("plan", "reexamination").defer("features", "text")
        published = Count("replies", filter=Q(replies__published_at__isnull=False))
        found |= {row.number: row for row in rows.annotate(published=published)}
    return found


def _reply(
    row: Proposal, number: int, draft: Draft, agencies: dict[str, Agency], by: Actor, at: datetime
) -> Reply:
    answer = draft.answer
    return Reply(
        proposal=row,
        round=number,
        outcome=answer.outcome,
        reason=answer.reason,
        text=answer.text,
        line=draft.line,
        place=answer.place,
        subject=answer.subject,
        agency=agencies[answer.agency],
        written_by=by.label,
        written_at=at,
    )


@action("replies.publish", may=MAY)
def publish_replies(plan: Plan, *, by: Actor, at: datetime) -> RepliesPublished:
    """Publish every answer that was written for the plan; their authors are told.

    Raises NotNow: calls.no_reply_written, calls.plan_not_announced.
    """
    if plan.is_hidden or plan.withdrawn_at:
        raise NotNow("calls.plan_not_announced")
    rows = list(waiting_replies(plan).order_by("proposal__number"))
    if not rows:
        raise NotNow("calls.no_reply_written")
    by_outcome: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        by_outcome[row.outcome].append(row.proposal_id)
    waiting_replies(plan).update(published_at=at)
    for outcome, proposals in by_outcome.items():
        for start in range(0, len(proposals), 500):
            part = Proposal.objects.filter(pk__in=proposals[start : start + 500])
            part.update(outcome=Outcome(outcome))
    return RepliesPublished(
        about=plan.ref,
        count=len(rows),
        outcomes={outcome: len(ids) for outcome, ids in sorted(by_outcome.items())},
        numbers=spans(row.proposal.number for row in rows),
        left=Proposal.objects.filter(plan=plan, outcome=None).exclude(state="withdrawn").count(),
        sha256=canonical_digest([reply_parts(row) for row in rows]),
    )


@action("proposal.ask_again", may=MAY)
def ask_again(proposal: Proposal, *, text: str, by: Actor, at: datetime) -> AskedAgain:
    """Ask, once, for an answer to be looked at again. Its author alone has the link to it.

    Raises NotNow: calls.not_answered, calls.asked_before, calls.term_over; NotValid:
    calls.text_short, calls.text_long, calls.resident_number.
    """
    first = proposal.replies.filter(round=1, published_at__isnull=False).first()
    check_can_ask_again(
        text,
        published_at=first.published_at if first else None,
        asked_before=Reexamination.objects.filter(proposal=proposal).exists(),
        at=at,
    )
    Reexamination.objects.create(proposal=proposal, text=text, asked_at=at)
    return AskedAgain(about=proposal.ref, text=text)


@action("reply.rate", may=MAY)
def rate_reply(proposal: Proposal, *, helped: bool, by: Actor, at: datetime) -> ReplyRated:
    """Say whether the newest answer answered the question; its author may change that.

    Raises NotNow: calls.not_answered.
    """
    newest = proposal.replies.filter(published_at__isnull=False).order_by("-round").first()
    if newest is None:
        raise NotNow("calls.not_answered")
    newest.helped = helped
    newest.save(update_fields=["helped"])
    return ReplyRated(about=proposal.ref, helped=helped)
