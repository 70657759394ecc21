"""Who an account is on a day."""

import pytest

from madang.foundation.actors import Role
from madang.members.actors import actor_of
from madang.members.models import Account, CoChair, Holding, lasting
from madang.members.pages.data import forum_data
from madang.record.guard import writing


def account(name):
    return Account.objects.get(person__slug=name)


@pytest.mark.parametrize(
    ("name", "roles", "seats"),
    [
        pytest.param("do-hanbit", {Role.MEMBER, Role.CO_CHAIR}, {"exo-1"}, id="a co-chair"),
        pytest.param("ma-yunjae", {Role.MEMBER}, {"gov-1"}, id="a member"),
        pytest.param("bok-jian", {Role.SECRETARIAT}, set(), id="someone of the secretariat"),
        pytest.param("tae-gaeul", {Role.ADMINISTRATOR}, set(), id="an administrator"),
    ],
)
def test_an_account_has_the_roles_of_its_seats_and_its_grants(practice_forum, name, roles, seats):
    actor = actor_of(account(name), on="2026-01-05")

    assert actor.roles == roles | {Role.ANONYMOUS}
    assert actor.seats == seats
    assert actor.name == name


def test_before_a_holding_begins_its_holder_is_nobody_in_particular(practice_forum):
    actor = actor_of(account("do-hanbit"), on="2025-06-30")

    assert actor.roles == {Role.ANONYMOUS}
    assert actor.seats == frozenset()


LENGTHS = {
    "an open end": (("2025", None), {"2024-12-31": False, "2025-01-01": True, "2030-01-01": True}),
    "a year": (("2025", "2025"), {"2024-12-31": False, "2025-12-31": True, "2026-01-01": False}),
    "a month": (
        ("2025-06", "2025-06"),
        {"2025-05-31": False, "2025-06-30": True, "2025-07-01": False},
    ),
    "a day": (
        ("2025-06-02", "2025-06-02"),
        {"2025-06-01": False, "2025-06-02": True, "2025-06-03": False},
    ),
    "no known beginning": (
        (None, "2025-06"),
        {"1900-01-01": True, "2025-06-15": True, "2025-07-01": False},
    ),
}


@pytest.mark.parametrize(("span", "days"), LENGTHS.values(), ids=LENGTHS)
def test_what_ends_in_a_year_or_a_month_lasts_through_it(practice_forum, span, days):
    seat = Holding.objects.filter(seat__number="gov-1")
    with writing():
        seat.update(starts=span[0], ends=span[1])

    assert {day: seat.filter(lasting(day)).exists() for day in days} == days


def test_a_chair_stays_when_nobody_sits_in_its_seat(practice_forum):
    with writing():
        Holding.objects.filter(seat__number="exo-1").update(ends="2025-12-31")

    sitting, left = (
        forum_data(practice_forum, on=day)["co_chairs"] for day in ("2025-12-31", "2026-01-01")
    )

    assert len(sitting) == len(left) == CoChair.objects.count() == 2
    assert [chair["person"] for chair in sitting if chair["side"] == "government"] != [None]
    assert [chair["person"] for chair in left if chair["side"] == "government"] == [None]
