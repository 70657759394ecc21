"""Who drafts a commitment: its group, and one of each side who leads the writing."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils import timezone

from madang.drafting.actions.write import check_stands
from madang.drafting.models import CoLead, Commitment
from madang.drafting.rules.permissions import MAY
from madang.drafting.saving import check_open
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotFound, NotNow, NotValid
from madang.members.models import Holding, Person, Side, lasting
from madang.planning.reading import draft_ref
from madang.record.acting import action
from madang.record.events import Event
from madang.taskforces.models import Group, GroupMember


@dataclass(frozen=True, kw_only=True)
class LeadNamed(Event):
    """It was named who leads the writing of a commitment for a side. Who it is is committed."""

    KIND: ClassVar[str] = "draft.lead_named"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"person"})

    side: str
    person: str


@dataclass(frozen=True, kw_only=True)
class GivenToGroup(Event):
    """A commitment was given to a group, which drafts it from now on."""

    KIND: ClassVar[str] = "draft.given_to_group"

    group: str


@action("draft.name_lead", may=MAY)
def name_lead(
    commitment: Commitment, *, side: str, person: str, by: Actor, at: datetime
) -> LeadNamed:
    """Name who leads the writing for a side; who led it before leads it no more.

    Who holds a seat leads for that seat's side; who holds none works in a group of the plan.

    Raises NotNow: drafting.leads_already, drafting.is_withdrawn, and what a plan that is closed
    to writing answers; NotFound: drafting.no_person; NotValid: drafting.no_side,
    drafting.other_side, drafting.leads_other_side, drafting.reads_no_drafts.
    """
    check_stands(commitment)
    check_open(commitment.plan, at)
    if side not in Side.values:
        raise NotValid("drafting.no_side", field="side")
    found = Person.objects.filter(slug=person).first()
    if found is None:
        raise NotFound("drafting.no_person", field="person")
    day = timezone.localdate(at).isoformat()
    seats = Holding.objects.filter(lasting(day), person=found)
    group = GroupMember.objects.filter(group__plan=commitment.plan_id, person=found, left_at=None)
    if not (seats.exists() or group.exists()):
        raise NotValid("drafting.reads_no_drafts", field="person")
    sides = set(seats.values_list("seat__seat_class__side", flat=True))
    if sides and side not in sides:
        raise NotValid("drafting.other_side", field="side")
    leading = CoLead.objects.filter(commitment=commitment, ended_at=None)
    standing = leading.filter(side=side)
    if standing.filter(person=found).exists():
        raise NotNow("drafting.leads_already", field="person")
    if leading.filter(person=found).exists():
        # A seat says which side is its holder's; whoever holds none could stand for either.
        raise NotValid("drafting.leads_other_side", field="side")
    standing.update(ended_at=at)
    CoLead.objects.create(commitment=commitment, side=side, person=found, named_at=at)
    about = draft_ref(commitment.plan, commitment.number)
    return LeadNamed(about=about, side=side, person=person)


@action("draft.give_to_group", may=MAY)
def give_to_group(commitment: Commitment, *, group: int, by: Actor, at: datetime) -> GivenToGroup:
    """Give a commitment to a group of its plan, which drafts it from now on.

    Raises NotNow: drafting.is_withdrawn, and what a plan that is closed to writing answers;
    NotFound: taskforces.no_such_group.
    """
    check_stands(commitment)
    check_open(commitment.plan, at)
    found = Group.objects.filter(plan=commitment.plan, number=group).select_related("plan").first()
    if found is None:
        raise NotFound("taskforces.no_such_group", number=group, field="group")
    commitment.group = found
    commitment.save(update_fields=["group"])
    return GivenToGroup(about=draft_ref(commitment.plan, commitment.number), group=found.ref)
