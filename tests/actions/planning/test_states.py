"""The drawing of a plan's states is what the acts do."""

from typing import Any

import pytest

from madang.foundation.actors import CLOCK
from madang.planning.actions.announce import announce_plan
from madang.planning.actions.direct import direct_plan
from madang.planning.actions.freeze import freeze_plan, thaw_plan
from madang.planning.models import Plan, PlanStatus
from madang.planning.reading import direction_digest
from madang.planning.rules import permissions
from madang.planning.rules.states import TRANSITIONS
from madang.planning.rules.writing import Direction, Heading
from madang.record import acting
from madang.record.acting import ACTIONS
from tests.makers.editions import a_deciding_ballot, key
from tests.makers.plans import SECRETARY, WRITTEN, a_plan_begun, an_announced_plan
from tests.makers.preparation import a_plan_in_preparation

ON_A_PLAN = ("plan.", "edition.key", "edition.publish")


def acts_seen(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str | None, str]]:
    """Fills with each act on a plan as it is done: its name, the state before, the state after."""
    seen: set[tuple[str, str | None, str]] = set()
    call = acting.Action.__call__

    def watched(self: Any, subject: Any, *args: Any, **kwargs: Any) -> Any:
        held = isinstance(subject, Plan) and self.name.startswith(ON_A_PLAN)
        before = Plan.objects.get(pk=subject.pk).status if held else None
        event = call(self, subject, *args, **kwargs)
        if held:
            seen.add((self.name, before, Plan.objects.get(pk=subject.pk).status))
        return event

    monkeypatch.setattr(acting.Action, "__call__", watched)
    return seen


def a_plan_given_back() -> Plan:
    """A plan that was before the forum, and was not adopted."""
    plan = a_plan_begun()
    freeze_plan(plan, ballot="ballot:6", by=CLOCK, at=WRITTEN)
    thaw_plan(plan, ballot="ballot:6", by=CLOCK, at=WRITTEN)
    return Plan.objects.get(pk=plan.pk)


def a_plan_of_a_file() -> Plan:
    return Plan.objects.get(number=2)


def directed(plan: Plan) -> Plan:
    """The plan once its dates were written."""
    direction = Direction(
        title=plan.title,
        starts=plan.starts,
        ends=plan.ends,
        visions=[Heading(vision.key, vision.text) for vision in plan.visions.all()],
        announced={"call": ("2031-03", None)},
    )
    direct_plan(plan, direction=direction, base=direction_digest(plan), by=SECRETARY, at=WRITTEN)
    return Plan.objects.get(pk=plan.pk)


def frozen_and_given_back(plan: Plan) -> None:
    freeze_plan(plan, ballot="ballot:7", by=CLOCK, at=WRITTEN)
    thaw_plan(plan, ballot="ballot:7", by=CLOCK, at=WRITTEN)


def published(plan: Plan) -> None:
    ballot = a_deciding_ballot(plan=plan)
    for side in ("government", "civil_society"):
        key(ballot, side, plan=Plan.objects.get(pk=plan.pk))


def test_every_act_leads_where_the_drawing_says(practice_forum: Any, monkeypatch: Any) -> None:
    seen = acts_seen(monkeypatch)
    for make in (a_plan_begun, a_plan_given_back, a_plan_of_a_file):
        announce_plan(directed(make()), by=SECRETARY, at=WRITTEN)
    frozen_and_given_back(directed(an_announced_plan()))
    frozen_and_given_back(a_plan_of_a_file())
    published(a_plan_of_a_file())
    given_back = a_plan_in_preparation()
    frozen_and_given_back(given_back)
    frozen_and_given_back(given_back)
    published(given_back)

    drawn = {(line.act, line.start, line.end) for line in TRANSITIONS}
    assert seen - drawn == set()
    # What makes a plan has another subject; one of which no commitment is known has a test of its own.
    assert drawn - seen == {
        ("forum.load", None, "recorded"),
        ("plan.load", None, "recorded"),
        ("plan.begin", None, "preparing"),
        ("plan.announce", "recorded", "announced"),
    }


def test_every_act_that_moves_a_plan_is_drawn() -> None:
    acts = {line.act for line in TRANSITIONS}

    assert set(permissions.MAY) <= acts <= set(ACTIONS)


def test_the_drawing_knows_the_states_of_a_plan_and_no_others() -> None:
    known = {state for line in TRANSITIONS for state in (line.start, line.end) if state}

    # No act withdraws a plan yet.
    assert known == set(PlanStatus.values) - {"withdrawn"}
