"""By when bodies answer, when that is overdue, and what a request must say."""

from datetime import UTC, datetime, timedelta

import pytest

from madang.consultation.rules.asking import (
    LINKS,
    SOON,
    VERY_OVERDUE,
    WINDOW,
    check_request,
    links_end,
    standing_of,
    step_at,
    usual_due,
)
from madang.consultation.rules.words import Standing, Step
from madang.foundation.figures import figure_on
from madang.foundation.refusals import NotValid

DUE = datetime(2026, 3, 23, 15, 0, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.mark.parametrize("figures", [WINDOW, VERY_OVERDUE, SOON, LINKS])
def test_every_figure_has_a_date_and_a_source_and_the_newest_stands_first(figures):
    assert all(one.days > 0 and one.since and one.source for one in figures)
    assert [one.since for one in figures] == sorted((one.since for one in figures), reverse=True)
    assert figure_on(figures, "9999-12-31") is figures[0]


def test_bodies_have_three_weeks():
    assert usual_due("2026-03-02") == "2026-03-23"


@pytest.mark.parametrize(
    ("answered", "withdrawn", "at", "standing"),
    [
        (None, False, DUE - SECOND, Standing.WAITING),
        (None, False, DUE, Standing.OVERDUE),
        (None, False, DUE + 14 * DAY - SECOND, Standing.OVERDUE),
        (None, False, DUE + 14 * DAY, Standing.VERY_OVERDUE),
        (None, True, DUE + 99 * DAY, Standing.WITHDRAWN),
        (DUE - SECOND, False, DUE + 99 * DAY, Standing.ANSWERED),
        (DUE, False, DUE + DAY, Standing.ANSWERED_LATE),
        (DUE - DAY, True, DUE, Standing.ANSWERED),
    ],
)
def test_the_clock_alone_makes_an_answer_overdue(answered, withdrawn, at, standing):
    assert standing_of(DUE, answered_at=answered, withdrawn=withdrawn, at=at) is standing


@pytest.mark.parametrize(
    ("at", "step"),
    [
        (DUE - 8 * DAY, None),
        (DUE - 7 * DAY, Step.SOON),
        (DUE, Step.OVERDUE),
        (DUE + 14 * DAY, Step.VERY_OVERDUE),
    ],
)
def test_bodies_are_written_to_a_week_before_and_once_it_is_over(at, step):
    assert step_at(DUE, at) is step


def test_a_link_outlives_the_last_day():
    assert links_end(DUE) == DUE + 90 * DAY


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"commitments": []}, "consultation.no_commitments"),
        ({"bodies": []}, "consultation.no_bodies"),
        ({"bodies": ["b"] * 61}, "consultation.too_many"),
        ({"due_on": "next week"}, "consultation.not_a_day"),
        ({"due_on": "20260323"}, "consultation.not_a_day"),
        ({"due_on": "2026-02-30"}, "consultation.not_a_day"),
        ({"due_on": "2026-03-02"}, "consultation.due_past"),
        ({"due_on": "2027-03-02"}, "consultation.due_far"),
        ({"due_on": "2026-03-22"}, "consultation.due_short"),
        ({"due_on": "2026-03-22", "why_shorter": "급함"}, "consultation.due_short"),
        ({"why_shorter": "가" * 301}, "consultation.why_long"),
    ],
)
def test_what_asks_nothing_or_gives_no_time_is_refused(change, code):
    given = {"commitments": [6], "bodies": ["finance"], "due_on": "2026-03-23", "why_shorter": ""}
    given |= {"today": "2026-03-02"} | change

    with pytest.raises(NotValid) as refused:
        check_request(given.pop("commitments"), given.pop("bodies"), **given)

    assert refused.value.code == code


def test_less_time_is_given_for_a_reason():
    check_request(
        [6],
        ["finance"],
        due_on="2026-03-09",
        today="2026-03-02",
        why_shorter="의결 일정이 앞당겨졌습니다.",
    )
