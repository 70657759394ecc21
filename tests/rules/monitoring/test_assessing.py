"""Which days a report covers, and when it may go out and be published."""

from datetime import date

import pytest

from madang.foundation.refusals import NotNow, NotValid
from madang.monitoring.rules.assessing import (
    check_can_publish,
    check_can_put_out,
    check_can_write,
    check_words,
    covered,
    read_until,
)

PLAN = ("2026-01-01", "2027-12-31")


@pytest.mark.parametrize(
    ("kind", "plan", "on", "days"),
    [
        ("half_year", PLAN, date(2026, 6, 30), None),
        ("half_year", PLAN, date(2026, 7, 1), ("2026-01-01", "2026-06-30")),
        ("half_year", PLAN, date(2026, 12, 31), ("2026-01-01", "2026-06-30")),
        ("half_year", PLAN, date(2027, 1, 1), ("2026-07-01", "2026-12-31")),
        ("half_year", PLAN, date(2030, 1, 1), ("2027-07-01", "2027-12-31")),
        ("half_year", ("2026-03", "2027-02"), date(2026, 8, 1), ("2026-03-01", "2026-06-30")),
        ("half_year", ("2026-03", "2027-02"), date(2026, 3, 2), None),
        ("mid_term", PLAN, date(2026, 2, 1), ("2026-01-01", "2026-12-31")),
        ("mid_term", ("2024", "2027"), date(2026, 2, 1), ("2024-01-01", "2025-12-31")),
        ("end_of_term", ("2024", "2027-02"), date(2026, 2, 1), ("2024-01-01", "2027-02-28")),
        ("end_of_term", ("2024", "2028-02"), date(2026, 2, 1), ("2024-01-01", "2028-02-29")),
    ],
)
def test_a_report_covers_days_that_follow_from_its_kind(kind, plan, on, days):
    if days is None:
        with pytest.raises(NotNow, match="nothing_over_yet"):
            covered(kind, *plan, on)
    else:
        assert covered(kind, *plan, on) == days


def test_a_kind_that_is_none_and_a_plan_without_a_period_are_refused():
    with pytest.raises(NotValid, match="no_assessment_kind"):
        covered("weekly", *PLAN, date(2027, 1, 1))
    with pytest.raises(NotValid, match="no_period_of_plan"):
        covered("mid_term", None, "2027", date(2027, 1, 1))


@pytest.mark.parametrize(
    ("on", "published"),
    [(date(2026, 7, 1), False), (date(2026, 7, 15), False), (date(2026, 7, 16), True)],
)
def test_a_report_is_read_for_two_weeks_before_it_is_published(on, published):
    until = read_until(date(2026, 7, 1)).isoformat()
    if published:
        check_can_publish("put_out", until, on)
    else:
        with pytest.raises(NotNow, match="still_read"):
            check_can_publish("put_out", until, on)


@pytest.mark.parametrize(
    ("state", "code"), [("draft", "not_put_out"), ("published", "published_before")]
)
def test_nothing_else_is_published(state, code):
    with pytest.raises(NotNow, match=code):
        check_can_publish(state, "2026-07-01", date(2027, 1, 1))


def test_what_was_put_out_stands():
    check_can_write("draft")
    for state in ("put_out", "published"):
        with pytest.raises(NotNow, match="assessment_stands"):
            check_can_write(state)
        with pytest.raises(NotNow, match="assessment_stands"):
            check_can_put_out(state, languages=["ko"], there=["ko"])


def test_a_report_goes_out_with_its_summary_in_every_language():
    check_can_put_out("draft", languages=["ko", "en"], there=["ko", "en"])
    with pytest.raises(NotNow) as refused:
        check_can_put_out("draft", languages=["ko", "en"], there=["ko"])
    assert refused.value.facts["languages"] == "en"


def test_words_have_a_length():
    check_words(["x" * 6000, None], "summary")
    with pytest.raises(NotValid, match="words_long"):
        check_words(["x" * 6001], "summary")
