"""Who an account is at a moment: roles, seats, co-chairs' chairs."""

from madang.foundation.actors import Actor, Role
from madang.members.chairs import stand_ins_on
from madang.members.models import Account, CoChair, Holding, RoleGrant, lasting


def actor_of(account: Account, *, on: str) -> Actor:
    """The actor an account is on a day (`2026-11-23`): its seats by its holdings, its roles by grants.

    Who stands in for a vacant chair is a co-chair meanwhile.
    """
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
    seats = dict(held.filter(lasting(on)).values_list("seat__number", "seat_id"))
    if seats:
        roles.add(Role.MEMBER)
        chairs = CoChair.objects.filter(seat_id__in=seats.values())
        standing = stand_ins_on(on).filter(seat_id__in=seats.values(), person=account.person)
        if chairs.exists() or standing.exists():
            roles.add(Role.CO_CHAIR)
    person = account.person
    return Actor(
        roles=frozenset(roles),
        seats=frozenset(seats),
        account=account.pk,
        name=person.slug if person else account.email,
    )
