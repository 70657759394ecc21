"""Record a call for proposals that was held elsewhere and is over."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.calls.models import Call
from madang.calls.reading import call_digest
from madang.calls.rules.permissions import MAY
from madang.calls.rules.window import CallText, check_recorded_call
from madang.calls.rules.words import CallStatus
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.planning.models import Plan
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class CallRecorded(Event):
    """A call that was held elsewhere was recorded afterwards."""

    KIND: ClassVar[str] = "call.recorded"

    opens_at: str
    closes_at: str
    answer_by: str
    sha256: str


@action("call.record", may=MAY)
def record_call(plan: Plan, *, text: CallText, by: Actor, at: datetime) -> CallRecorded:
    """Record a call whose window is past. When it was announced is not known here.

    Raises NotNow: calls.there_is_one, calls.plan_not_announced. Raises NotValid:
    calls.window_not_past, calls.window_backwards, calls.no_answer_date.
    """
    if Call.objects.filter(plan=plan).exists():
        raise NotNow("calls.there_is_one")
    if plan.is_hidden or plan.withdrawn_at:
        raise NotNow("calls.plan_not_announced")
    check_recorded_call(text, at=at)
    call = Call.objects.create(
        plan=plan,
        status=CallStatus.CLOSED,
        announced_at=None,
        opens_at=text.opens_at,
        closes_at=text.closes_at,
        closed_at=text.closes_at,
        invitation=text.invitation or None,
        questions=[],
        criteria=[{"key": str(n), "text": one.kept()} for n, one in enumerate(text.criteria, 1)],
        languages=list(text.languages),
        answer_by=text.answer_by or None,
        answer_at=text.answer_at or None,
    )
    return CallRecorded(
        about=call.ref,
        opens_at=text.opens_at.isoformat(),
        closes_at=text.closes_at.isoformat(),
        answer_by=text.answer_by,
        sha256=call_digest(call),
    )
