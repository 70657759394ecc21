"""Begin a plan: the forum's next one, with its name and period."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Max

from madang.foundation.actors import Actor
from madang.foundation.texts import Text
from madang.members.models import Forum
from madang.planning.models import Plan, PlanStatus
from madang.planning.reading import draft_ref
from madang.planning.rules.permissions import MAY
from madang.planning.rules.writing import check_name
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class PlanBegun(Event):
    """The secretariat began to prepare the forum's next plan."""

    KIND: ClassVar[str] = "plan.begun"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"title"})

    number: int
    period: dict[str, str]
    title: dict[str, Any]


@action("plan.begin", may=MAY)
def begin_plan(
    forum: Forum, *, title: Text, starts: str, ends: str, by: Actor, at: datetime
) -> PlanBegun:
    """Begin the forum's next plan; members and the secretariat see it from now on.

    Raises NotValid: planning.no_title, planning.no_period, planning.not_a_date,
    planning.ends_before_it_begins.
    """
    check_name(title, starts, ends)
    number = (Plan.objects.aggregate(most=Max("number"))["most"] or 0) + 1
    plan = Plan.objects.create(
        number=number, title=title, starts=starts, ends=ends, status=PlanStatus.PREPARING
    )
    return PlanBegun(
        about=draft_ref(plan),
        number=number,
        period={"from": starts, "to": ends},
        title=title.kept(),
    )
