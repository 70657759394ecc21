"""What becomes of each row of a list of members."""

import pytest

from madang.members.rules.roll import ATTENTION, NEW, REFUSED, SAME, Known, Seats, check_roll
from madang.members.rules.rows import rows_of_text
from tests.makers.sheets import HEADINGS, thirty

COUNTS = {"ex_officio": 2, "government": 6, "civil_society": 22}


def roll_of(rows, headings=HEADINGS, **seats):
    text = "\n".join("\t".join(row) for row in [headings, *rows])
    return check_roll(rows_of_text(text), Seats(**{"counts": COUNTS, **seats}))


def one(*cells, **seats):
    [member] = roll_of([cells], **seats).members
    return member


def codes(member):
    return [code.removeprefix("members.row_") for code, _facts in member.notes]


def test_thirty_rows_take_the_thirty_seats_in_their_order():
    roll = roll_of(thirty())

    assert {member.state for member in roll.members} == {NEW}
    assert [member.seat for member in roll.members][:4] == ["exo-1", "exo-2", "gov-1", "gov-2"]
    assert [member.seat for member in roll.to_chair] == ["exo-1", "cso-1"]
    assert roll.off_the_rules == []


@pytest.mark.parametrize(
    ("cells", "state", "code"),
    [
        (["", "견본", "", "정부", "a@b.example"], REFUSED, "no_name"),
        (["가", "", "", "외계", "a@b.example"], REFUSED, "unknown_side"),
        (["가", "", "", "정부", "a.b.example"], REFUSED, "not_an_email"),
        (["가", "", "", "정부", "a@b.example", "아마"], REFUSED, "chair_unclear"),
        (["가" * 101, "", "", "정부", "a@b.example"], REFUSED, "too_long"),
        (["가", "", "", "정부"], ATTENTION, "no_email"),
    ],
    ids=["no name", "unknown side", "no address", "co-chair, maybe", "too long", "no e-mail"],
)
def test_a_row_that_is_not_right_says_why(cells, state, code):
    member = one(*cells)

    assert (member.state, codes(member)) == (state, [code])


def test_an_address_that_stands_twice_names_the_other_row():
    rows = thirty()
    rows[4][4] = "M2@sample.example"

    roll = roll_of(rows)

    [refused] = roll.of(REFUSED)
    assert refused.notes == [("members.row_email_twice", {"other": 3, "name": "가상2"})]


def test_one_more_than_the_rules_have_seats_needs_attention_and_a_note():
    rows = [*thirty(), ["가상31", "", "", "시민사회", "m31@sample.example", ""]]

    roll = roll_of(rows)

    assert codes(roll.members[-1]) == ["beyond"]
    assert [(c.kind, c.rule, c.filled) for c in roll.off_the_rules] == [("civil_society", 22, 23)]


def test_a_seat_may_be_asked_for_and_given_once():
    headings = ["이름", "자리", "email"]
    rows = [["가", "gov-3", "a@b.example"], ["나", "gov-3", "b@b.example"], ["다", "xyz-1", ""]]

    first, second, third = roll_of(rows, headings).members

    assert (first.kind, first.seat, first.state) == ("government", "gov-3", NEW)
    assert codes(second) == ["seat_twice"]
    assert "no_such_seat" in codes(third)


def test_two_chairs_of_one_side_are_one_too_many():
    rows = thirty()
    rows[2][5] = "yes"

    [refused] = roll_of(rows).of(REFUSED)

    assert refused.notes == [("members.row_chair_twice", {"other": 2})]


def test_who_sits_already_is_the_same_and_what_differs_is_refused():
    sits = Known("가상1", "m1@sample.example", "ex_officio", "exo-1", chair=True)

    assert one(*thirty()[0], known=[sits]).state == SAME
    assert codes(one("딴이름", *thirty()[0][1:], known=[sits])) == ["differs"]
    assert one(*thirty()[1], known=[sits]).seat == "exo-2"


def test_an_address_of_the_secretariat_is_not_a_members():
    member = one(*thirty()[0], taken=frozenset({"m1@sample.example"}))

    assert codes(member) == ["email_taken"]
