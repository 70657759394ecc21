"""Call a meeting for a day, and put something on its agenda or take it off again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Max
from django.utils import timezone

from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.foundation.texts import Text
from madang.meetings.models import AgendaItem, Meeting, Way
from madang.meetings.reading import next_number
from madang.meetings.rules.agenda import check_held_on, check_item, check_to_come
from madang.meetings.rules.permissions import MAY
from madang.members.models import Forum
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class MeetingCalled(Event):
    """The secretariat called a meeting of the forum for a day."""

    KIND: ClassVar[str] = "meeting.called"

    meeting: int
    held_on: str


@dataclass(frozen=True, kw_only=True)
class AgendaPut(Event):
    """Something was put on the agenda of a meeting; `item` is what it is about, or empty."""

    KIND: ClassVar[str] = "agenda.put"

    number: int
    item: str
    title: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class AgendaTakenOff(Event):
    """Something was taken off the agenda of a meeting before its day was over."""

    KIND: ClassVar[str] = "agenda.taken_off"

    number: int


@action("meeting.call", may=MAY)
def call_meeting(forum: Forum, *, held_on: str, by: Actor, at: datetime) -> MeetingCalled:
    """Call the forum's next meeting, in a sitting, for a day.

    Raises NotValid: meetings.not_a_day, meetings.day_past. Raises NotNow: meetings.no_body,
    meetings.called_already.
    """
    check_held_on(held_on, timezone.localdate(at).isoformat())
    if forum.body is None:
        raise NotNow("meetings.no_body")
    there = Meeting.objects.filter(body=forum.body, way=Way.SITTING, starts=held_on)
    if there.exists():
        raise NotNow("meetings.called_already", field="held_on")
    number, address = next_number(forum.body)
    made = Meeting.objects.create(
        body=forum.body,
        number=number,
        address=address,
        title=Text({"ko": f"제{number}차 회의", "en": f"Meeting {number}"}),
        way=Way.SITTING,
        starts=held_on,
        ends=held_on,
    )
    return MeetingCalled(about=made.ref, meeting=number, held_on=held_on)


@action("agenda.put", may=MAY)
def put_on_agenda(
    meeting: Meeting, *, title: Text, item: str = "", by: Actor, at: datetime
) -> AgendaPut:
    """Put something on the agenda of a meeting to come; `item` is the ref of what it is about.

    Raises NotNow: meetings.held_already, meetings.not_a_sitting, meetings.on_it_already. Raises
    NotValid: meetings.no_item, meetings.item_long.
    """
    check_to_come(meeting.starts, timezone.localdate(at).isoformat())
    if meeting.way != Way.SITTING:
        raise NotNow("meetings.not_a_sitting", field="meeting")
    check_item(title.words.values())
    rows = AgendaItem.objects.filter(meeting=meeting)
    if item and rows.filter(about=item, taken_off_at=None).exists():
        raise NotNow("meetings.on_it_already")
    number = (rows.aggregate(most=Max("number"))["most"] or 0) + 1
    AgendaItem.objects.create(meeting=meeting, number=number, about=item, title=title, put_at=at)
    return AgendaPut(about=meeting.ref, number=number, item=item, title=title.kept())


@action("agenda.take_off", may=MAY)
def take_off_agenda(item: AgendaItem, *, by: Actor, at: datetime) -> AgendaTakenOff:
    """Take something off an agenda again; it keeps its number.

    Raises NotNow: meetings.held_already, meetings.not_on_it.
    """
    check_to_come(item.meeting.starts, timezone.localdate(at).isoformat())
    if item.taken_off_at:
        raise NotNow("meetings.not_on_it")
    item.taken_off_at = at
    item.save(update_fields=["taken_off_at"])
    return AgendaTakenOff(about=item.meeting.ref, number=item.number)
