"""Put a plan's text before the forum, and give it back when the forum did not adopt it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.foundation.actors import Actor
from madang.planning.models import Plan, PlanStatus
from madang.planning.rules.permissions import MAY
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class PlanFrozen(Event):
    """A plan's text is before the forum: everyone sees it and nobody writes."""

    KIND: ClassVar[str] = "plan.frozen"

    ballot: str


@dataclass(frozen=True, kw_only=True)
class PlanThawed(Event):
    """A plan's text was given back by a ballot that did not adopt it; it may be written again."""

    KIND: ClassVar[str] = "plan.thawed"

    ballot: str


@action("plan.freeze", may=MAY)
def freeze_plan(plan: Plan, *, ballot: str, by: Actor, at: datetime) -> PlanFrozen:
    """Put a plan's text before the forum: from now on everyone sees it and nobody writes."""
    plan.frozen_by = ballot
    if plan.is_draft:
        plan.status = PlanStatus.BEFORE_FORUM
    plan.save(update_fields=["frozen_by", "status"])
    return PlanFrozen(about=plan.ref, ballot=ballot)


@action("plan.thaw", may=MAY)
def thaw_plan(plan: Plan, *, ballot: str, by: Actor, at: datetime) -> PlanThawed:
    """Give a plan's text back to its writers. It was shown to all and stays so."""
    plan.frozen_by = None
    plan.save(update_fields=["frozen_by"])
    return PlanThawed(about=plan.ref, ballot=ballot)
