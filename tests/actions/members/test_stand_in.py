"""A stand-in for a vacant chair: two officers, the same side, until the chair is filled."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from madang.ballots.actions.turn_key import turn_key
from madang.ballots.models import Key
from madang.ballots.reading import text_digest
from madang.foundation.actors import Actor, Role
from madang.members.actions.stand_in import confirm_stand_in, end_stand_in, enter_stand_in
from madang.members.actors import actor_of
from madang.members.chairs import chairs_on, stand_ins_on
from madang.members.models import CoChair, StandIn
from madang.record import log
from madang.record.guard import writing
from tests.actions.ballots.looking import comes, last_entry, leaves, recorded, refused
from tests.actions.ballots.test_by_document import colleague
from tests.makers.ballots import a_drafted_ballot, account_of, again, co_chair, secretary

pytestmark = pytest.mark.usefixtures("practice_forum")
SIDE = "civil_society"
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = "2026-03-02"


def the_chair() -> CoChair:
    return CoChair.objects.select_related("seat").get(side=SIDE)


def vacated() -> CoChair:
    """The civil-society chair, empty since the end of February."""
    chair = the_chair()
    assert chair.seat
    leaves(chair.seat.number, last_day="2026-02-28")
    return chair


def entered(chair: CoChair, **other: Any) -> int:
    given = {
        "seat": "cso-9",
        "starts": TODAY,
        "basis": "운영규정 제5조",
        "language": "ko",
        "document": "운영-31",
        **other,
    }
    enter_stand_in(chair, **given, by=secretary(), at=AT)
    return StandIn.objects.latest("pk").pk


def named(chair: CoChair, **other: Any) -> StandIn:
    entry = entered(chair, **other)
    confirm_stand_in(chair, entry=entry, by=colleague(), at=AT)
    return StandIn.objects.get(pk=entry)


def someone(seat: str = "cso-9", day: str = TODAY) -> Actor:
    return actor_of(account_of(seat, AT), on=day)


def test_a_vacant_chair_without_a_stand_in_has_no_key():
    vacated()

    assert SIDE not in chairs_on(TODAY)
    assert not someone().has(Role.CO_CHAIR)


def test_who_stands_in_is_a_co_chair_meanwhile_and_turns_the_sides_key():
    named(vacated())
    ballot = a_drafted_ballot()

    turn_key(ballot, digest=text_digest(ballot), by=someone(), at=AT + timedelta(hours=1))

    key = Key.objects.get(what=ballot.ref)
    assert (key.side, key.seat.number, key.stands_in) == (SIDE, "cso-9", True)
    assert last_entry("key.turned")["stands_in"] is True


def test_with_a_stand_ins_key_and_the_other_sides_the_ballot_is_keyed():
    named(vacated())
    ballot = a_drafted_ballot()

    for by in (someone(), co_chair("government")):
        turn_key(ballot, digest=text_digest(ballot), by=by, at=AT + timedelta(hours=1))

    assert again(ballot).status == "keyed"


def test_nothing_holds_before_a_second_officer_confirms_it():
    chair = vacated()
    entry = entered(chair)
    assert not someone().has(Role.CO_CHAIR)

    with refused("members.own_entry"):
        confirm_stand_in(chair, entry=entry, by=secretary(), at=AT)

    assert SIDE not in chairs_on(TODAY)


def test_that_the_officers_are_two_is_kept_by_the_database():
    entry = StandIn.objects.get(pk=entered(vacated()))

    with writing(), pytest.raises(IntegrityError), transaction.atomic():
        StandIn.objects.filter(pk=entry.pk).update(
            confirmed_by=entry.entered_by_id, confirmed_at=AT
        )


def test_a_chair_has_one_stand_in_at_a_time():
    chair = vacated()
    named(chair)

    with refused("members.stand_in_there"):
        entered(chair, seat="cso-10")


def test_nobody_stands_in_where_someone_sits():
    with refused("members.chair_filled"):
        entered(the_chair())


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"seat": "gov-2"}, "members.stand_in_other_side"),
        ({"seat": "cso-99"}, "members.stand_in_seat"),
        ({"starts": "내일"}, "members.not_a_day"),
        ({"starts": "2026-02-30"}, "members.not_a_day"),
        ({"starts": "20260302"}, "members.not_a_day"),
        ({"basis": " "}, "members.no_basis"),
        ({"basis": "가" * 501}, "members.no_basis"),
        ({"document": ""}, "members.no_document"),
    ],
    ids=[
        "someone of the other side",
        "no such seat",
        "not a day",
        "a day that never comes",
        "a day without its dashes",
        "no basis",
        "a basis too long",
        "no document",
    ],
)
def test_an_entry_that_is_not_whole_is_not_kept(given, code):
    chair = vacated()

    with refused(code):
        entered(chair, **given)


def test_it_begins_on_its_day():
    named(vacated(), starts="2026-03-10")

    assert SIDE not in chairs_on("2026-03-09")
    assert chairs_on("2026-03-10")[SIDE].stands_in


def test_it_ends_when_the_chair_is_filled_and_does_not_come_back():
    chair = vacated()
    assert chair.seat
    named(chair)

    comes(chair.seat.number, first_day="2026-03-05")

    assert not chairs_on("2026-03-05")[SIDE].stands_in
    leaves(chair.seat.number, last_day="2026-03-07")
    assert SIDE not in chairs_on("2026-03-08")
    assert not someone(day="2026-03-08").has(Role.CO_CHAIR)


def test_another_can_be_named_when_the_chair_is_vacant_once_more():
    chair = vacated()
    assert chair.seat
    before = named(chair)
    comes(chair.seat.number, first_day="2026-03-05")
    leaves(chair.seat.number, last_day="2026-03-07")
    later = datetime(2026, 3, 9, tzinfo=UTC)

    given = {"seat": "cso-10", "starts": "2026-03-09", "basis": "규정", "document": "운영-40"}
    enter_stand_in(chair, **given, language="ko", by=secretary(), at=later)

    before.refresh_from_db()
    assert before.ended_at == later
    assert StandIn.objects.filter(ended_at=None, dropped_at=None).get().seat.number == "cso-10"


def test_who_leaves_the_own_seat_stands_in_no_more():
    named(vacated())

    leaves("cso-9", last_day="2026-03-03")

    assert stand_ins_on("2026-03-03").exists()
    assert not stand_ins_on("2026-03-04").exists()


def test_a_successor_in_the_stand_ins_seat_does_not_inherit_it():
    named(vacated())
    leaves("cso-9", last_day="2026-03-03")

    successor = comes("cso-9", first_day="2026-03-04")

    assert not actor_of(successor, on="2026-03-04").has(Role.CO_CHAIR)


def test_one_officer_ends_it_since_that_takes_a_power_away():
    chair = vacated()
    stand_in = named(chair)

    end_stand_in(chair, entry=stand_in.pk, by=secretary(), at=AT)

    assert SIDE not in chairs_on(TODAY)
    assert last_entry("stand_in.ended")["confirmed"] is True
    with refused("members.nothing_pending"):
        end_stand_in(chair, entry=stand_in.pk, by=secretary(), at=AT)


def test_the_record_names_seats_and_no_person():
    named(vacated())

    slug = StandIn.objects.get().person.slug
    leaf = bytes(recorded("stand_in.entered")[-1].leaf).decode()
    assert "cso-9" in leaf and slug not in leaf and "운영규정" not in leaf
    assert log.said(recorded("stand_in.named")[-1])["d"]["document"] == "운영-31"
