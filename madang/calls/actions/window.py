"""A call's course: opened and closed by the clock; extended, ended, opened again with a reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone

from madang.calls.models import Call
from madang.calls.rules.permissions import MAY
from madang.calls.rules.window import (
    check_answer_day,
    check_can_close,
    check_can_end,
    check_can_extend,
    check_can_open,
    check_can_reopen,
)
from madang.calls.rules.words import CallStatus
from madang.foundation.actors import Actor
from madang.foundation.texts import Text
from madang.planning.models import Stage, StageKey
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class CallOpened(Event):
    """A call opened at its time: anyone may propose."""

    KIND: ClassVar[str] = "call.opened"

    closes_at: str


@dataclass(frozen=True, kw_only=True)
class CallClosed(Event):
    """A call closed at its time, with so many proposals."""

    KIND: ClassVar[str] = "call.closed"

    proposals: int


@dataclass(frozen=True, kw_only=True)
class CallExtended(Event):
    """A call’s close was put off."""

    KIND: ClassVar[str] = "call.extended"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"reason"})

    before: str
    closes_at: str
    reason: dict[str, Any]
    answer_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class CallEnded(Event):
    """A call was ended without a result."""

    KIND: ClassVar[str] = "call.ended"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"reason"})

    proposals: int
    reason: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class CallReopened(Event):
    """A call that was over is to open again."""

    KIND: ClassVar[str] = "call.reopened"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"reason"})

    closes_at: str
    reason: dict[str, Any]
    answer_by: str | None = None


@action("call.open", may=MAY)
def open_call(call: Call, *, by: Actor, at: datetime) -> CallOpened:
    """Open an announced call whose time has come.

    Raises NotNow: calls.not_announced, calls.too_early.
    """
    check_can_open(call.status, opens_at=call.opens_at, at=at)
    call.status = CallStatus.OPEN
    call.save(update_fields=["status"])
    _keep_dates(call, None)
    return CallOpened(about=call.ref, closes_at=call.closes_at.isoformat())


@action("call.close", may=MAY)
def close_call(call: Call, *, by: Actor, at: datetime) -> CallClosed:
    """Close a call whose time is over.

    Raises NotNow: calls.not_open, calls.too_early.
    """
    check_can_close(call.status, closes_at=call.closes_at, at=at)
    call.status, call.closed_at = CallStatus.CLOSED, at
    call.save(update_fields=["status", "closed_at"])
    _keep_dates(call, call.closes_at)
    return CallClosed(about=call.ref, proposals=call.plan.proposals.count())


@action("call.extend", may=MAY)
def extend_call(
    call: Call, *, until: datetime, reason: Text, answer_by: str = "", by: Actor, at: datetime
) -> CallExtended:
    """Put the close of a call off; what was announced first stays to be read.

    `answer_by` is a new day for the answers; without it the one that was promised stands.

    Raises NotNow: calls.not_open; NotValid: calls.not_later, calls.no_reason,
    calls.no_answer_date, calls.answer_before_close.
    """
    check_can_extend(call.status, closes_at=call.closes_at, later=until, reason=reason, at=at)
    _keep_window(call, reason, at)
    _keep_answer_day(call, answer_by, until, "extend_answer_by")
    before, call.closes_at, call.reason = call.closes_at, until, reason
    call.save(update_fields=["closes_at", "reason", "answer_by", "earlier"])
    return CallExtended(
        about=call.ref,
        before=before.isoformat(),
        closes_at=until.isoformat(),
        reason=reason.kept(),
        answer_by=call.answer_by,
    )


@action("call.end", may=MAY)
def end_call(call: Call, *, reason: Text, by: Actor, at: datetime) -> CallEnded:
    """End a call without a result. Its proposals stay.

    Raises NotNow: calls.ended_before; NotValid: calls.no_reason.
    """
    check_can_end(call.status, reason=reason)
    opened = call.status != CallStatus.ANNOUNCED
    call.status, call.reason = CallStatus.ENDED, reason
    call.closed_at = call.closed_at or at
    call.save(update_fields=["status", "reason", "closed_at"])
    if opened:
        _keep_dates(call, call.closed_at)
    return CallEnded(about=call.ref, proposals=call.plan.proposals.count(), reason=reason.kept())


@action("call.reopen", may=MAY)
def reopen_call(
    call: Call, *, until: datetime, reason: Text, answer_by: str = "", by: Actor, at: datetime
) -> CallReopened:
    """Let a call that is over open again until a new moment; the clock opens it.

    `answer_by` is a new day for the answers; without it the one that was promised stands.

    Raises NotNow: calls.not_closed; NotValid: calls.not_later, calls.no_reason,
    calls.no_answer_date, calls.answer_before_close.
    """
    check_can_reopen(call.status, until=until, reason=reason, at=at)
    _keep_window(call, reason, at)
    _keep_answer_day(call, answer_by, until, "reopen_answer_by")
    call.status, call.closed_at = CallStatus.ANNOUNCED, None
    call.closes_at, call.reason = until, reason
    # One that was ended before it had opened opens at once, not at its old time.
    call.opens_at = min(call.opens_at, at)
    changed = ["status", "closed_at", "opens_at", "closes_at", "reason", "answer_by", "earlier"]
    call.save(update_fields=changed)
    return CallReopened(
        about=call.ref,
        closes_at=until.isoformat(),
        reason=reason.kept(),
        answer_by=call.answer_by,
    )


def _keep_window(call: Call, reason: Text, at: datetime) -> None:
    """Keep the window as it stands until now, and why it stands so no more."""
    window = {
        "closes_at": call.closes_at.isoformat(),
        "closed_at": call.closed_at.isoformat() if call.closed_at else None,
        "answer_by": call.answer_by or None,
        "changed_at": at.isoformat(),
        "reason": reason.kept(),
    }
    call.earlier = [*call.earlier, window]


def _keep_answer_day(call: Call, given: str, until: datetime, field: str) -> None:
    day = given or call.answer_by or ""
    check_answer_day(day, closing_day=timezone.localdate(until).isoformat(), field=field)
    call.answer_by = day


def _keep_dates(call: Call, until: datetime | None) -> None:
    """The plan's timeline tells when the call really was, beside what was announced."""
    position = list(StageKey.values).index(StageKey.CALL)
    stage, _made = Stage.objects.get_or_create(
        plan=call.plan, key=StageKey.CALL, defaults={"position": position}
    )
    ours = {
        "from": timezone.localdate(call.opens_at).isoformat(),
        "to": timezone.localdate(until).isoformat() if until else None,
        "source": None,
        "note": None,
    }
    stage.actual = [ours, *(claim for claim in stage.actual if claim["source"])]
    stage.save(update_fields=["actual"])
