"""Groups of a plan's task force, and proposals in their queues, through the real acts."""

from datetime import datetime, timedelta
from typing import Any

from madang.calls.models import Call, Proposal
from madang.foundation.actors import Actor
from madang.members.actors import actor_of
from madang.members.models import Account
from madang.taskforces.actions.groups import form_group, join_group, place_proposals
from madang.taskforces.actions.mark import Given, mark_proposal
from madang.taskforces.models import Candidate, Group, Placement
from madang.taskforces.rules.words import Choice
from tests.makers.calls import DURING, a_proposal
from tests.makers.plans import SECRETARY, both

SORTED = DURING + timedelta(days=1)


def members(count: int) -> list[Actor]:
    """So many members of the practice forum, none of them a co-chair."""
    rows = Account.objects.filter(person__holdings__isnull=False, grants=None).order_by("pk")
    return [actor_of(row, on="2026-03-25") for row in rows.distinct()[2 : 2 + count]]


def a_group(call: Call, workers: list[Actor] | None = None, n: int = 1) -> Group:
    """A group of the call's plan, with two members unless others are named."""
    name = both(f"분과 {n}", f"Group {n}")
    formed = form_group(call.plan, name=name, scope=both("버스와 길"), by=SECRETARY, at=DURING)
    group = Group.objects.select_related("plan").get(plan=call.plan, number=formed.number)
    for actor in members(2) if workers is None else workers:
        join_group(group, person=str(actor.name), by=SECRETARY, at=DURING)
    return group


def a_placed(group: Group, count: int = 1, **other: Any) -> list[Placement]:
    """So many proposals in the group's queue, in the order of their numbers."""
    call = Call.objects.select_related("plan").get(plan=group.plan)
    first = Proposal.objects.filter(plan=group.plan).count()
    rows = [
        a_proposal(
            call, email=f"c{first + n}@example.kr", **{"title": f"제안 {first + n}", **other}
        )
        for n in range(count)
    ]
    numbers = [row.number for row in rows]
    place_proposals(group, numbers=numbers, by=SECRETARY, at=DURING)
    return [fresh(Placement.objects.get(proposal=row)) for row in rows]


def mark(
    placement: Placement, actor: Actor, choice: Choice, *, at: datetime = SORTED, **more: Any
) -> Placement:
    """A member's choice; the placement as it is after it."""
    mark_proposal(placement, given=Given(choice=choice, **more), by=actor, at=at)
    return fresh(placement)


def fresh(placement: Placement) -> Placement:
    rows = Placement.objects.select_related("proposal__plan", "group__plan", "candidate__plan")
    return rows.get(pk=placement.pk)


def a_candidate(placement: Placement, actor: Actor, **more: Any) -> Candidate:
    """A candidate that a member began with a proposal."""
    made = mark(placement, actor, Choice.NEW, **more).candidate
    assert made
    return Candidate.objects.select_related("plan", "group__plan").get(pk=made.pk)
