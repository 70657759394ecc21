"""Registering members from a list: all or none, once, and no name in clear."""

import pytest

from madang.ballots.reading import roll_on
from madang.foundation.actors import LOADER, Role
from madang.foundation.refusals import NotAllowed, NotNow, NotValid
from madang.members.actions.register import register_roll
from madang.members.actors import actor_of
from madang.members.models import Account, Agency, CoChair, Forum, Holding, Person, Seat, Term
from madang.members.rules.rows import rows_of_file
from madang.record import log
from tests.makers.forums import an_open_forum
from tests.makers.lists import FOUNDED, SECRETARY, a_founded_forum
from tests.makers.sheets import HEADINGS, a_csv, thirty


@pytest.fixture
def founded(db):
    an_open_forum()
    return a_founded_forum()


def register(rows, note="", by=SECRETARY, headings=HEADINGS):
    return register_roll(
        Forum.objects.get(pk=1),
        rows=rows_of_file(a_csv([headings, *rows])),
        file="f" * 64,
        note=note,
        by=by,
        at=FOUNDED,
    )


def test_thirty_members_sit_can_sign_in_and_are_on_the_roll(founded):
    event = register(thirty())

    assert (event.members, event.accounts, event.co_chairs) == (30, 30, ["exo-1", "cso-1"])
    assert len(roll_on("2026-01-07")) == 30
    chair = actor_of(Account.objects.get(email="m9@sample.example"), on="2026-01-07")
    assert (chair.seats, chair.has(Role.CO_CHAIR)) == ({"cso-1"}, True)
    assert {c.by for c in CoChair.objects.all()} == {"office", "election"}


def test_the_organisations_of_the_government_side_become_agencies(founded):
    rows = thirty()
    rows[3][1] = rows[2][1]
    register(rows)

    assert list(Agency.objects.values_list("slug", flat=True)) == [
        f"agency-{n}" for n in range(1, 8)
    ]
    assert Person.objects.get(account__email="m4@sample.example").agency.slug == "agency-3"
    assert Person.objects.get(account__email="m9@sample.example").agency is None


def test_no_name_or_address_stands_in_the_record_in_clear(founded):
    register(thirty())

    leaf = bytes(log.entries()[0].leaf)
    assert "가상".encode() not in leaf and b"sample.example" not in leaf
    assert len(leaf) <= 4096


def test_doing_it_twice_adds_nothing(founded):
    register(thirty())
    size = log.size()

    with pytest.raises(NotNow) as refused:
        register(thirty())

    assert refused.value.code == "members.nothing_new"
    assert (Person.objects.count(), Holding.objects.count(), log.size()) == (30, 30, size)


def test_a_later_list_adds_who_is_new(founded):
    register(thirty()[:29], note="한 자리는 아직 비어 있음")

    event = register(thirty())

    assert (event.members, event.counts) == (1, {"civil_society": 1})
    assert Term.objects.get().note.words == {"ko": "한 자리는 아직 비어 있음"}


def test_one_refused_row_keeps_the_whole_list_out(founded):
    rows, size = thirty(), log.size()
    rows[10][0] = ""

    with pytest.raises(NotValid) as refused:
        register(rows)

    assert refused.value.facts == {"count": 1, "numbers": "12"}
    assert (Person.objects.count(), Account.objects.count(), log.size()) == (0, 0, size)


def test_a_number_that_is_not_the_rules_is_allowed_with_a_note(founded):
    rows = [*thirty(), ["가상31", "", "", "시민사회", "m31@sample.example", ""]]

    with pytest.raises(NotValid) as refused:
        register(rows)
    register(rows, note="조례 개정 전까지 한 명을 더 둠")

    assert refused.value.code == "members.note_missing"
    assert Seat.objects.filter(number="cso-23").exists()
    assert Term.objects.get().seats[2] == {
        "class": "civil_society",
        "count": 23,
        "source": "roll-1",
    }


def test_a_list_beyond_all_bounds_makes_no_seats(founded):
    rows = [[f"가상{n}", "", "", "정부", f"m{n}@sample.example", ""] for n in range(2000)]

    with pytest.raises(NotValid) as refused:
        register(rows, note="모두")

    assert refused.value.code == "members.too_many_seats"
    assert (Seat.objects.count(), Person.objects.count()) == (30, 0)


def test_who_sits_already_may_become_co_chair_by_a_later_list(founded):
    rows = thirty()
    rows[8][5] = ""
    register(rows)

    event = register(thirty())

    assert (event.members, event.co_chairs) == (0, ["cso-1"])


def test_a_forum_from_a_file_is_not_changed_from_a_list(forum):
    with pytest.raises(NotNow) as refused:
        register(thirty())

    assert refused.value.code == "members.not_founded"


def test_nobody_but_the_secretariat_registers(founded):
    with pytest.raises(NotAllowed):
        register(thirty(), by=LOADER)
