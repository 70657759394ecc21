"""How long before its opening a vote in writing is known, by the forum's rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.ballots.rules.preparing import check_notice, notice_days
from madang.foundation.refusals import NotValid

DAYS = st.dates(date(2000, 1, 1), date(2199, 1, 1))


def rules(figure):
    return [
        {"key": "quorum", "figure": {"fraction": "1/2"}},
        {"key": "notice-in-writing", "figure": figure},
    ]


@pytest.mark.parametrize("days", [0, 1, 7])
def test_the_rules_figure_is_read(days):
    assert notice_days(rules({"days": days})) == days


@pytest.mark.parametrize("figures", [[], rules(None), rules({})[:1]], ids=["no", "unseen", "other"])
def test_what_is_not_recorded_asks_for_nothing(figures):
    assert notice_days(figures) is None
    check_notice(None, opens_on=date(2028, 2, 28), written_on=date(2028, 2, 28))


@pytest.mark.parametrize("figure", [{"word": "soon"}, {"days": "7"}, {"count": 7}])
def test_a_figure_that_is_no_number_of_days_is_refused_and_not_guessed(figure):
    with pytest.raises(NotValid, match=r"ballots\.rule_not_understood"):
        notice_days(rules(figure))


@given(DAYS, st.integers(1, 400))
def test_the_day_of_writing_is_not_counted_and_the_last_day_of_the_notice_is_enough(written, days):
    opens = written + timedelta(days=days)

    check_notice(days, opens_on=opens, written_on=written)
    with pytest.raises(NotValid, match=r"ballots\.notice_short") as refused:
        check_notice(days, opens_on=opens - timedelta(days=1), written_on=written)

    assert str(refused.value.facts["earliest"]) == opens.isoformat()


@pytest.mark.parametrize(
    ("written", "earliest"),
    [(date(2028, 2, 28), date(2028, 3, 1)), (date(2027, 2, 28), date(2027, 3, 2))],
    ids=["a leap year", "another year"],
)
def test_the_leap_day_is_a_day(written, earliest):
    check_notice(2, opens_on=earliest, written_on=written)
    with pytest.raises(NotValid):
        check_notice(2, opens_on=earliest - timedelta(days=1), written_on=written)


@given(DAYS)
def test_no_notice_lets_a_vote_open_at_once(day):
    check_notice(0, opens_on=day, written_on=day)
    # Nor does it look at an opening that lies behind: the window's own rule does.
    check_notice(0, opens_on=day - timedelta(days=1), written_on=day)
