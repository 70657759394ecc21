"""What is read of groups, marks and candidates by more than one."""

from madang.foundation.actors import Actor
from madang.foundation.refusals import NotFound
from madang.members.models import Person
from madang.taskforces.models import Candidate, Group, GroupMember, Mark, Placement
from madang.taskforces.rules import sorting
from madang.taskforces.rules.words import Choice


def person_of(actor: Actor) -> Person:
    """Who acts, as a person of the forum. Permission was asked before: there is one."""
    return Person.objects.get(slug=actor.name)


def works_in_a_group(person: str) -> bool:
    """Whether someone works in a group of some plan now; they may have no seat in the forum."""
    return GroupMember.objects.filter(person__slug=person, left_at=None).exists()


def standing_marks(placement: Placement) -> list[sorting.Mark]:
    """The standing marks of the group a proposal lies with, in the order they were made."""
    rows = Mark.objects.filter(
        proposal=placement.proposal_id, group=placement.group_id, undone_at=None
    )
    return [
        sorting.Mark(slug, Choice(choice))
        for slug, choice in rows.order_by("marked_at", "pk").values_list("person__slug", "choice")
    ]


def find_group(plan: int, number: int) -> Group:
    """Raises NotFound: taskforces.no_such_group."""
    rows = Group.objects.filter(plan__number=plan, number=number).select_related("plan")
    found = rows.first()
    if found is None:
        raise NotFound("taskforces.no_such_group", number=number)
    return found


def find_candidate(plan: int, number: int) -> Candidate:
    """Raises NotFound: taskforces.no_such_candidate."""
    rows = Candidate.objects.filter(plan__number=plan, number=number)
    found = rows.select_related("plan", "group__plan").first()
    if found is None:
        raise NotFound("taskforces.no_such_candidate", number=number)
    return found
