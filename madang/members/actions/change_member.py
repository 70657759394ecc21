"""Who sits in a seat: mend what was written wrongly, let a seat change hands, name a co-chair."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Max
from django.utils import timezone

from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow, NotValid
from madang.foundation.texts import Text
from madang.members.models import (
    Account,
    Agency,
    CoChair,
    Forum,
    Holding,
    Person,
    Seat,
    Side,
    Source,
    Term,
    normal_email,
)
from madang.members.rules.correcting import Facts, check_change, check_facts, day_before
from madang.members.rules.permissions import MAY
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class MemberCorrected(Event):
    """What was written of a member was mended. What it was and is stands here as a commitment."""

    KIND: ClassVar[str] = "member.corrected"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"was", "now"})

    fields: list[str]
    was: dict[str, Any]
    now: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class SeatPassed(Event):
    """A seat changed hands on a day, or was left empty. Names stand here as commitments."""

    KIND: ClassVar[str] = "seat.passed"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"left", "came"})

    day: str
    filled: bool
    left: str | None
    came: str | None


@dataclass(frozen=True, kw_only=True)
class ChairNamed(Event):
    """The seat of a side's co-chair was named."""

    KIND: ClassVar[str] = "chair.named"

    side: str
    was: str | None


def sitting(seat: Seat) -> Holding | None:
    """Who has a seat without an end in sight."""
    return seat.holdings.filter(ends=None).select_related("person__account", "term").first()


@action("member.correct", may=MAY)
def correct_member(
    seat: Seat, *, holding: int, given: Facts, by: Actor, at: datetime
) -> MemberCorrected:
    """Mend the name, the organisation, the office or the address of whoever sits in a seat.

    `holding` is the one that was shown. A new address signs out whoever had the old one.

    Raises NotNow: members.holder_changed, members.seat_empty, members.nothing_changed. Raises
    NotValid: those of `check_facts`, members.row_email_taken.
    """
    held, forum = _seen(seat, holding), Forum.objects.get(pk=1)
    if held is None or held.person is None:
        raise NotNow("members.seat_empty")
    person, account = held.person, getattr(held.person, "account", None)
    check_facts(given, has_account=account is not None, languages=forum.languages)
    was, now = facts_of(held, forum), _flat(given)
    changed = [key for key in now if was[key] != now[key]]
    if not changed:
        raise NotNow("members.nothing_changed")
    if "organisation" in changed:
        _move_agency(seat, person, given.organisation, forum)
    person.name, person.organisation = given.name, given.organisation or None
    person.save()
    if "office" in changed:
        held.office = given.office or None
        held.save(update_fields=["office"])
        CoChair.objects.filter(seat=seat).update(office=held.office)
    _address(person, account, given)
    return MemberCorrected(
        about=seat.ref,
        fields=changed,
        was={key: was[key] for key in changed},
        now={key: now[key] for key in changed},
    )


@action("seat.pass", may=MAY)
def pass_seat(
    seat: Seat, *, holding: int | None, day: str, to: Facts | None, by: Actor, at: datetime
) -> SeatPassed:
    """End a holding the day before `day`, and seat `to` from that day on, or nobody.

    A ballot that is open keeps the roll of the day it opened on.

    Raises NotNow: members.holder_changed, members.nothing_changed, members.not_set_up. Raises
    NotValid: members.not_a_day, members.not_after, those of `check_facts`, members.row_email_taken.
    """
    held, forum = _seen(seat, holding), Forum.objects.get(pk=1)
    term = held.term if held else Term.objects.order_by("-number").first()
    if term is None:
        raise NotNow("members.not_set_up")
    if held is None and to is None:
        raise NotNow("members.nothing_changed")
    check_change(day, began=_began(seat, held))
    if to:
        check_facts(to, has_account=False, languages=forum.languages)
    if held:
        held.ends = day_before(day)
        held.save(update_fields=["ends"])
    person = _seat(seat, term, to, day, at) if to else None
    return SeatPassed(
        about=seat.ref,
        day=day,
        filled=person is not None,
        left=held.person.slug if held and held.person else None,
        came=person.slug if person else None,
    )


@action("chair.name", may=MAY)
def name_chair(seat: Seat, *, by: Actor, at: datetime) -> ChairNamed:
    """Make a seat its side's co-chair; the one before it is none from now on.

    Raises NotNow: members.seat_empty, members.nothing_changed.
    """
    held, side = sitting(seat), seat.seat_class.side
    if held is None or held.person is None:
        raise NotNow("members.seat_empty")
    chair = CoChair.objects.filter(side=side).select_related("seat").first()
    if chair and chair.seat_id == seat.pk:
        raise NotNow("members.nothing_changed")
    was = chair.seat.number if chair and chair.seat else None
    by_office = "office" if side == Side.GOVERNMENT else "election"
    chair = chair or CoChair(side=side, by=by_office)
    chair.seat, chair.office, chair.source = seat, held.office, held.source
    chair.save()
    return ChairNamed(about=seat.ref, side=side, was=was)


