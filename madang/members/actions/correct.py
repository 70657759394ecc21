"""Correct the forum's name, its legal basis and its seats; a change from a day on is a new body."""

from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any, ClassVar

from django.utils import timezone

from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.foundation.texts import Text
from madang.members.models import Body, Forum, Holding, Seat, SeatClass, Source, Term
from madang.members.naming import basis_of
from madang.members.registering import rule_counts
from madang.members.rules.correcting import Naming, check_naming, day_before
from madang.members.rules.permissions import MAY
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class ForumCorrected(Event):
    """The forum's name, legal basis or seats were corrected; `was` says what stood before.

    `since` is the day from which it is so; null where it had been written wrongly.
    """

    KIND: ClassVar[str] = "forum.corrected"

    name: dict[str, object]
    basis: str
    seats: dict[str, int] | None
    since: str | None
    was: dict[str, Any]
    source: str


@action("forum.correct", may=MAY)
def correct_forum(forum: Forum, *, given: Naming, by: Actor, at: datetime) -> ForumCorrected:
    """Correct what is said of the forum itself.

    A slip is mended where it stands. What changed on a day makes a new body from that day on, and
    the one before it stays, with its name, its meetings and its end.

    Raises NotNow: members.not_set_up, members.nothing_changed. Raises NotValid: those of
    `check_naming`.
    """
    body, term = forum.body, Term.objects.order_by("-number").first()
    if body is None or (given.seats is not None and term is None):
        raise NotNow("members.not_set_up")
    today = timezone.localdate(at).isoformat()
    check_naming(given, began=body.starts, today=today, filled=filled_places())
    was: dict[str, Any] = {
        "name": _words(forum.name),
        "basis": basis_of(forum),
        "seats": rule_counts() if given.seats is not None else None,
    }
    now: dict[str, Any] = {
        "name": _words(given.name),
        "basis": given.basis,
        "seats": dict(given.seats) if given.seats is not None else None,
    }
    if was == now:
        raise NotNow("members.nothing_changed")
    source = _source(forum, given.source, at)
    if given.since:
        body = _succeed(body, given.since, source)
    _name(forum, body, given, was, source)
    if term and given.seats is not None and now["seats"] != was["seats"]:
        _set_seats(term, body, given.seats, source)
    return ForumCorrected(
        about="forum", since=given.since or None, was=was, source=given.source, **now
    )


def _words(text: Text) -> dict[str, str]:
    return {key: words for key, words in text.words.items() if words}


def filled_places() -> dict[str, int]:
    """Of each kind of seat the highest place in which somebody sits, or will."""
    held = Holding.objects.filter(ends=None).exclude(person=None)
    filled: dict[str, int] = {}
    for kind, place in held.values_list("seat__seat_class__key", "seat__position"):
        filled[kind] = max(place, filled.get(kind, 0))
    return filled


def _source(forum: Forum, words: str, at: datetime) -> Source:
    number = Source.objects.filter(key__startswith="correction-").count() + 1
    first = forum.languages[0]
    return Source.objects.create(
        key=f"correction-{number}",
        title=Text({key: words if key == first else None for key in forum.languages}),
        dated=timezone.localdate(at).isoformat(),
        position=Source.objects.count(),
    )


def _succeed(old: Body, since: str, source: Source) -> Body:
    """End a body the day before, and begin the one that follows it."""
    old.ends = day_before(since)
    old.save(update_fields=["ends"])
    taken = set(Body.objects.values_list("slug", flat=True))
    return Body.objects.create(
        slug=next(slug for n in count(2) if (slug := f"forum-{n}") not in taken),
        name=old.name,
        basis=old.basis,
        starts=since,
        seats=old.seats,
        source=source,
        position=Body.objects.count(),
    )


def _name(forum: Forum, body: Body, given: Naming, was: dict[str, Any], source: Source) -> None:
    if (name := _words(given.name)) != was["name"]:
        forum.languages = list(dict.fromkeys([*forum.languages, *name]))
        forum.name = body.name = Text({key: name.get(key) for key in forum.languages})
    if given.basis != was["basis"]:
        first = forum.languages[0]
        words = {key: given.basis if key == first else None for key in forum.languages}
        body.basis = Text(words) if given.basis else None
        # What a file told about the basis was about the old one.
        forum.legal_basis = None
    body.source = source
    body.save()
    forum.body = body
    forum.save()


def _set_seats(term: Term, body: Body, seats: Any, source: Source) -> None:
    for part in term.seats:
        if part["count"] != seats.get(part["class"], 0):
            part.update(count=seats.get(part["class"], 0), source=source.key)
    term.save(update_fields=["seats"])
    body.seats = sum(seats.values())
    body.save(update_fields=["seats"])
    here = set(Seat.objects.values_list("number", flat=True))
    for kind in SeatClass.objects.all():
        most = seats.get(kind.key, 0)
        # A seat in which somebody once sat stays, for what was done in it.
        Seat.objects.filter(seat_class=kind, position__gt=most, holdings=None).delete()
        Seat.objects.bulk_create(
            Seat(number=f"{kind.prefix}-{n}", seat_class=kind, position=n)
            for n in range(1, most + 1)
            if f"{kind.prefix}-{n}" not in here
        )
