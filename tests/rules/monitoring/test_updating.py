"""What an update must say, and how a plan's time is cut into periods."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from madang.foundation.refusals import NotNow, NotValid
from madang.monitoring.rules.status import Said, standing
from madang.monitoring.rules.updating import (
    UNCHANGED,
    Stretch,
    Update,
    check_can_correct,
    check_link,
    check_periods,
    check_update,
    stretches,
)
from madang.monitoring.rules.words import MilestoneStatus

TODAY = date(2026, 6, 10)
SAID = "회의를 두 번 열었습니다."
LINK = ("https://example.org/minutes",)
AHEAD, PASSED = "2026-08-31", "2026-05-31"
DONE = Update("done", SAID, LINK)
LATE = Update("late", SAID, new_due="2026-12-31", cause="budget")
STOPPED = Update(
    "stopped", SAID, cause="change_of_government", reason="새 시정이 방침을 바꿨습니다."
)


def stands(due: str | None = AHEAD, *statuses: str):
    reports = [Said(MilestoneStatus(status), "2026-03-01") for status in statuses]
    return standing(due, reports, TODAY)


def refused(update: Update, due: str | None = AHEAD, *statuses: str, files: int = 0) -> str:
    with pytest.raises(NotValid) as problem:
        check_update(update, stands(due, *statuses), today=TODAY, files=files)
    return problem.value.code.removeprefix("monitoring.")


@pytest.mark.parametrize(
    ("update", "due"),
    [
        pytest.param(Update("on_track", SAID), AHEAD, id="on track, its date ahead"),
        pytest.param(Update("on_track", SAID), "2026-06", id="on track in its last month"),
        pytest.param(Update("on_track", SAID), None, id="on track without a date"),
        pytest.param(LATE, PASSED, id="late with a new date and a cause"),
        pytest.param(replace(LATE, new_due="2026-07"), PASSED, id="a new month will do"),
        pytest.param(DONE, PASSED, id="done with a link"),
        pytest.param(replace(DONE, done_on="2026-06-10"), PASSED, id="done today"),
        pytest.param(STOPPED, AHEAD, id="stopped with cause and reason"),
        pytest.param(
            replace(LATE, cause="other", reason="건물이 물에 잠겼습니다."), PASSED, id="other"
        ),
    ],
)
def test_an_update_that_says_all_it_has_to(update, due):
    check_update(update, stands(due), today=TODAY)


def test_done_with_a_file_needs_no_link():
    check_update(replace(DONE, links=()), stands(), today=TODAY, files=1)


@pytest.mark.parametrize(
    ("update", "due", "code"),
    [
        pytest.param(Update(""), AHEAD, "no_status", id="nothing chosen"),
        pytest.param(Update("no_word", SAID), AHEAD, "no_status", id="no word is the clock's"),
        pytest.param(Update("on_track"), AHEAD, "text_missing", id="nothing told"),
        pytest.param(Update("on_track", "가" * 301), AHEAD, "text_long", id="301 characters"),
        pytest.param(Update("on_track", SAID), PASSED, "date_passed", id="on track after its date"),
        pytest.param(
            Update("not_started", SAID), PASSED, "date_passed", id="not started after its date"
        ),
        pytest.param(replace(DONE, links=()), AHEAD, "no_evidence", id="done without evidence"),
        pytest.param(replace(DONE, done_on="2026-06-11"), AHEAD, "done_ahead", id="done tomorrow"),
        pytest.param(replace(DONE, done_on="soon"), AHEAD, "no_date", id="done some time"),
        pytest.param(replace(DONE, links=("example",)), AHEAD, "link_shape", id="not a link"),
        pytest.param(replace(DONE, links=LINK * 6), AHEAD, "too_many_links", id="six links"),
        pytest.param(replace(LATE, cause=""), PASSED, "no_cause", id="late without a cause"),
        pytest.param(replace(LATE, cause="rain"), PASSED, "no_cause", id="a cause of one's own"),
        pytest.param(replace(LATE, new_due=""), PASSED, "no_new_date", id="late without a date"),
        pytest.param(replace(LATE, new_due="2026-13"), PASSED, "no_date", id="a month 13"),
        pytest.param(
            replace(LATE, new_due=PASSED), PASSED, "new_date_before_old", id="the same date"
        ),
        pytest.param(
            replace(LATE, new_due="2026-05"), PASSED, "new_date_before_old", id="its own month"
        ),
        pytest.param(
            replace(LATE, new_due="2026-06-09"), PASSED, "new_date_past", id="a date behind us"
        ),
        pytest.param(replace(LATE, cause="other"), PASSED, "no_reason", id="other without words"),
        pytest.param(replace(STOPPED, reason=""), AHEAD, "no_reason", id="stopped in silence"),
        pytest.param(replace(STOPPED, reason="가" * 301), AHEAD, "reason_long", id="a long reason"),
    ],
)
def test_an_update_that_does_not(update, due, code):
    assert refused(update, due) == code


def test_unchanged_is_an_answer_where_something_was_said_before():
    check_update(Update(UNCHANGED), stands(AHEAD, "on_track"), today=TODAY)
    assert refused(Update(UNCHANGED), AHEAD) == "nothing_said_yet"


def test_unchanged_is_none_once_the_date_has_passed():
    assert refused(Update(UNCHANGED), PASSED, "on_track") == "date_passed"


def test_unchanged_after_no_word_is_what_was_said_before_it():
    check_update(Update(UNCHANGED), stands(AHEAD, "on_track", "no_word"), today=TODAY)


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("", "link_shape"),
        ("www.example.org", "link_shape"),
        ("https://", "link_shape"),
        ("https:///path", "link_shape"),
        ("https://[::1/x", "link_shape"),
        ("ftp://example.org/x", "link_scheme"),
        ("javascript:alert(1)", "link_scheme"),
        ("data:text/html,x", "link_scheme"),
        ("file:///C:/report.hwp", "link_scheme"),
        ("https://user:word@example.org/", "link_secret"),
        ("https://user@example.org/", "link_secret"),
        ("https://:@example.org/", "link_secret"),
        ("https://exa mple.org/", "link_signs"),
        ('https://example.org/"onclick', "link_signs"),
        ("C:\\report.hwp", "link_signs"),
        ("https://localhost/x", "link_inside"),
        ("http://intranet/minutes", "link_inside"),
        ("http://files.local/x", "link_inside"),
        ("http://127.0.0.1:8000/", "link_inside"),
        ("http://127.1/", "link_inside"),
        ("http://0x7f000001/", "link_inside"),
        ("http://2130706433/", "link_inside"),
        ("http://10.1.2.3/report", "link_inside"),
        ("http://172.16.0.1/", "link_inside"),
        ("http://192.168.0.10/", "link_inside"),
        ("http://169.254.169.254/", "link_inside"),
        ("http://[::1]/", "link_inside"),
        ("http://[fd00::1]/", "link_inside"),
        ("https://example.org/" + "x" * 600, "link_long"),
    ],
)
def test_what_is_no_link_has_its_own_sentence(link, code):
    with pytest.raises(NotValid, match=code):
        check_link(link)


@pytest.mark.parametrize(
    "link",
    [
        "http://example.org",
        "https://예산.한국/자료?쪽=1#둘",
        "http://8.8.8.8/x",
        "https://example.org./a@b",
    ],
)
def test_what_is_one(link):
    check_link(link)


def test_ten_minutes_to_correct():
    made = datetime(2026, 6, 10, 5, 0, tzinfo=UTC)

    check_can_correct(made, made + timedelta(minutes=9, seconds=59))
    with pytest.raises(NotNow, match="too_late_to_correct"):
        check_can_correct(made, made + timedelta(minutes=10))


@pytest.mark.parametrize(
    ("starts", "ends", "months", "edges"),
    [
        pytest.param(
            "2023-12", "2024-06", 3, ["2023-12-01", "2024-03-01", "2024-06-01"], id="by quarters"
        ),
        pytest.param(
            "2023-11-30", "2024-04", 3, ["2023-11-30", "2024-02-29"], id="over a leap day"
        ),
        pytest.param("2024", "2024", 12, ["2024-01-01"], id="one whole year"),
    ],
)
def test_a_plans_time_in_periods(starts, ends, months, edges):
    found = stretches(starts, ends, months=months)

    assert [one.starts.isoformat() for one in found] == edges
    for before, after in pairwise(found):
        assert before.ends + timedelta(days=1) == after.starts
    assert found[-1].ends.isoformat()[:7] == (ends if len(ends) > 4 else f"{ends}-12")


def test_the_letters_go_out_the_day_after_a_period():
    first = stretches("2024", "2024", months=6)[0]

    assert (first.asks_on, first.due_on) == (date(2024, 7, 1), date(2024, 7, 22))


def test_periods_of_five_months_are_none():
    with pytest.raises(NotValid, match="period_months"):
        stretches("2024", "2024", months=5)


A, B = date(2024, 1, 1), date(2024, 3, 31)
C, D = date(2024, 4, 1), date(2024, 4, 20)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        pytest.param([], "no_periods", id="none"),
        pytest.param([Stretch(B, A, C, D)], "period_backwards", id="ends before it starts"),
        pytest.param([Stretch(A, B, D, C)], "period_backwards", id="due before it is asked for"),
        pytest.param(
            [Stretch(A, B, C, D), Stretch(B, D, D, D)], "periods_overlap", id="a day in two"
        ),
    ],
)
def test_periods_that_make_no_sense(given, code):
    with pytest.raises(NotValid, match=code):
        check_periods(given)
