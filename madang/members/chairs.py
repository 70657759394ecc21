"""The two co-chairs' chairs on a day: who sits in each, and who stands in for a vacant one."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from madang.foundation.actors import Actor
from madang.members.models import Account, CoChair, Holding, Person, Seat, StandIn, lasting


@dataclass(frozen=True)
class Chair:
    """Whoever turns a side's key: the co-chair, or who stands in, then with a seat of their own."""

    side: str
    seat: Seat
    person: Person
    stands_in: bool = False


def filled_chairs(day: str) -> dict[str, Chair]:
    """The chairs that someone known sits in on a day, by side."""
    held = Holding.objects.filter(
        lasting(day), seat__cochair__isnull=False, person__isnull=False
    ).select_related("seat__cochair", "person")
    rows = held.order_by(F("starts").asc(nulls_first=True), "pk")
    return {
        row.seat.cochair.side: Chair(row.seat.cochair.side, row.seat, row.person)
        for row in rows
        if row.person
    }


def stand_ins_on(day: str) -> QuerySet[StandIn]:
    """Who stands in on a day: confirmed, begun, still in the own seat, and the chair empty since.

    Whoever sat down in the chair after it began has ended it for good, also when the chair is
    vacant once more.
    """
    since = Q(starts__gt=OuterRef("starts"), starts__lte=day)
    filled = Holding.objects.filter(
        lasting(day) | since, seat=OuterRef("chair__seat"), person__isnull=False
    )
    own = Holding.objects.filter(lasting(day), seat=OuterRef("seat"), person=OuterRef("person"))
    named = StandIn.objects.filter(
        Exists(own), ~Exists(filled), confirmed_at__isnull=False, ended_at=None, starts__lte=day
    )
    return named.select_related("chair", "seat", "person")


def chairs_on(day: str) -> dict[str, Chair]:
    """Who can turn each side's key on a day; a side is missing where nobody can."""
    standing = {
        row.chair.side: Chair(row.chair.side, row.seat, row.person, stands_in=True)
        for row in stand_ins_on(day)
    }
    return {**standing, **filled_chairs(day)}


def chair_in(actor: Actor, day: str) -> Chair | None:
    """The chair an actor sits in, or stands in for."""
    account = Account.objects.filter(pk=actor.account or 0).select_related("person").first()
    if account is None or account.person is None:
        return None
    own = CoChair.objects.filter(seat__number__in=actor.seats).select_related("seat").first()
    if own and own.seat:
        return Chair(own.side, own.seat, account.person)
    standing = stand_ins_on(day).filter(seat__number__in=actor.seats, person=account.person)
    return next((Chair(s.chair.side, s.seat, s.person, stands_in=True) for s in standing), None)
