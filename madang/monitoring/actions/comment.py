"""Comment on a milestone, or on a self-assessment that lies open; moderated by the policy of proposals."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Max, QuerySet
from django.utils import timezone

from madang.calls.hiding import Steps
from madang.calls.reading import text_digest
from madang.calls.rules.moderating import check_note
from madang.calls.rules.personal import personal_data
from madang.drafting.models import Milestone
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.foundation.texts import Text
from madang.monitoring.models import Assessment, Remark, RemarkModeration, milestone_ref
from madang.monitoring.rules.assessing import check_lies_open
from madang.monitoring.rules.commenting import check_answer, check_comment, check_step
from madang.monitoring.rules.permissions import MAY
from madang.monitoring.rules.words import CommentState
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class MilestoneCommented(Event):
    """Someone commented on a milestone; what waits for a look stands here as a commitment."""

    KIND: ClassVar[str] = "milestone.commented"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"words"})

    number: int
    sha256: str | None
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class AssessmentCommented(Event):
    """Someone commented on a self-assessment; what waits for a look stands here as a commitment."""

    KIND: ClassVar[str] = "assessment.commented"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"words"})

    number: int
    sha256: str | None
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class RemarkPublished(Event):
    """A comment on a milestone or a report that waited for a look is public."""

    KIND: ClassVar[str] = "remark.published"

    sha256: str


@dataclass(frozen=True, kw_only=True)
class RemarkHidingAsked(Event):
    """Someone of the secretariat asked that such a comment be hidden; another must confirm."""

    KIND: ClassVar[str] = "remark.hiding_asked"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"note"})

    reason: str
    note: str | None


@dataclass(frozen=True, kw_only=True)
class RemarkHidden(Event):
    """Such a comment was hidden by two persons, for a reason of the policy."""

    KIND: ClassVar[str] = "remark.hidden"

    reason: str


@dataclass(frozen=True, kw_only=True)
class RemarkHidingRefused(Event):
    """What was asked to be hidden is not."""

    KIND: ClassVar[str] = "remark.hiding_refused"

    reason: str


@dataclass(frozen=True, kw_only=True)
class RemarkRestored(Event):
    """Such a comment that was hidden is shown again."""

    KIND: ClassVar[str] = "remark.restored"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"note"})

    note: str


@dataclass(frozen=True, kw_only=True)
class RemarkAnswered(Event):
    """The secretariat wrote an answer to a comment on a report; it is public with the report."""

    KIND: ClassVar[str] = "remark.answered"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"answer"})

    answer: dict[str, Any]


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
    kept = _keep(
        Remark.objects.filter(milestone=step),
        Remark(milestone=step, language=language, name=name, text=text, nonce=nonce, made_at=at),
    )
    full = Milestone.objects.select_related("commitment__plan").get(pk=step.pk)
    return MilestoneCommented(about=milestone_ref(full), **_told(kept))


@action("assessment.comment", may=MAY)
def comment_on_assessment(
    assessment: Assessment,
    *,
    text: str,
    name: str = "",
    language: str,
    nonce: str,
    by: Actor,
    at: datetime,
) -> AssessmentCommented:
    """Comment on a self-assessment while it lies open; what may hold personal data waits for a look.

    Raises NotNow: monitoring.commented_before, monitoring.not_read_now. Raises NotValid: what
    `check_comment` raises.
    """
    check_lies_open(assessment.state, assessment.read_until, timezone.localdate(at))
    kept = _keep(
        Remark.objects.filter(assessment=assessment),
        Remark(
            assessment=assessment,
            language=language,
            name=name,
            text=text,
            nonce=nonce,
            made_at=at,
        ),
    )
    return AssessmentCommented(about=assessment.ref, **_told(kept))


def _keep(beside: QuerySet[Remark], remark: Remark) -> Remark:
    if beside.filter(nonce=remark.nonce).exists():
        raise NotNow("monitoring.commented_before")
    check_comment(remark.text, remark.name)
    held = bool(personal_data(remark.text, remark.name))
    remark.state = CommentState.HELD if held else CommentState.PUBLIC
    remark.number = (beside.aggregate(most=Max("number"))["most"] or 0) + 1
    remark.save()
    return remark


def _told(remark: Remark) -> dict[str, Any]:
    held = remark.state == CommentState.HELD
    return {
        "number": remark.number,
        "sha256": None if held else text_digest(remark.name, remark.text),
        "words": f"{remark.name}\n{remark.text}" if held else None,
    }


# --- moderation ----------------------------------------------------------------------------------


STEPS = Steps(RemarkModeration, "remark", check_step, "monitoring.no_hiding_waits")
waiting = STEPS.waiting


@action("remark.publish", may=MAY)
def publish_remark(remark: Remark, *, by: Actor, at: datetime) -> RemarkPublished:
    """Let everyone read a comment that waited for a look.

    Raises NotNow: monitoring.not_in_this_state, calls.hiding_waits.
    """
    check_step("publish", remark.state)
    _show(remark, by, at)
    return RemarkPublished(about=remark.ref, sha256=text_digest(remark.name, remark.text))


@action("remark.ask_hiding", may=MAY)
def ask_remark_hiding(
    remark: Remark, *, reason: str, note: str = "", by: Actor, at: datetime
) -> RemarkHidingAsked:
    """Ask that a comment be hidden. It stays as it is until another person confirms.

    Raises NotNow: monitoring.not_in_this_state, calls.hiding_waits; NotValid:
    calls.no_hiding_reason, calls.note_long.
    """
    found = STEPS.ask(remark, reason, note, by, at)
    return RemarkHidingAsked(about=remark.ref, reason=found, note=note or None)


@action("remark.confirm_hiding", may=MAY)
def confirm_remark_hiding(remark: Remark, *, by: Actor, at: datetime) -> RemarkHidden:
    """Hide a comment as another person asked; its number and the reason stay.

    Raises NotNow: monitoring.no_hiding_waits, calls.same_person, monitoring.not_in_this_state.
    """
    remark.reason = STEPS.confirm(remark, by, at)
    remark.save(update_fields=["state", "reason"])
    return RemarkHidden(about=remark.ref, reason=remark.reason)


@action("remark.refuse_hiding", may=MAY)
def refuse_remark_hiding(remark: Remark, *, by: Actor, at: datetime) -> RemarkHidingRefused:
    """Leave a comment as it is, though someone asked that it be hidden.

    Raises NotNow: monitoring.no_hiding_waits.
    """
    return RemarkHidingRefused(about=remark.ref, reason=STEPS.refuse(remark, by, at))


@action("remark.restore", may=MAY)
def restore_remark(remark: Remark, *, note: str, by: Actor, at: datetime) -> RemarkRestored:
    """Show a hidden comment again, with the reason.

    Raises NotNow: monitoring.not_in_this_state; NotValid: calls.note_missing, calls.note_long.
    """
    check_step("restore", remark.state)
    check_note(note)
    _show(remark, by, at, note=note)
    return RemarkRestored(about=remark.ref, note=note)


def _show(remark: Remark, by: Actor, at: datetime, *, note: str = "") -> None:
    STEPS.take(remark, CommentState.PUBLIC, by, at, note=note)
    remark.reason = None
    remark.save(update_fields=["state", "reason"])


# --- the answer ----------------------------------------------------------------------------------


@action("remark.answer", may=MAY)
def answer_remark(remark: Remark, *, answer: Text, by: Actor, at: datetime) -> RemarkAnswered:
    """Answer a comment on a self-assessment. Answers are public with the report; until then one
    written anew stands in place of the other.

    Raises NotNow: monitoring.nothing_to_answer, monitoring.published_before. Raises NotValid:
    monitoring.answer_missing, monitoring.answer_long.
    """
    check_answer(remark.assessment.state if remark.assessment else None, answer.words.values())
    remark.answer, remark.answered_at = answer, at
    remark.save(update_fields=["answer", "answered_at"])
    return RemarkAnswered(about=remark.ref, answer=answer.kept())
