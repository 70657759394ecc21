"""A plan's groups: formed, joined, left, and given proposals to sort."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Max

from madang.calls.models import Proposal
from madang.calls.rules.words import ProposalState
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotFound, NotNow, NotValid
from madang.foundation.texts import Text
from madang.members.models import Person
from madang.planning.models import Plan
from madang.record.acting import action
from madang.record.events import Event
from madang.taskforces.models import Group, GroupMember, Mark, Placement
from madang.taskforces.rules.permissions import MAY


@dataclass(frozen=True, kw_only=True)
class GroupFormed(Event):
    """A plan got a group, with a name and a scope."""

    KIND: ClassVar[str] = "group.formed"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"scope"})

    number: int
    name: dict[str, Any]
    scope: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class GroupJoined(Event):
    """Someone began to work in a group. Who it is stands as a commitment."""

    KIND: ClassVar[str] = "group.joined"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"person"})

    person: str


@dataclass(frozen=True, kw_only=True)
class GroupLeft(Event):
    """Someone works in a group no more."""

    KIND: ClassVar[str] = "group.left"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"person"})

    person: str


@dataclass(frozen=True, kw_only=True)
class ProposalsPlaced(Event):
    """Proposals were put into a group's queue; `numbers` are theirs in the plan."""

    KIND: ClassVar[str] = "group.placed"

    numbers: list[int]


@action("group.form", may=MAY)
def form_group(
    plan: Plan, *, name: Text, scope: Text | None = None, by: Actor, at: datetime
) -> GroupFormed:
    """Form the plan's next group.

    Raises NotValid: taskforces.no_name.
    """
    if not name:
        raise NotValid("taskforces.no_name", field="name")
    last = plan.groups.aggregate(most=Max("number"))["most"] or 0
    group = Group.objects.create(plan=plan, number=last + 1, name=name, scope=scope or None)
    return GroupFormed(
        about=group.ref,
        number=group.number,
        name=name.kept(),
        scope=scope.kept() if scope else None,
    )


@action("group.join", may=MAY)
def join_group(group: Group, *, person: str, by: Actor, at: datetime) -> GroupJoined:
    """Let someone work in the group.

    Raises NotFound: taskforces.no_person; NotNow: taskforces.member_already.
    """
    found = Person.objects.filter(slug=person).first()
    if found is None:
        raise NotFound("taskforces.no_person", field="person")
    if group.is_worked_on_by(person):
        raise NotNow("taskforces.member_already", field="person")
    GroupMember.objects.create(group=group, person=found, joined_at=at)
    return GroupJoined(about=group.ref, person=person)


@action("group.leave", may=MAY)
def leave_group(group: Group, *, person: str, by: Actor, at: datetime) -> GroupLeft:
    """Let someone work in the group no more; what they sorted stays.

    Raises NotFound: taskforces.no_member.
    """
    if not group.members.filter(person__slug=person, left_at=None).update(left_at=at):
        raise NotFound("taskforces.no_member", field="person")
    return GroupLeft(about=group.ref, person=person)


@action("group.place", may=MAY)
def place_proposals(
    group: Group,
    *,
    numbers: Sequence[int] = (),
    area: int | None = None,
    by: Actor,
    at: datetime,
) -> ProposalsPlaced:
    """Put proposals into the group's queue: those of the numbers, and all unplaced of an area.

    What waits with another group moves here; what was sorted stays where it is.

    Raises NotFound: calls.no_proposal; NotNow: taskforces.sorted_before, taskforces.not_public;
    NotValid: taskforces.nothing_to_place.
    """
    rows = {row.number: row for row in _named(group, numbers)}
    if area is not None:
        free = Proposal.objects.filter(
            plan=group.plan, area__position=area, state=ProposalState.PUBLIC, placement=None
        )
        rows |= {row.number: row for row in free.defer("text", "features")}
    kept = {one.proposal_id: one for one in Placement.objects.filter(proposal__in=rows.values())}
    moved = [rows[number] for number in sorted(rows) if _moves(kept.get(rows[number].pk), group)]
    if not moved:
        raise NotValid("taskforces.nothing_to_place", field="numbers")
    # What another group's members said of it so far is history: this group begins anew.
    Mark.objects.filter(proposal__in=moved, undone_at=None).update(undone_at=at)
    for row in moved:
        Placement.objects.update_or_create(
            proposal=row, defaults={"group": group, "placed_at": at, "together": False}
        )
    return ProposalsPlaced(about=group.ref, numbers=[row.number for row in moved])


def _named(group: Group, numbers: Sequence[int]) -> list[Proposal]:
    rows = Proposal.objects.filter(plan=group.plan, number__in=numbers).defer("text", "features")
    found = list(rows)
    if missing := sorted(set(numbers) - {row.number for row in found}):
        label = f"{group.plan.number}-{missing[0]:04d}"
        raise NotFound("calls.no_proposal", label=label, field="numbers")
    for row in found:
        if row.state != ProposalState.PUBLIC:
            label = f"{group.plan.number}-{row.number:04d}"
            raise NotNow("taskforces.not_public", label=label, field="numbers")
    return found


def _moves(placement: Placement | None, group: Group) -> bool:
    """Whether a proposal comes into the queue by this, and was not there already."""
    if placement is None:
        return True
    if placement.choice is not None:
        number = placement.proposal.number
        raise NotNow("taskforces.sorted_before", number=number, field="numbers")
    return placement.group_id != group.pk
