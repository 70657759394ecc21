"""A group at work: it meets, notes what came of it, gives itself homework and does it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Max
from django.utils import timezone

from madang.foundation.actors import Actor
from madang.foundation.texts import Text
from madang.record.acting import action
from madang.record.events import Event
from madang.taskforces.models import Group, GroupMeeting, Homework
from madang.taskforces.rules.permissions import MAY
from madang.taskforces.rules.working import (
    check_can_finish,
    check_day,
    check_place,
    check_words,
    due_by,
)


@dataclass(frozen=True, kw_only=True)
class GroupMeetingCalled(Event):
    """A group called a meeting, or entered one that was held."""

    KIND: ClassVar[str] = "group.meeting_called"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"agenda"})

    meeting: int
    held_on: str
    agenda: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class GroupMeetingNoted(Event):
    """A group wrote down what came of a meeting."""

    KIND: ClassVar[str] = "group.meeting_noted"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"notes"})

    meeting: int
    notes: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class HomeworkGiven(Event):
    """A group gave itself homework, due on a day."""

    KIND: ClassVar[str] = "homework.given"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"task"})

    homework: int
    due: str
    task: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class HomeworkFinished(Event):
    """A group said that its homework is done."""

    KIND: ClassVar[str] = "homework.finished"

    homework: int


@action("group.call_meeting", may=MAY)
def call_group_meeting(
    group: Group, *, held_on: str, agenda: Text, place: str = "", by: Actor, at: datetime
) -> GroupMeetingCalled:
    """Call a meeting of the group, or enter one that was held.

    Raises NotValid: taskforces.not_a_day, taskforces.no_words, taskforces.words_long,
    taskforces.place_long.
    """
    check_day(held_on, field="held_on")
    check_words(agenda, field="agenda")
    check_place(place)
    last = group.meetings.aggregate(most=Max("number"))["most"] or 0
    row = GroupMeeting.objects.create(
        group=group,
        number=last + 1,
        held_on=held_on,
        place=place,
        agenda=agenda,
        called_at=at,
    )
    return GroupMeetingCalled(
        about=group.ref, meeting=row.number, held_on=held_on, agenda=agenda.kept()
    )


@action("group.note_meeting", may=MAY)
def note_group_meeting(
    meeting: GroupMeeting, *, notes: Text, by: Actor, at: datetime
) -> GroupMeetingNoted:
    """Write down what came of a meeting; written anew, the last words stand.

    Raises NotValid: taskforces.no_words, taskforces.words_long.
    """
    check_words(notes, field="notes")
    meeting.notes, meeting.noted_at = notes, at
    meeting.save(update_fields=["notes", "noted_at"])
    return GroupMeetingNoted(about=meeting.group.ref, meeting=meeting.number, notes=notes.kept())


@action("homework.give", may=MAY)
def give_homework(
    group: Group, *, task: Text, due: str = "", by: Actor, at: datetime
) -> HomeworkGiven:
    """Give the group homework until a day; without one it has the usual time.

    Raises NotValid: taskforces.not_a_day, taskforces.no_words, taskforces.words_long.
    """
    due = due or due_by(timezone.localdate(at))
    check_day(due, field="due")
    check_words(task, field="task")
    last = group.homework.aggregate(most=Max("number"))["most"] or 0
    row = Homework.objects.create(group=group, number=last + 1, task=task, due=due, given_at=at)
    return HomeworkGiven(about=group.ref, homework=row.number, due=due, task=task.kept())


@action("homework.finish", may=MAY)
def finish_homework(homework: Homework, *, by: Actor, at: datetime) -> HomeworkFinished:
    """Say that homework is done.

    Raises NotNow: taskforces.done_already.
    """
    check_can_finish(done=homework.done_at is not None)
    homework.done_at = at
    homework.save(update_fields=["done_at"])
    return HomeworkFinished(about=homework.group.ref, homework=homework.number)
