"""Announce a plan: from now on everyone reads its outline and its timeline."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from madang.foundation.actors import Actor
from madang.planning.models import Plan, PlanStatus
from madang.planning.reading import direction_digest, direction_parts
from madang.planning.rules.permissions import MAY
from madang.planning.rules.writing import check_can_announce
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class PlanAnnounced(Event):
    """A plan's outline became public; `sha256` is the hash of it as it stood then."""

    KIND: ClassVar[str] = "plan.announced"

    announced: dict[str, Any]
    sha256: str


@action("plan.announce", may=MAY)
def announce_plan(plan: Plan, *, by: Actor, at: datetime) -> PlanAnnounced:
    """Make a plan's title, period, areas and timeline public; its commitments stay drafts.

    A plan that is known from a source was public before; its timeline counts as announced here
    from now on. Where no commitment of it is known, those to come are drafts like any other's.

    Raises NotNow: planning.announced_before, planning.no_timeline, planning.published,
    planning.withdrawn.
    """
    outline = direction_parts(plan)
    check_can_announce(
        plan.status,
        announced=plan.announced_at is not None,
        has_timeline=bool(outline["announced"]),
    )
    plan.announced_at = at
    # Commitments belong to a room above; they are reached through the plan they belong to.
    unwritten = plan.status == PlanStatus.RECORDED and not plan.commitments.exists()
    if plan.status == PlanStatus.PREPARING or unwritten:
        plan.status = PlanStatus.ANNOUNCED
    plan.save(update_fields=["status", "announced_at"])
    return PlanAnnounced(
        about=plan.ref, announced=outline["announced"], sha256=direction_digest(plan)
    )
