"""Keys: two co-chairs of two sides and as two persons approve the same exact text."""

from datetime import datetime

from django.utils import timezone

from madang.ballots.models import Key
from madang.documents.models import Document
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotAllowed, NotNow, NotValid
from madang.members.chairs import Chair, chair_in, chairs_on


def chair_of(actor: Actor, at: datetime) -> Chair:
    """The chair an actor sits in, or stands in for.

    Raises NotAllowed: ballots.not_a_chair.
    """
    chair = chair_in(actor, timezone.localdate(at).isoformat())
    if chair is None:
        raise NotAllowed("ballots.not_a_chair")
    return chair


def chair_on(side: str, at: datetime) -> Chair:
    """Who sits in a side's chair that day, or stands in for it.

    Raises NotValid: ballots.no_side.
    """
    chair = chairs_on(timezone.localdate(at).isoformat()).get(side)
    if chair is None:
        raise NotValid("ballots.no_side")
    return chair


def check_same_chair(chair: Chair, approved_by: int | None) -> None:
    """A document is the approval of whoever signed it, and of no successor and no stand-in.

    Raises NotNow: ballots.chair_changed.
    """
    if approved_by is not None and chair.person.pk != approved_by:
        raise NotNow("ballots.chair_changed")


def turn(
    what: str,
    chair: Chair,
    *,
    on: str,
    document: str = "",
    file: Document | None = None,
    at: datetime,
) -> int:
    """Turn the chair's key to `what` on the text whose digest is `on`; how many are turned on it.

    `document` and `file` are the approval's where the key is turned by document.

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
        document=document,
        file=file,
        stands_in=chair.stands_in,
    )
    return keys.count()


def both_turned(what: str, *, on: str) -> bool:
    """Whether both co-chairs have turned their keys to `what` on this text."""
    return Key.objects.filter(what=what, voided_at=None, digest=on).count() == 2


def standing_keys(what: str) -> list[Key]:
    """The keys that hold, in the order in which they were turned."""
    keys = Key.objects.filter(what=what, voided_at=None)
    return list(keys.select_related("seat", "person", "file").order_by("turned_at", "pk"))


def voided_now(what: str, at: datetime) -> list[Key]:
    """The keys to `what` that this act, whose moment is `at`, has ended."""
    keys = Key.objects.filter(what=what, voided_at=at)
    return list(keys.select_related("person__account"))
