"""Reminding those who have not answered: few times, never in a hurry."""

from datetime import timedelta

import pytest

from madang.ballots.actions.remind import remind
from madang.ballots.models import Reminder
from madang.foundation.refusals import NotNow
from madang.letters.models import Letter
from tests.makers.ballots import (
    CLOSES,
    DURING,
    OPENS,
    a_closed_ballot,
    a_drafted_ballot,
    an_open_ballot,
    co_chair,
    secretary,
)

pytestmark = pytest.mark.usefixtures("practice_forum")
DAY = timedelta(days=1)


def test_those_who_have_not_answered_get_a_letter_and_nobody_else():
    ballot = an_open_ballot(20)

    event = remind(ballot, by=secretary(), at=DURING)

    assert len(event.seats) == 10
    assert Letter.objects.filter(kind="ballot.reminder").count() == 10


def test_a_co_chair_may_remind_too():
    assert remind(an_open_ballot(29), by=co_chair("civil_society"), at=DURING).number == 1


def test_not_more_often_than_the_rules_say():
    ballot = an_open_ballot()
    for n in range(3):
        remind(ballot, by=secretary(), at=OPENS + (n + 1) * DAY)

    with pytest.raises(NotNow, match=r"ballots\.reminders_spent"):
        remind(ballot, by=secretary(), at=OPENS + 4 * DAY)

    assert Reminder.objects.filter(ballot=ballot).count() == 3


@pytest.mark.parametrize(
    ("after", "refused"),
    [(timedelta(hours=11, minutes=59), True), (timedelta(hours=12), False)],
    ids=["a minute short of twelve hours", "after twelve hours"],
)
def test_never_two_within_twelve_hours(after, refused):
    ballot = an_open_ballot()
    remind(ballot, by=secretary(), at=DURING)

    if refused:
        with pytest.raises(NotNow, match=r"ballots\.reminded_lately"):
            remind(ballot, by=secretary(), at=DURING + after)
    else:
        assert remind(ballot, by=secretary(), at=DURING + after).number == 2


@pytest.mark.parametrize(
    ("make", "at", "code"),
    [
        (a_drafted_ballot, DURING, "ballots.not_open_yet"),
        (an_open_ballot, CLOSES, "ballots.closed"),
        (a_closed_ballot, CLOSES + DAY, "ballots.closed"),
    ],
    ids=["before it opens", "at its close", "once it is closed"],
)
def test_outside_the_window_nobody_is_reminded(make, at, code):
    with pytest.raises(NotNow, match=code):
        remind(make(), by=secretary(), at=at)
