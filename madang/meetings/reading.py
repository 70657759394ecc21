"""What is read of meetings by more than one: the next number, those to come, what stands where."""

from django.db.models import Max

from madang.meetings.models import AgendaItem, Meeting, Way
from madang.meetings.rules.agenda import may_be_held
from madang.members.models import Body


def next_number(body: Body) -> tuple[int, str]:
    """The number and the address of a body's next meeting."""
    last = Meeting.objects.filter(body=body).aggregate(most=Max("number"))["most"] or 0
    number = last + 1
    taken = Meeting.objects.filter(address=str(number)).exists()
    return number, f"{body.slug}-{number}" if taken else str(number)


def to_come(today: str) -> list[Meeting]:
    """The meetings that were called for today or later, the next one first."""
    rows = Meeting.objects.filter(way=Way.SITTING, starts__gte=today)
    return [
        one for one in rows.order_by("starts", "number", "pk") if may_be_held(one.starts, today)
    ]


def where_it_stands(refs: list[str]) -> dict[str, Meeting]:
    """The newest meeting on whose agenda each of these stands."""
    rows = AgendaItem.objects.filter(about__in=refs, taken_off_at=None)
    rows = rows.select_related("meeting").order_by("put_at", "pk")
    return {row.about: row.meeting for row in rows}
