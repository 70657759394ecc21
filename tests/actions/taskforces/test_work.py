"""A group at work: meetings and homework, with a day each."""

import pytest

from madang.foundation.refusals import NotAllowed, NotNow, NotValid
from madang.foundation.texts import Text
from madang.record import log
from madang.taskforces.actions.work import (
    call_group_meeting,
    finish_homework,
    give_homework,
    note_group_meeting,
)
from tests.makers.calls import an_open_call
from tests.makers.groups import SORTED, a_group, members
from tests.makers.plans import both

pytestmark = pytest.mark.usefixtures("practice_forum")


@pytest.fixture
def at_work():
    one, two, stranger = members(3)
    return a_group(an_open_call(), [one, two]), one, stranger


def test_homework_has_two_weeks_unless_another_day_is_said_and_is_done_once(at_work):
    group, worker, _ = at_work
    give_homework(group, task=both("읽기"), by=worker, at=SORTED)
    give_homework(group, task=both("묻기"), due="2026-05-01", by=worker, at=SORTED)

    first, second = group.homework.order_by("number")
    assert (first.due, second.due) == ("2026-04-09", "2026-05-01")
    finish_homework(first, by=worker, at=SORTED)
    with pytest.raises(NotNow):
        finish_homework(first, by=worker, at=SORTED)
    first.refresh_from_db()
    assert first.done_at == SORTED


def test_a_meeting_is_called_and_what_came_of_it_written_down(at_work):
    group, worker, _ = at_work
    call_group_meeting(group, held_on="2026-04-02", agenda=both("초안 3"), by=worker, at=SORTED)

    note_group_meeting(group.meetings.get(), notes=both("합쳤습니다."), by=worker, at=SORTED)

    row = group.meetings.get()
    assert (row.number, row.held_on, row.notes.words["ko"]) == (1, "2026-04-02", "합쳤습니다.")


BAD = {
    "a month is no day": {"held_on": "2026-04"},
    "what is no day at all": {"held_on": "내일"},
    "nothing on it": {"agenda": Text()},
    "an agenda without an end": {"agenda": both("가" * 2001)},
}


@pytest.mark.parametrize("given", BAD.values(), ids=BAD)
def test_what_cannot_be_is_refused_and_recorded_nowhere(at_work, given):
    group, worker, _ = at_work
    size = log.size()

    with pytest.raises(NotValid):
        call_group_meeting(
            group,
            **{"held_on": "2026-04-02", "agenda": both("안건"), **given},
            by=worker,
            at=SORTED,
        )

    assert log.size() == size and not group.meetings.exists()


def test_only_the_group_and_the_secretariat_give_homework(at_work):
    group, _, stranger = at_work

    with pytest.raises(NotAllowed):
        give_homework(group, task=both("읽기"), by=stranger, at=SORTED)
