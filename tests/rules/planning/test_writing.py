"""When a plan's text may be written, and who sees it before the forum does."""

import pytest

from madang.foundation.actors import Actor, Role
from madang.foundation.refusals import NotNow, NotValid
from madang.foundation.texts import Text
from madang.planning.rules.permissions import sees_drafts
from madang.planning.rules.writing import Direction, Heading, check_can_write, check_direction

TODAY = "2026-11-23"
OPEN = {
    "a plan being prepared": ("preparing", None, "2028"),
    "one that the forum did not adopt": ("before_forum", None, "2028"),
    "one from a source that has not begun": ("recorded", None, "2028-01-01"),
}
CLOSED = {
    "its text is before the forum": ("before_forum", "ballot:8", "2028", "planning.before_forum"),
    "from a source, before the forum": ("recorded", "ballot:8", "2028", "planning.before_forum"),
    "published": ("published", None, "2028", "planning.published"),
    "published by the ballot that froze it": (
        "published",
        "ballot:8",
        "2028",
        "planning.published",
    ),
    "withdrawn": ("withdrawn", None, "2028", "planning.withdrawn"),
    "from a source, begun": ("recorded", None, "2026-11-23", "planning.history"),
    "from a source, in this year": ("recorded", None, "2026", "planning.history"),
    "from a source without a date": ("recorded", None, None, "planning.history"),
}


@pytest.mark.parametrize(("status", "frozen", "starts"), OPEN.values(), ids=OPEN)
def test_a_plan_is_written_until_it_is_before_the_forum(status, frozen, starts):
    check_can_write(status, frozen_by=frozen, starts=starts, today=TODAY)


@pytest.mark.parametrize(("status", "frozen", "starts", "code"), CLOSED.values(), ids=CLOSED)
def test_a_plan_is_not_written_when(status, frozen, starts, code):
    with pytest.raises(NotNow) as refused:
        check_can_write(status, frozen_by=frozen, starts=starts, today=TODAY)

    assert refused.value.code == code


@pytest.mark.parametrize("role", sorted(Role))
def test_members_those_of_groups_and_the_secretariat_see_drafts_and_nobody_else(role):
    reader = Actor(roles=frozenset({Role.ANONYMOUS, role}))

    seen_by = (Role.MEMBER, Role.CO_CHAIR, Role.SECRETARIAT, Role.GROUP_MEMBER)
    assert sees_drafts(reader) == (role in seen_by)


def a_direction(**other):
    kept = {"title": Text({"ko": "제3차"}), "starts": "2030", "ends": "2031-12"}
    return Direction(**{**kept, **other})


REFUSED = {
    "no title": ({"title": Text({"ko": None})}, "planning.no_title"),
    "no end": ({"ends": None}, "planning.no_period"),
    "an end before the beginning": ({"ends": "2029"}, "planning.ends_before_it_begins"),
    "thirteen visions": (
        {"visions": [Heading(None, Text({"ko": "비전"}))] * 13},
        "planning.too_many_headings",
    ),
    "a stage on no day": ({"announced": {"call": ("soon", None)}}, "planning.not_a_date"),
}


@pytest.mark.parametrize(("other", "code"), REFUSED.values(), ids=REFUSED)
def test_a_direction_that_makes_no_sense_is_refused(other, code):
    with pytest.raises(NotValid) as refused:
        check_direction(a_direction(**other))

    assert refused.value.code == code


def test_a_direction_may_leave_its_timeline_open():
    check_direction(a_direction(announced={"call": ("2029-03", None)}))
