"""Who an account is at a moment: roles, seats, co-chairs' chairs."""

from django.db.models import Q

from madang.foundation.actors import Actor, Role
from madang.members.models import Account, CoChair, Holding, RoleGrant


def actor_of(account: Account, *, on: str) -> Actor:
    """The actor an account is on a day (`2026-11-23`): its seats by its holdings, its roles by grants."""
    roles = {Role.ANONYMOUS}
    roles |= {
        Role(role)
        for role in RoleGrant.objects.filter(account=account, ended_at=None).values_list(
            "role", flat=True
        )
    }
    held = (
        Holding.objects.filter(person=account.person) if account.person else Holding.objects.none()
    )
    holdings = held.filter(Q(starts=None) | Q(starts__lte=on), Q(ends=None) | Q(ends__gte=on))
    seats = dict(holdings.values_list("seat__number", "seat_id"))
    if seats:
        roles.add(Role.MEMBER)
        if CoChair.objects.filter(seat_id__in=seats.values()).exists():
            roles.add(Role.CO_CHAIR)
    person = account.person
    return Actor(
        roles=frozenset(roles),
        seats=frozenset(seats),
        account=account.pk,
        name=person.slug if person else account.email,
    )
