"""Asking for updates: letters, reminders, "no word" by the clock, and its going again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from madang.foundation.actors import CLOCK
from madang.foundation.refusals import NotNow
from madang.letters.links import known_link
from madang.letters.models import Letter, TaskLink
from madang.members.actions.focal import hand_over
from madang.members.focal import actor_of_focal
from madang.monitoring import due
from madang.monitoring.actions.periods import fall_silent, set_periods
from madang.monitoring.models import MilestoneReport, ReportingPeriod
from madang.monitoring.rules.updating import Stretch
from madang.planning.models import Plan
from madang.record import log
from tests.makers.plans import SECRETARY
from tests.makers.promises import (
    ASKED,
    NAMED,
    TOLD,
    a_focal_point,
    a_milestone,
    an_entry,
    last_report,
    tell,
    the_period,
)


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T03:00:00+00:00").astimezone(UTC)


def letters(kind: str) -> list[str]:
    return sorted(Letter.objects.filter(kind=kind).values_list("to", flat=True))


@pytest.fixture(autouse=True)
def steps(forum):
    a_milestone("1.1")
    a_milestone("1.2", due="2026-12-31")
    a_milestone("2.1", due=None)


def test_on_its_day_the_clock_asks_each_focal_point_once_a_commitment():
    a_focal_point("lamps")
    a_focal_point("works")
    the_period(asked=False)

    assert due.ask_due(CLOCK, noon("2026-03-31")) == 0
    assert due.ask_due(CLOCK, noon("2026-04-01")) == 1
    assert due.ask_due(CLOCK, noon("2026-04-02")) == 0

    assert letters("update.asked") == ["focal.lamps@office.example", "focal.works@office.example"]
    said = log.said(log.entries()[0])
    assert (said["t"], said["d"]["bodies"], said["d"]["steps"]) == (
        "updates.asked",
        ["lamps", "works"],
        3,
    )


def test_a_division_without_anyone_is_answered_for_by_the_body_above():
    a_focal_point("works")
    the_period()

    assert letters("update.asked") == ["focal.works@office.example"] * 2


def test_the_letter_says_how_it_stood_and_opens_its_page():
    focal = a_focal_point("lamps")
    the_period()

    letter = Letter.objects.get(kind="update.asked")
    assert letter.language == "en"
    assert "22 April 2026" in letter.subject
    token = letter.body.split("/u/")[1].split("/")[0]
    assert (known_link(token).task, known_link(token).holder) == ("update:1-1-1", focal.holder)


def test_who_has_not_answered_is_reminded_once():
    a_focal_point("lamps")
    the_period()
    # 21 days to answer: the reminder comes two weeks before the last of them, 22 April.
    assert due.remind(noon("2026-04-07")) == 0
    due.remind(noon("2026-04-08"))
    due.remind(noon("2026-04-09"))

    assert letters("update.reminded") == ["focal.lamps@office.example"]
    assert TaskLink.objects.filter(task="update:1-1-1").count() == 2


@pytest.mark.parametrize(
    ("last", "reminded"),
    [
        pytest.param(date(2026, 4, 16), "2026-04-02", id="15 days: two weeks before"),
        pytest.param(date(2026, 4, 15), "2026-04-08", id="14 days: the second half"),
        pytest.param(date(2026, 4, 11), "2026-04-06", id="10 days: the second half"),
    ],
)
def test_a_short_time_to_answer_is_reminded_of_in_its_second_half(last, reminded):
    a_focal_point("lamps")
    stretch = Stretch(date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), last)
    set_periods(Plan.objects.get(number=1), periods=[stretch], by=SECRETARY, at=NAMED)
    due.ask_due(CLOCK, ASKED)

    due.remind(noon(reminded) - timedelta(days=1))
    assert letters("update.reminded") == []
    due.remind(noon(reminded))
    assert letters("update.reminded") == ["focal.lamps@office.example"]


def test_who_has_answered_is_not():
    a_focal_point("lamps")
    the_period()
    tell(an_entry(label="1.1"), an_entry(label="1.2"))
    due.remind(noon("2026-04-12"))

    assert letters("update.reminded") == []


def test_two_weeks_before_a_milestones_own_date_one_letter_comes():
    a_focal_point("lamps")
    the_period()
    due.remind(noon("2026-06-15"))
    assert letters("update.due_soon") == []

    due.remind(noon("2026-06-16"))
    due.remind(noon("2026-06-17"))

    assert letters("update.due_soon") == ["focal.lamps@office.example"]


def test_no_word_is_said_by_the_clock_after_30_days_and_goes_with_the_next_update():
    a_focal_point("lamps")
    a_focal_point("lamps", duty="director")
    the_period()
    tell(an_entry(label="1.1"))

    assert due.silent_due(CLOCK, noon("2026-05-22")) == 0
    assert due.silent_due(CLOCK, noon("2026-05-23")) == 1
    assert due.silent_due(CLOCK, noon("2026-05-24")) == 0

    assert last_report("1.1").status == "on_track"
    silent = last_report("1.2")
    assert (silent.status, silent.said_on, silent.reported_by) == ("no_word", "2026-05-23", "clock")
    assert letters("update.missed") == ["director.lamps@office.example"]

    tell(an_entry(label="1.2", base=silent.number), at=noon("2026-05-25"))
    assert last_report("1.2").status == "on_track"


def test_silence_is_said_once_though_a_worker_asks_twice():
    period = the_period()
    fall_silent(period, by=CLOCK, at=noon("2026-05-23"))

    with pytest.raises(NotNow, match="silent_before"):
        fall_silent(period, by=CLOCK, at=noon("2026-05-23"))
    assert MilestoneReport.objects.filter(status="no_word").count() == 3


def test_what_is_done_is_not_asked_for_again():
    a_focal_point("lamps")
    the_period()
    done = an_entry("done", links=("https://lamps.example/",))
    tell(done, an_entry("stopped", label="1.2", cause="other", reason="Taken over elsewhere."))
    fall_silent(the_open_period(), by=CLOCK, at=noon("2026-05-23"))

    silent = MilestoneReport.objects.filter(status="no_word")
    assert [one.milestone.label for one in silent] == ["2.1"]


def the_open_period() -> ReportingPeriod:
    return ReportingPeriod.objects.select_related("plan").get(
        closed_at=None, asked_at__isnull=False
    )


def test_the_next_period_closes_the_one_before():
    first = the_period()
    second = Stretch(date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 22))
    set_periods(Plan.objects.get(number=1), periods=[second], by=SECRETARY, at=TOLD)
    due.ask_due(CLOCK, noon("2026-07-01"))

    first.refresh_from_db()
    assert first.closed_at == noon("2026-07-01")
    assert the_open_period().number == 2


def test_a_time_that_was_asked_for_is_not_cut_again():
    the_period()
    again = Stretch(date(2026, 3, 1), date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 22))

    with pytest.raises(NotNow, match="periods_begun"):
        set_periods(Plan.objects.get(number=1), periods=[again], by=SECRETARY, at=TOLD)


def test_a_successor_is_asked_for_what_still_waits():
    focal = a_focal_point("lamps")
    the_period()
    tell(an_entry(label="1.1"), by=actor_of_focal(focal))

    hand_over(focal, name="Next", email="next@office.example", by=actor_of_focal(focal), at=TOLD)

    letter = Letter.objects.get(kind="update.asked", to="next@office.example")
    assert "1.2" in letter.body and "1.1" not in letter.body.replace("1.1.", "")


def test_one_who_comes_before_any_period_is_only_greeted():
    a_focal_point("lamps")

    assert letters("update.asked") == []
    assert timedelta(0) < ASKED - NAMED
