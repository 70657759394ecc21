"""Name who stands in for a vacant co-chair's chair: one officer enters it, another confirms it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils import timezone

from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow, NotValid
from madang.foundation.texts import Text
from madang.members.chairs import filled_chairs, stand_ins_on
from madang.members.models import CoChair, Holding, StandIn, lasting
from madang.members.rules.permissions import MAY
from madang.members.rules.standing_in import (
    check_first_day,
    check_second_officer,
    check_stand_in,
)
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class StandInEntered(Event):
    """An officer entered who is to stand in for a vacant chair; it holds once another confirms it."""

    KIND: ClassVar[str] = "stand_in.entered"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"person", "basis"})

    side: str
    seat: str
    starts: str
    document: str
    person: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class StandInNamed(Event):
    """A member stands in for a vacant co-chair's chair from a day on, as two officers attest."""

    KIND: ClassVar[str] = "stand_in.named"

    side: str
    seat: str
    starts: str
    document: str


@dataclass(frozen=True, kw_only=True)
class StandInEnded(Event):
    """A stand-in ended; `confirmed` is false where it had never held."""

    KIND: ClassVar[str] = "stand_in.ended"

    side: str
    seat: str
    confirmed: bool


@action("chair.enter_stand_in", may=MAY)
def enter_stand_in(
    chair: CoChair,
    *,
    seat: str,
    starts: str,
    basis: str,
    language: str,
    document: str,
    by: Actor,
    at: datetime,
) -> StandInEntered:
    """Enter who is to turn the key of a chair that nobody sits in.

    It takes two officers, like a key by document: whoever names a stand-in alone could hold a
    side's key through a friend (SECURITY §6, two-person rule).

    Raises NotNow: members.chair_filled, members.stand_in_there. Raises NotValid:
    members.not_a_day, members.stand_in_seat, and what `check_stand_in` raises.
    """
    check_first_day(starts)
    today = timezone.localdate(at).isoformat()
    day = max(starts, today)
    holding = _holding(seat, day)
    check_stand_in(
        chair_filled=chair.side in filled_chairs(day),
        chair_side=chair.side,
        seat_side=holding.seat.seat_class.side,
        basis=basis,
        document=document,
    )
    _end_those_overtaken(chair, today, at)
    if StandIn.objects.filter(chair=chair, dropped_at=None, ended_at=None).exists():
        raise NotNow("members.stand_in_there")
    assert by.account is not None and holding.person
    entered = StandIn.objects.create(
        chair=chair,
        seat=holding.seat,
        person=holding.person,
        starts=starts,
        basis=Text({language: basis.strip()}),
        document=document.strip(),
        entered_by_id=by.account,
        entered_at=at,
    )
    return StandInEntered(
        about="forum",
        side=chair.side,
        seat=holding.seat.number,
        starts=starts,
        document=entered.document,
        person=holding.person.slug,
        basis=basis.strip(),
    )


@action("chair.confirm_stand_in", may=MAY)
def confirm_stand_in(chair: CoChair, *, entry: int, by: Actor, at: datetime) -> StandInNamed:
    """Confirm a stand-in that another officer entered: it holds from its day on.

    Raises NotNow: members.nothing_pending, members.chair_filled. Raises NotAllowed:
    members.own_entry.
    """
    found = _waiting(chair, entry)
    check_second_officer(found.entered_by_id, by.account)
    assert found.starts
    day = max(found.starts, timezone.localdate(at).isoformat())
    if chair.side in filled_chairs(day):
        raise NotNow("members.chair_filled")
    found.confirmed_by_id, found.confirmed_at = by.account, at
    found.save()
    return StandInNamed(
        about="forum",
        side=chair.side,
        seat=found.seat.number,
        starts=found.starts,
        document=found.document,
    )


@action("chair.end_stand_in", may=MAY)
def end_stand_in(chair: CoChair, *, entry: int, by: Actor, at: datetime) -> StandInEnded:
    """End a stand-in, or drop one that was not confirmed. It takes a power away, so one officer does.

    Keys that were turned stay. Raises NotNow: members.nothing_pending.
    """
    open_ones = StandIn.objects.filter(chair=chair, dropped_at=None, ended_at=None)
    found = open_ones.filter(pk=entry).select_related("seat").first()
    if found is None:
        raise NotNow("members.nothing_pending")
    if found.confirmed_at:
        found.ended_at = at
    else:
        found.dropped_at = at
    found.save()
    confirmed = found.confirmed_at is not None
    return StandInEnded(about="forum", side=chair.side, seat=found.seat.number, confirmed=confirmed)


def _holding(seat: str, day: str) -> Holding:
    held = Holding.objects.filter(lasting(day), seat__number=seat, person__isnull=False)
    found = held.select_related("seat__seat_class", "person").order_by("-starts").first()
    if found is None:
        raise NotValid("members.stand_in_seat", field="seat")
    return found


def _waiting(chair: CoChair, entry: int) -> StandIn:
    waiting = StandIn.objects.filter(chair=chair, confirmed_at=None, dropped_at=None, pk=entry)
    found = waiting.select_related("seat").first()
    if found is None:
        raise NotNow("members.nothing_pending")
    return found


def _end_those_overtaken(chair: CoChair, today: str, at: datetime) -> None:
    # Someone sat down in the chair or left the seat meanwhile: it holds no more, and nobody said so.
    begun = StandIn.objects.filter(
        chair=chair, confirmed_at__isnull=False, ended_at=None, starts__lte=today
    )
    begun.exclude(pk__in=stand_ins_on(today).values("pk")).update(ended_at=at)
