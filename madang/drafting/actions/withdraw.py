"""Withdraw a commitment from a plan that is being made."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone

from madang.drafting.models import Commitment
from madang.drafting.rules.permissions import MAY
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotFound, NotValid
from madang.foundation.texts import Text
from madang.planning.models import Plan
from madang.planning.reading import draft_ref
from madang.planning.rules.writing import check_can_write
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class CommitmentWithdrawn(Event):
    """A commitment was withdrawn; its number is not given again."""

    KIND: ClassVar[str] = "commitment.withdrawn"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"reason"})

    number: int
    reason: dict[str, Any]


@action("commitment.withdraw", may=MAY)
def withdraw_commitment(
    plan: Plan, *, number: int, reason: Text, by: Actor, at: datetime
) -> CommitmentWithdrawn:
    """Withdraw a commitment with the reason; its address says so from then on.

    Raises NotNow: planning.published, planning.withdrawn, planning.before_forum,
    planning.history. Raises NotFound: drafting.no_commitment. Raises NotValid:
    drafting.no_reason.
    """
    today = timezone.localdate(at).isoformat()
    check_can_write(plan.status, frozen_by=plan.frozen_by, starts=plan.starts, today=today)
    commitment = Commitment.objects.filter(plan=plan, number=number, withdrawn_at=None).first()
    if commitment is None:
        raise NotFound("drafting.no_commitment", plan=plan.number, number=number)
    if not reason:
        raise NotValid("drafting.no_reason", field="reason")
    commitment.withdrawn_at, commitment.reason = at, reason
    commitment.save(update_fields=["withdrawn_at", "reason"])
    return CommitmentWithdrawn(about=draft_ref(plan, number), number=number, reason=reason.kept())
