"""A list of members against the forum's seats: what becomes of each row, and which seat it gets."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from madang.foundation.tables import plain_word
from madang.members.rules.founding import CLASSES
from madang.members.rules.rows import Row

NEW, SAME, ATTENTION, REFUSED = "new", "same", "attention", "refused"
SIDES = {
    "ex_officio": "당연직 당연직위원 당연 exofficio exofficiomember exofficiomembers exo",
    "government": "정부 정부위원 정부측 정부측위원 government governmentmember gov",
    "civil_society": "시민사회 시민사회위원 민간 민간위원 시민 시민위원 위촉직 위촉직위원 civilsociety "
    "civilsocietymember civil cso ngo",
}
YES = "예 네 o ○ ◯ yes y true 1 v ✓ 공동위원장 위원장 cochair chair"
NO = "아니오 아니요 x × no n false 0"
LANGUAGES = {"ko": "한국어 국문 한글 korean ko", "en": "영어 영문 english en"}
MOST = {"name": 100, "organisation": 200, "office": 200, "email": 254}
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")


def _words(table: Mapping[str, str]) -> dict[str, str]:
    return {plain_word(word) or word: key for key, words in table.items() for word in words.split()}


_SIDES, _LANGUAGES = _words(SIDES), _words(LANGUAGES)
_MARKS = {**_words({"yes": YES}), **_words({"no": NO})}


@dataclass(frozen=True)
class Known:
    """A member who is registered already."""

    name: str
    email: str
    kind: str
    seat: str
    chair: bool = False


@dataclass(frozen=True)
class Seats:
    """The forum as the list meets it.

    `counts` are the seats of each kind as the rules say, `known` those who sit, `taken` addresses
    of accounts that belong to nobody's seat, `languages` the forum's.
    """

    counts: Mapping[str, int]
    known: Sequence[Known] = ()
    taken: frozenset[str] = frozenset()
    languages: Sequence[str] = ("ko",)


@dataclass
class Member:
    """What becomes of a row. `notes` are codes of sentences, with their facts."""

    row: Row
    kind: str = ""
    seat: str = ""
    email: str = ""
    language: str = ""
    chair: bool = False
    sits: bool = False
    state: str = NEW
    notes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def say(self, state: str, code: str, **facts: Any) -> None:
        """Note something about the row; the graver state stays."""
        order = [NEW, SAME, ATTENTION, REFUSED]
        self.state = max(self.state, state, key=order.index)
        self.notes.append((code, facts))


@dataclass(frozen=True)
class Count:
    """The seats of a kind: by the rules, and filled once the list is registered."""

    kind: str
    rule: int
    filled: int


@dataclass(frozen=True)
class Roll:
    """The whole list, checked."""

    members: list[Member]
    counts: list[Count]

    def of(self, state: str) -> list[Member]:
        return [member for member in self.members if member.state == state]

    @property
    def to_register(self) -> list[Member]:
        """Who is added: new rows, those that only need attention included."""
        return [m for m in self.members if m.state in (NEW, ATTENTION) and not m.sits]

    @property
    def to_chair(self) -> list[Member]:
        """Who becomes a co-chair: new members, and members who sit already."""
        return [m for m in self.members if m.state in (NEW, ATTENTION) and m.chair]

    @property
    def off_the_rules(self) -> list[Count]:
        """The kinds of seats whose number is not the rules'."""
        return [one for one in self.counts if one.filled != one.rule]


def is_email(text: str) -> bool:
    """Whether it looks like an e-mail address that a letter could reach."""
    return len(text) <= MOST["email"] and bool(_EMAIL.fullmatch(text))


def check_roll(rows: Sequence[Row], seats: Seats) -> Roll:
    """Read each row, compare it with the others and with who sits already, give out seats."""
    members = [_read(row, seats) for row in rows]
    _compare(members)
    for member in members:
        _recognise(member, seats)
    _check_chairs(members, seats)
    _give_seats(members, seats)
    return Roll(members, [_count(kind, members, seats) for kind in CLASSES])


# --- a row by itself -----------------------------------------------------------------------------


def _read(row: Row, seats: Seats) -> Member:
    member = Member(row, email=row.email.casefold(), language=seats.languages[0])
    for key, most in MOST.items():
        if len(row.cells.get(key, "")) > most:
            member.say(REFUSED, "members.row_too_long", column=key, most=most)
    if not row.name:
        member.say(REFUSED, "members.row_no_name")
    if member.email and not _EMAIL.fullmatch(member.email):
        member.say(REFUSED, "members.row_not_an_email", value=row.email[:60])
    _read_side(member)
    _read_choices(member, seats)
    return member


