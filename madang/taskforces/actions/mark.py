"""Sorting a proposal: a member's choice, taking it back, settling what two saw differently."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.foundation.actors import Actor
from madang.foundation.refusals import NotFound, NotNow, NotValid
from madang.record.acting import action
from madang.record.events import Event
from madang.taskforces.candidates import (
    begin_candidate,
    from_proposal,
    join_thread,
    leave_thread,
)
from madang.taskforces.models import Candidate, Group, Mark, Placement
from madang.taskforces.reading import person_of, standing_marks
from madang.taskforces.rules import sorting
from madang.taskforces.rules.permissions import MAY
from madang.taskforces.rules.sorting import Standing
from madang.taskforces.rules.weighing import STANDING
from madang.taskforces.rules.words import CandidateStatus, Choice


@dataclass(frozen=True, kw_only=True)
class Given:
    """A choice and what belongs to it: the candidate joined, the other group, the other body."""

    choice: Choice
    candidate: int | None = None
    group: int | None = None
    body: str = ""


@dataclass(frozen=True, kw_only=True)
class ProposalMarked(Event):
    """A member of a group chose what becomes of a proposal.

    `choice` stands in clear once it is decided; a mark that waits for a second member's is a
    commitment, so that nobody reads it before both have spoken.
    """

    KIND: ClassVar[str] = "proposal.marked"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"mark"})

    group: str
    choice: str | None
    candidate: str | None = None
    mark: str | None = None


@dataclass(frozen=True, kw_only=True)
class MarkUndone(Event):
    """A member took a mark back; both stay on the record."""

    KIND: ClassVar[str] = "proposal.unmarked"

    group: str


@dataclass(frozen=True, kw_only=True)
class ProposalSettled(Event):
    """A group looked together at a proposal that two members had seen differently."""

    KIND: ClassVar[str] = "proposal.settled"

    group: str
    choice: str
    candidate: str | None = None


@action("proposal.mark", may=MAY)
def mark_proposal(placement: Placement, *, given: Given, by: Actor, at: datetime) -> ProposalMarked:
    """Choose what becomes of a proposal of one's group. What needs two members waits for a second.

    Raises NotNow: taskforces.sorted_already, taskforces.looked_at_together,
    taskforces.not_standing; NotValid: taskforces.no_candidate, taskforces.no_group,
    taskforces.body_long; NotFound: taskforces.no_such_candidate, taskforces.no_such_group.
    """
    sorting.check_can_mark(choice=placement.choice, together=placement.together)
    _check(placement, given)
    group, person = placement.group, person_of(by)
    # Who put it off, or thought anew before another spoke, has one standing mark: the last one.
    Mark.objects.filter(proposal=placement.proposal_id, person=person, undone_at=None).update(
        undone_at=at
    )
    mark = Mark.objects.create(
        proposal=placement.proposal,
        group=group,
        person=person,
        choice=given.choice,
        candidate=_candidate(placement, given) if given.choice == Choice.JOIN else None,
        note=given.body,
        marked_at=at,
    )
    came_to = sorting.standing(standing_marks(placement))
    if came_to is Standing.DECIDED:
        mark.candidate = _apply(placement, given, office=by.label, at=at)
        mark.save(update_fields=["candidate"])
    elif came_to is Standing.TOGETHER:
        placement.together = True
        placement.save(update_fields=["together"])
    known = came_to in (Standing.DECIDED, Standing.TOGETHER)
    return ProposalMarked(
        about=placement.proposal.ref,
        group=group.ref,
        choice=given.choice if known else None,
        candidate=mark.candidate.ref if known and mark.candidate else None,
        mark=None if known else given.choice,
    )


@action("proposal.unmark", may=MAY)
def undo_mark(placement: Placement, *, by: Actor, at: datetime) -> MarkUndone:
    """Take one's own mark back, and what it decided with it.

    Raises NotNow: taskforces.nothing_to_undo, taskforces.moved_on.
    """
    marks = Mark.objects.filter(proposal=placement.proposal_id, undone_at=None)
    mark = marks.filter(person=person_of(by)).select_related("group__plan", "candidate").first()
    if mark is None:
        raise NotNow("taskforces.nothing_to_undo")
    others = marks.exclude(pk=mark.pk)
    if placement.settled or (mark.choice == Choice.OTHER_GROUP and placement.choice is not None):
        raise NotNow("taskforces.moved_on")
    if mark.choice == Choice.OTHER_GROUP and others.filter(group=placement.group_id).exists():
        raise NotNow("taskforces.moved_on")
    if placement.candidate_id:
        _leave(placement, mark, at)
    mark.undone_at = at
    mark.save(update_fields=["undone_at"])
    placement.group, placement.choice, placement.candidate = mark.group, None, None
    placement.body, placement.sorted_at, placement.together = "", None, False
    placement.save()
    return MarkUndone(about=placement.proposal.ref, group=mark.group.ref)


@action("proposal.settle", may=MAY)
def settle_proposal(
    placement: Placement, *, given: Given, by: Actor, at: datetime
) -> ProposalSettled:
    """Enter what a group decided on a proposal that two of its members had seen differently.

    Raises NotNow: taskforces.sorted_already, taskforces.not_together, taskforces.settled_by_one,
    taskforces.not_standing; NotValid: taskforces.no_candidate, taskforces.no_group,
    taskforces.body_long, taskforces.settled_later; NotFound: taskforces.no_such_candidate, taskforces.no_such_group.
    """
    sorting.check_can_settle(choice=placement.choice, together=placement.together)
    if given.choice == Choice.LATER:
        raise NotValid("taskforces.settled_later", field="choice")
    sorting.check_can_enter(given.choice, by=str(by.name), marks=standing_marks(placement))
    _check(placement, given)
    group = placement.group
    placement.settled = given.choice != Choice.OTHER_GROUP
    candidate = _apply(placement, given, office=by.label, at=at)
    if given.choice == Choice.OTHER_GROUP:
        # Another group begins anew: what was said here is history.
        Mark.objects.filter(proposal=placement.proposal_id, undone_at=None).update(undone_at=at)
    return ProposalSettled(
        about=placement.proposal.ref,
        group=group.ref,
        choice=given.choice,
        candidate=candidate.ref if candidate else None,
    )


# --- what a choice does --------------------------------------------------------------------------


def _check(placement: Placement, given: Given) -> None:
    sorting.check_body(given.body)
    if given.choice == Choice.JOIN:
        _candidate(placement, given)
    if given.choice == Choice.OTHER_GROUP:
        _other_group(placement, given)


def _candidate(placement: Placement, given: Given) -> Candidate:
    if given.candidate is None:
        raise NotValid("taskforces.no_candidate", field="candidate")
    rows = Candidate.objects.filter(plan=placement.group.plan_id, number=given.candidate)
    found = rows.select_related("plan").first()
    if found is None:
        raise NotFound("taskforces.no_such_candidate", number=given.candidate, field="candidate")
    if found.status not in STANDING:
        raise NotNow("taskforces.not_standing", number=given.candidate, field="candidate")
    return found


def _other_group(placement: Placement, given: Given) -> Group:
    if given.group is None:
        raise NotValid("taskforces.no_group", field="group")
    rows = Group.objects.filter(plan=placement.group.plan_id, number=given.group)
    found = rows.exclude(pk=placement.group_id).first()
    if found is None:
        raise NotFound("taskforces.no_such_group", number=given.group, field="group")
    return found


def _apply(placement: Placement, given: Given, *, office: str, at: datetime) -> Candidate | None:
    """Let the choice stand: the proposal lies where it says from now on."""
    placement.together = False
    if given.choice == Choice.OTHER_GROUP:
        placement.group, placement.placed_at = _other_group(placement, given), at
        placement.save()
        return None
    found: Candidate | None = None
    if given.choice == Choice.JOIN:
        found = _candidate(placement, given)
    elif given.choice == Choice.NEW:
        text = from_proposal(placement.proposal)
        found = begin_candidate(placement.group, text, office=office, at=at)
    if found:
        join_thread(placement.proposal, found, at)
    placement.choice, placement.candidate = given.choice, found
    placement.body, placement.sorted_at = given.body, at
    placement.save()
    return found


def _leave(placement: Placement, mark: Mark, at: datetime) -> None:
    """Take the proposal out of the candidate the mark put it into."""
    found = mark.candidate
    if found is None or found.pk != placement.candidate_id or found.status != CandidateStatus.OPEN:
        raise NotNow("taskforces.moved_on")
    leave_thread(placement.proposal, found, "undone", at)
    others = Placement.objects.filter(candidate=found).exclude(pk=placement.pk)
    if mark.choice == Choice.NEW and not others.exists():
        # Its number stays its own; nothing lies in it.
        found.status = CandidateStatus.SET_ASIDE
        found.save(update_fields=["status"])
