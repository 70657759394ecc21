"""What members' marks come to, and who may see whose: every case as a table."""

from itertools import product

import pytest

from madang.foundation.refusals import NotNow, NotValid
from madang.taskforces.rules.sorting import (
    BODY_MOST,
    NEEDED,
    Mark,
    Standing,
    check_body,
    check_can_enter,
    check_can_mark,
    check_can_settle,
    seen_by,
    standing,
)
from madang.taskforces.rules.words import Choice

JOIN, NEW, GROUP, BODY, NOT, LATER = Choice
TABLE = {
    (): Standing.WAITING,
    (LATER,): Standing.WAITING,
    (LATER, LATER): Standing.WAITING,
    (JOIN,): Standing.DECIDED,
    (NEW,): Standing.DECIDED,
    (GROUP,): Standing.DECIDED,
    (BODY,): Standing.DECIDED,
    (LATER, JOIN): Standing.DECIDED,
    (NOT,): Standing.SECOND,
    (NOT, LATER): Standing.SECOND,
    (LATER, NOT): Standing.SECOND,
    (NOT, NOT): Standing.DECIDED,
    (NOT, LATER, NOT): Standing.DECIDED,
    (NOT, JOIN): Standing.TOGETHER,
    (NOT, NEW): Standing.TOGETHER,
    (NOT, GROUP): Standing.TOGETHER,
    (NOT, BODY): Standing.TOGETHER,
}


def marks(choices):
    return [Mark(f"member-{n}", choice) for n, choice in enumerate(choices)]


@pytest.mark.parametrize(("choices", "expected"), TABLE.items())
def test_what_marks_come_to(choices, expected):
    assert standing(marks(choices)) is expected


def test_what_leaves_the_plan_is_never_one_members_press():
    assert NEEDED == {Choice.NOT_IN_PLAN: 2}
    assert all(standing(marks([c])) is not Standing.DECIDED for c in (NOT, LATER))


@pytest.mark.parametrize(("choices", "expected"), TABLE.items())
def test_nobody_sees_another_mark_before_both_have_spoken(choices, expected):
    given = marks(choices)
    for n in range(len(choices) + 1):
        seen = {mark.person for mark in seen_by(given, f"member-{n}")}
        if expected in (Standing.DECIDED, Standing.TOGETHER):
            assert seen == {mark.person for mark in given}
        else:
            assert seen == {f"member-{n}"} & {mark.person for mark in given}


def test_the_order_in_which_two_speak_makes_no_difference():
    for two in product(Choice, repeat=2):
        assert standing(marks(two)) is standing(marks(two[::-1]))


def test_what_is_sorted_or_looked_at_together_takes_no_mark():
    check_can_mark(choice=None, together=False)
    with pytest.raises(NotNow, match=r"taskforces\.sorted_already"):
        check_can_mark(choice="join", together=False)
    with pytest.raises(NotNow, match=r"taskforces\.looked_at_together"):
        check_can_mark(choice=None, together=True)


def test_only_what_is_looked_at_together_is_settled():
    check_can_settle(choice=None, together=True)
    with pytest.raises(NotNow, match=r"taskforces\.not_together"):
        check_can_settle(choice=None, together=False)
    with pytest.raises(NotNow, match=r"taskforces\.sorted_already"):
        check_can_settle(choice="new", together=True)


@pytest.mark.parametrize("entered", [one for one in Choice if one is not LATER])
@pytest.mark.parametrize("by", ["member-0", "member-1", "member-2"])
def test_whoever_chose_not_in_the_plan_does_not_enter_it_too(entered, by):
    given = marks([NOT, NEW])
    if (entered, by) == (NOT, "member-0"):
        with pytest.raises(NotNow, match=r"taskforces\.settled_by_one"):
            check_can_enter(entered, by=by, marks=given)
    else:
        check_can_enter(entered, by=by, marks=given)


def test_a_bodys_name_has_its_bound():
    check_body("가" * BODY_MOST)
    with pytest.raises(NotValid, match=r"taskforces\.body_long"):
        check_body("가" * (BODY_MOST + 1))
