"""Register the members of a forum that was set up here, from a checked list."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db.models import Max
from django.utils import timezone

from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow, NotValid
from madang.foundation.texts import Text, tongue_of
from madang.members.actions.found import SOURCE
from madang.members.models import (
    Account,
    Agency,
    CoChair,
    Forum,
    Holding,
    Person,
    Seat,
    SeatClass,
    Side,
    Source,
    Term,
    normal_email,
)
from madang.members.registering import seats_of_forum
from madang.members.rules.founding import CLASSES, MOST_SEATS
from madang.members.rules.permissions import MAY
from madang.members.rules.roll import REFUSED, Member, Roll, check_roll
from madang.members.rules.rows import Row
from madang.record.acting import action
from madang.record.events import Event

MOST_NOTE = 500


@dataclass(frozen=True, kw_only=True)
class RollRegistered(Event):
    """Members were registered from a list. Their names stand here as commitments only."""

    KIND: ClassVar[str] = "roll.registered"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"names", "note"})

    file: str
    members: int
    counts: dict[str, int]
    accounts: int
    co_chairs: list[str]
    names: dict[str, str]
    note: str | None


@action("roll.register", may=MAY)
def register_roll(
    forum: Forum, *, rows: Sequence[Row], file: str, note: str, by: Actor, at: datetime
) -> RollRegistered:
    """Register the new members of a list, all of them or none.

    `file` is the list's SHA-256. `note` says why the number of members is not the rules' number,
    where it is not.

    Raises NotNow: members.not_founded, members.nothing_new. Raises NotValid: members.rows_refused,
    members.too_many_seats, members.note_missing, members.note_too_long.
    """
    term = Term.objects.order_by("-number").first()
    # A forum that came from a file has its sources; its members are not changed from a list.
    if term is None or not Source.objects.filter(key=SOURCE).exists():
        raise NotNow("members.not_founded")
    roll = check_roll(rows, seats_of_forum(forum))
    _check(roll, note)
    source = _source(at)
    _make_room(term, roll, source, note)
    accounts = _seat(forum, term, roll, source)
    return RollRegistered(
        about="forum",
        file=file,
        members=len(roll.to_register),
        counts=dict(Counter(member.kind for member in roll.to_register)),
        accounts=accounts,
        co_chairs=[member.seat for member in roll.to_chair],
        names={member.seat: member.row.name for member in roll.to_register},
        note=note or None,
    )


def _check(roll: Roll, note: str) -> None:
    if refused := roll.of(REFUSED):
        numbers = ", ".join(str(member.row.number) for member in refused[:10])
        raise NotValid("members.rows_refused", count=len(refused), numbers=numbers)
    if not (roll.to_register or roll.to_chair):
        raise NotNow("members.nothing_new")
    if sum(one.filled for one in roll.counts) > MOST_SEATS:
        raise NotValid("members.too_many_seats", most=MOST_SEATS)
    if roll.off_the_rules and not note:
        raise NotValid("members.note_missing", field="note")
    if len(note) > MOST_NOTE:
        raise NotValid("members.note_too_long", most=MOST_NOTE, field="note")


def _source(at: datetime) -> Source:
    day = timezone.localdate(at).isoformat()
    number = Source.objects.filter(key__startswith="roll-").count() + 1
    return Source.objects.create(
        key=f"roll-{number}",
        title=Text({"ko": f"위원 명부({day} 등록)", "en": f"List of members, registered {day}"}),
        dated=day,
        position=Source.objects.count(),
    )


def _make_room(term: Term, roll: Roll, source: Source, note: str) -> None:
    """Make the seats that a list has beyond the rules' number, and keep the note that allows it."""
    here = set(Seat.objects.values_list("number", flat=True))
    kinds = {kind.key: kind for kind in SeatClass.objects.all()}
    most = dict.fromkeys(kinds, 0)
    for member in roll.to_register:
        most[member.kind] = max(most[member.kind], _place(member.seat))
    Seat.objects.bulk_create(
        Seat(number=f"{CLASSES[key][0]}-{n}", seat_class=kind, position=n)
        for key, kind in kinds.items()
        for n in range(1, most[key] + 1)
        if f"{CLASSES[key][0]}-{n}" not in here
    )
    for part in term.seats:
        if most.get(part["class"], 0) > (part["count"] or 0):
            part.update(count=most[part["class"]], source=source.key)
    if roll.off_the_rules and note:
        kept = term.note.say("ko").words if term.note else ""
        term.note = Text({tongue_of(note): f"{kept} {note}".strip()})
    term.save(update_fields=["seats", "note"])


def _place(seat: str) -> int:
    return int(seat.partition("-")[2])


def _seat(forum: Forum, term: Term, roll: Roll, source: Source) -> int:
    seats = {seat.number: seat for seat in Seat.objects.select_related("seat_class")}
    first = (Person.objects.aggregate(most=Max("pk"))["most"] or 0) + 1
    accounts = 0
    agencies = _agencies(forum, roll, source)
    for n, member in enumerate(roll.to_register):
        person = Person.objects.create(
            slug=f"member-{first + n}",
            name=_text(forum, member.row.name),
            organisation=_text(forum, member.row.organisation),
            agency=agencies.get(_agency_of(member)),
        )
        office, seat = _text(forum, member.row.office), seats[member.seat]
        Holding.objects.create(
            seat=seat, term=term, person=person, office=office, starts=term.starts, source=source
        )
        accounts += _give_account(member, person)
    for member in roll.to_chair:
        _give_chair(seats[member.seat], _text(forum, member.row.office), source)
    return accounts


def _agencies(forum: Forum, roll: Roll, source: Source) -> dict[str, Agency]:
    """The organisations of the government's side: they can lead commitments."""
    order = forum.languages
    here = {agency.name.say(order[0], order).words: agency for agency in Agency.objects.all()}
    names = dict.fromkeys(map(_agency_of, roll.to_register))
    for name in (name for name in names if name and name not in here):
        place = len(here) + 1
        here[name] = Agency.objects.create(
            slug=f"agency-{place}", name=_text(forum, name), source=source, position=place
        )
    return here


def _agency_of(member: Member) -> str:
    return member.row.organisation if CLASSES[member.kind][1] == Side.GOVERNMENT else ""


def _give_account(member: Member, person: Person) -> int:
    if not member.email:
        return 0
    Account.objects.create(
        email=normal_email(member.email),
        person=person,
        language=member.language,
        key=Account.new_key(),
    )
    return 1


def _give_chair(seat: Seat, office: Text | None, source: Source) -> None:
    side = seat.seat_class.side
    by = "office" if side == "government" else "election"
    CoChair.objects.create(side=side, by=by, office=office, seat=seat, source=source)


def _text(forum: Forum, words: str) -> Text | None:
    """Words under the language they are written in, where the forum has it."""
    if not words:
        return None
    language = tongue_of(words)
    language = language if language in forum.languages else forum.languages[0]
    return Text({key: words if key == language else None for key in forum.languages})
