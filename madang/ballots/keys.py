"""Keys: two co-chairs of two sides and as two persons approve the same exact text."""

from dataclasses import dataclass
from datetime import datetime

from madang.ballots.models import Key
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotAllowed, NotNow
from madang.members.models import Account, CoChair, Person, Seat


@dataclass(frozen=True)
class Chair:
    """The co-chair who turns a key: the side, the seat and who sits in it."""

    side: str
    seat: Seat
    person: Person


def chair_of(actor: Actor) -> Chair:
    """The chair an actor sits in.

    Raises NotAllowed: ballots.not_a_chair.
    """
    chair = CoChair.objects.filter(seat__number__in=actor.seats).select_related("seat").first()
    account = Account.objects.filter(pk=actor.account or 0, person__isnull=False).first()
    if not (chair and chair.seat and account and account.person):
        raise NotAllowed("ballots.not_a_chair")
    return Chair(chair.side, chair.seat, account.person)


def turn(what: str, chair: Chair, *, on: str, at: datetime) -> int:
    """Turn the chair's key to `what` on the text whose digest is `on`; how many are turned on it.

    Raises NotNow: ballots.key_turned.
    """
    keys = Key.objects.filter(what=what, voided_at=None)
    # A key on another text than today's opens nothing any more.
    keys.exclude(digest=on).update(voided_at=at)
    if keys.filter(side=chair.side).exists() or keys.filter(person=chair.person).exists():
        raise NotNow("ballots.key_turned")
    Key.objects.create(
        what=what,
        side=chair.side,
        person=chair.person,
        seat=chair.seat,
        digest=on,
        turned_at=at,
    )
    return keys.count()


def both_turned(what: str, *, on: str) -> bool:
    """Whether both co-chairs have turned their keys to `what` on this text."""
    return Key.objects.filter(what=what, voided_at=None, digest=on).count() == 2


def standing_keys(what: str) -> list[Key]:
    """The keys that hold, in the order in which they were turned."""
    keys = Key.objects.filter(what=what, voided_at=None)
    return list(keys.select_related("seat", "person").order_by("turned_at"))