# --- what stands ---------------------------------------------------------------------------------


def _seen(seat: Seat, holding: int | None) -> Holding | None:
    held = sitting(seat)
    if (held.pk if held else None) != holding:
        raise NotNow("members.holder_changed", seat=seat.number)
    return held


def facts_of(held: Holding, forum: Forum) -> dict[str, Any]:
    """A member as the form shows them, and as it comes back where nothing was changed."""
    person = held.person
    assert person
    account = getattr(person, "account", None)
    words = {"name": person.name, "organisation": person.organisation, "office": held.office}
    return {
        **{key: _kept(text, forum) for key, text in words.items()},
        "email": account.email if account else "",
        "language": account.language if account else forum.languages[0],
    }


def _kept(text: Text | None, forum: Forum) -> dict[str, Any]:
    return {key: (text.words.get(key) if text else None) for key in forum.languages}


def _flat(given: Facts) -> dict[str, Any]:
    words = {key: dict(getattr(given, key).words) for key in ("name", "organisation", "office")}
    return {**words, "email": normal_email(given.email), "language": given.language}


def _began(seat: Seat, held: Holding | None) -> str | None:
    """The day after which a seat may change hands."""
    if held:
        return held.starts
    return seat.holdings.aggregate(most=Max("ends"))["most"]


# --- what becomes of it --------------------------------------------------------------------------


def _address(person: Person, account: Account | None, given: Facts) -> None:
    email = normal_email(given.email)
    if not email:
        return
    if Account.objects.filter(email=email).exclude(person=person).exists():
        raise NotValid("members.row_email_taken", field="email")
    account = account or Account(person=person, key=Account.new_key())
    if account.email != email:
        account.email, account.key = email, Account.new_key()
    account.language = given.language
    account.save()


def _move_agency(seat: Seat, person: Person, organisation: Text, forum: Forum) -> None:
    """Let a government member's agency follow the organisation: another one, or the same mended."""
    if seat.seat_class.side != Side.GOVERNMENT or not organisation:
        return
    words = organisation.say(forum.languages[0], forum.languages).words
    names = {agency.name.say(forum.languages[0]).words: agency for agency in Agency.objects.all()}
    own = person.agency
    if words in names:
        person.agency = names[words]
    elif own and not Person.objects.filter(agency=own).exclude(pk=person.pk).exists():
        own.name = organisation
        own.save(update_fields=["name"])
    else:
        person.agency = _new_agency(organisation, seat)


def _new_agency(name: Text, seat: Seat) -> Agency:
    held = sitting(seat) or seat.holdings.order_by("-pk")[0]
    place = Agency.objects.count() + 1
    return Agency.objects.create(
        slug=f"agency-{place}", name=name, source=held.source, position=place
    )


def _seat(seat: Seat, term: Term, to: Facts, day: str, at: datetime) -> Person:
    source = _source(seat, at)
    person = _person(seat, to)
    Holding.objects.create(
        seat=seat, term=term, person=person, office=to.office or None, starts=day, source=source
    )
    _move_agency(seat, person, to.organisation, Forum.objects.get(pk=1))
    person.save()
    return person


def _person(seat: Seat, to: Facts) -> Person:
    """Someone who comes; one whose address is known comes back, if they sit nowhere."""
    known = Account.objects.filter(email=normal_email(to.email)).select_related("person").first()
    if known is None:
        number = (Person.objects.aggregate(most=Max("pk"))["most"] or 0) + 1
        words = {"name": to.name, "organisation": to.organisation or None}
        person = Person.objects.create(slug=f"member-{number}", **words)
        _address(person, None, to)
        return person
    person_ = known.person
    sits = person_ is None or person_.holdings.filter(ends=None).exists()
    if person_ is None or sits or known.grants.filter(ended_at=None).exists():
        raise NotValid("members.row_email_taken", field="email")
    person_.name, person_.organisation = to.name, to.organisation or None
    return person_


def _source(seat: Seat, at: datetime) -> Source:
    day = timezone.localdate(at).isoformat()
    number = Source.objects.filter(key__startswith="seat-").count() + 1
    words = {
        "ko": f"{seat.number} 자리의 위원 변경({day} 등록)",
        "en": f"Change of the member in seat {seat.number}, registered {day}",
    }
    return Source.objects.create(
        key=f"seat-{number}", title=Text(words), dated=day, position=Source.objects.count()
    )