def _read_side(member: Member) -> None:
    side, seat = member.row.side, member.row.seat.casefold()
    found = re.fullmatch(r"([a-z]{2,5})-([1-9][0-9]{0,2})", seat) if seat else None
    by_seat = next((k for k, kind in CLASSES.items() if found and kind[0] == found[1]), "")
    if seat and not by_seat:
        member.say(REFUSED, "members.row_no_such_seat", seat=member.row.seat[:20])
    member.kind = _SIDES.get(plain_word(side), "") if side else by_seat
    if not member.kind:
        member.say(REFUSED, "members.row_unknown_side", value=side[:40])
    elif by_seat and member.kind != by_seat:
        member.say(REFUSED, "members.row_seat_of_another_side", seat=seat)
    member.seat = seat if by_seat else ""


def _read_choices(member: Member, seats: Seats) -> None:
    if mark := member.row.chair:
        meant = _MARKS.get(plain_word(mark) or mark, "")
        member.chair = meant == "yes"
        if not meant and mark not in ("-", "–", "·"):
            member.say(REFUSED, "members.row_chair_unclear", value=mark[:40])
    if asked := member.row.language:
        language = _LANGUAGES.get(plain_word(asked), "")
        if language not in seats.languages:
            member.say(REFUSED, "members.row_unknown_language", value=asked[:40])
        member.language = language or member.language


# --- a row among others --------------------------------------------------------------------------


def _compare(members: Sequence[Member]) -> None:
    emails: dict[str, Member] = {}
    names: dict[tuple[str, str], Member] = {}
    places: dict[str, Member] = {}
    for member in members:
        if member.email and (first := emails.setdefault(member.email, member)) is not member:
            member.say(
                REFUSED, "members.row_email_twice", other=first.row.number, name=first.row.name
            )
        if member.seat and (first := places.setdefault(member.seat, member)) is not member:
            member.say(REFUSED, "members.row_seat_twice", seat=member.seat, other=first.row.number)
        who = (member.row.name, member.row.organisation)
        if member.row.name and (first := names.setdefault(who, member)) is not member:
            if member.email and first.email:
                member.say(ATTENTION, "members.row_name_twice", other=first.row.number)
            else:
                member.say(REFUSED, "members.row_person_twice", other=first.row.number)


def _recognise(member: Member, seats: Seats) -> None:
    """Whether the row is someone who sits already, and then whether it says the same."""
    known = next((one for one in seats.known if _is(member, one)), None)
    if known is None:
        if member.email in seats.taken:
            member.say(REFUSED, "members.row_email_taken")
        elif not member.email:
            member.say(ATTENTION, "members.row_no_email")
        return
    # What the row leaves open, such as its seat, is not another answer.
    same = (member.row.name, member.kind) == (known.name, known.kind)
    if not same or member.seat not in ("", known.seat) or member.email != known.email:
        member.say(REFUSED, "members.row_differs", seat=known.seat)
    elif member.state != REFUSED:
        member.state, member.seat, member.notes, member.sits = SAME, known.seat, [], True
        if member.chair and not known.chair:
            member.say(ATTENTION, "members.row_becomes_chair", seat=known.seat)


def _is(member: Member, known: Known) -> bool:
    if member.email or known.email:
        return member.email == known.email
    return member.row.name == known.name


def _check_chairs(members: Sequence[Member], seats: Seats) -> None:
    chairs: dict[str, Any] = {CLASSES[one.kind][1]: one.seat for one in seats.known if one.chair}
    for member in (one for one in members if one.chair and one.state != REFUSED):
        side = CLASSES[member.kind][1]
        first = chairs.setdefault(side, member)
        if first is member or first == member.seat:
            continue
        other = first.row.number if isinstance(first, Member) else first
        member.say(REFUSED, "members.row_chair_twice", other=other)


# --- seats ---------------------------------------------------------------------------------------


def _give_seats(members: Sequence[Member], seats: Seats) -> None:
    held = {one.seat for one in seats.known}
    coming = [m for m in members if m.state in (NEW, ATTENTION) and not m.sits]
    taken = held | {member.seat for member in coming}
    free = {kind: _free(CLASSES[kind][0], taken) for kind in CLASSES}
    for member in coming:
        if member.seat in held:
            member.say(REFUSED, "members.row_seat_held", seat=member.seat)
            continue
        member.seat = member.seat or next(free[member.kind])
        place, most = int(member.seat.partition("-")[2]), seats.counts.get(member.kind, 0)
        if place > most + len(members):
            member.say(REFUSED, "members.row_no_such_seat", seat=member.seat)
        elif place > most:
            member.say(ATTENTION, "members.row_beyond", count=most, seat=member.seat)


def _free(prefix: str, taken: set[str]) -> Iterator[str]:
    return (seat for n in count(1) if (seat := f"{prefix}-{n}") not in taken)


def _count(kind: str, members: Sequence[Member], seats: Seats) -> Count:
    sitting = {one.seat for one in seats.known if one.kind == kind}
    coming = {m.seat for m in members if m.kind == kind and m.state in (NEW, ATTENTION)}
    return Count(kind, seats.counts.get(kind, 0), len(sitting | coming))
