"""Announce a plan's call for proposals, and change it while it has not opened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone

from madang.calls.models import Call
from madang.calls.reading import call_digest, notice_for
from madang.calls.rules.permissions import MAY
from madang.calls.rules.window import (
    CallText,
    check_call,
    check_can_revise,
    days_of_notice,
    notice_kept,
)
from madang.calls.rules.words import CallStatus
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.foundation.texts import Text
from madang.members.models import Forum
from madang.planning.models import Plan
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class CallAnnounced(Event):
    """A call was announced: its window, and for how many days its timeline was public before."""

    KIND: ClassVar[str] = "call.announced"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"reason"})

    opens_at: str
    closes_at: str
    answer_by: str
    notice: dict[str, int]
    sha256: str
    reason: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class CallRevised(CallAnnounced):
    """A call was changed before it opened."""

    KIND: ClassVar[str] = "call.revised"


@action("call.announce", may=MAY)
def announce_call(plan: Plan, *, text: CallText, by: Actor, at: datetime) -> CallAnnounced:
    """Announce the plan's call; the clock opens it and closes it.

    Raises NotNow: calls.there_is_one, calls.plan_not_announced. Raises NotValid:
    calls.window_past, calls.window_backwards, calls.no_criteria, calls.too_many_points,
    calls.no_language, calls.no_answer_date, calls.answer_before_close, calls.notice_short.
    """
    if Call.objects.filter(plan=plan).exists():
        raise NotNow("calls.there_is_one")
    call = Call(plan=plan, status=CallStatus.ANNOUNCED, announced_at=at)
    _write(call, text, at)
    return CallAnnounced(about=call.ref, **_said(call))


@action("call.revise", may=MAY)
def revise_call(call: Call, *, text: CallText, by: Actor, at: datetime) -> CallRevised:
    """Change a call that has not opened.

    Raises NotNow: calls.opened_before; and what announcing it raises.
    """
    check_can_revise(call.status, opens_at=call.opens_at, at=at)
    _write(call, text, at)
    return CallRevised(about=call.ref, **_said(call))


def _write(call: Call, text: CallText, at: datetime) -> None:
    check_call(
        text,
        announced_at=call.plan.announced_at,
        notice=notice_for(text.opens_at),
        languages=Forum.objects.get(pk=1).languages,
        closing_day=timezone.localdate(text.closes_at).isoformat(),
        at=at,
    )
    call.opens_at, call.closes_at = text.opens_at, text.closes_at
    call.answer_by, call.answer_at = text.answer_by, text.answer_at or None
    call.invitation = text.invitation or None
    call.questions, call.criteria = _points(text.questions), _points(text.criteria)
    call.languages = list(text.languages)
    kept = notice_kept(call.plan.announced_at, text.opens_at, notice_for(text.opens_at))
    call.notice_reason = None if kept else text.notice_reason
    call.save()


def _points(texts: list[Text]) -> list[dict[str, Any]]:
    return [{"key": f"{n}", "text": text.kept()} for n, text in enumerate(texts, 1)]


def _said(call: Call) -> dict[str, Any]:
    days = days_of_notice(call.plan.announced_at, call.opens_at)
    return {
        "opens_at": call.opens_at.isoformat(),
        "closes_at": call.closes_at.isoformat(),
        "answer_by": call.answer_by or "",
        "notice": {"days": days, "asked": notice_for(call.opens_at).days},
        "sha256": call_digest(call),
        "reason": call.notice_reason.kept() if call.notice_reason else None,
    }
