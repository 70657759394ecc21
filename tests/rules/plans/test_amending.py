"""When an adopted plan may be changed, by whom, and what may not be taken from it."""

from datetime import date

import pytest

from madang.foundation.refusals import NotNow, NotValid
from madang.plans.rules.amending import (
    DatedRule,
    RuleKey,
    check_can_amend,
    check_change_reason,
    check_decided,
    check_kind,
    check_meeting,
    check_steps_stay,
    is_late,
    last_day,
    rule_on,
    years_of,
)

OLD = DatedRule("amendment-window", {"years": 1}, "2017", "2021")
NEW = DatedRule("amendment-window", {"years": 2}, "2022-01-01", None)
WINDOW = {"years": 1}


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        ("2016-12-31", None),
        ("2017-01-01", OLD),
        ("2021-12-31", OLD),
        ("2022-01-01", NEW),
        ("2031-01-01", NEW),
    ],
)
def test_the_rule_of_a_day_is_the_one_in_force_on_it(day, rule):
    assert rule_on([OLD, NEW], RuleKey.WINDOW, day) == rule
    assert rule_on([OLD, NEW], RuleKey.REFRESH, day) is None


@pytest.mark.parametrize(
    ("since", "figure", "last"),
    [
        (date(2025, 7, 12), WINDOW, date(2026, 7, 12)),
        (date(2024, 2, 29), WINDOW, date(2025, 2, 28)),
        (date(2024, 2, 29), {"years": 4}, date(2028, 2, 29)),
        (date(2025, 7, 12), None, None),
        (date(2025, 7, 12), {"word": "never"}, None),
    ],
)
def test_a_window_of_years_ends_on_the_same_day_of_its_year(since, figure, last):
    assert last_day(since, figure) == last


@pytest.mark.parametrize(
    ("today", "late"),
    [(date(2026, 7, 11), False), (date(2026, 7, 12), False), (date(2026, 7, 13), True)],
)
def test_a_change_is_late_from_the_day_after_the_last_one(today, late):
    assert is_late(date(2025, 7, 12), WINDOW, today) is late


def test_where_a_day_or_a_rule_is_not_recorded_nothing_is_late():
    assert not is_late(None, WINDOW, date(2040, 1, 1))
    assert not is_late(date(2025, 7, 12), None, date(2040, 1, 1))


@pytest.mark.parametrize(
    ("starts", "ends", "years"),
    [
        ("2021", "2022", 2),
        ("2023-07", "2027-06", 4),
        ("2023", "2027-06", 4),
        ("2026-01-01", "2027-12-31", 2),
        (None, "2027", None),
    ],
)
def test_a_plan_s_length_is_counted_in_years(starts, ends, years):
    assert years_of(starts, ends) == years


def test_a_plan_of_four_years_is_refreshed_midway_and_one_of_two_is_not():
    check_kind("refresh", starts="2023-07", ends="2027-06")
    with pytest.raises(NotNow, match=r"plans\.no_refresh"):
        check_kind("refresh", starts="2026", ends="2027")
    with pytest.raises(NotValid, match=r"plans\.no_change_kind"):
        check_kind("whim", starts="2023-07", ends="2027-06")


@pytest.mark.parametrize("status", ["recorded", "preparing", "announced", "before_forum"])
def test_only_an_adopted_plan_is_amended(status):
    check_can_amend("published")
    with pytest.raises(NotNow, match=r"plans\.not_adopted"):
        check_can_amend(status)


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        (["x" * 19, None], "no_change_reason"),
        ([], "no_change_reason"),
        (["x" * 2001], "change_reason_long"),
    ],
)
def test_a_change_has_a_reason_of_some_length(reason, code):
    check_change_reason(["x" * 20, None])
    check_change_reason(["x" * 2000])
    with pytest.raises(NotValid, match=code):
        check_change_reason(reason)


def test_a_promised_milestone_is_moved_and_never_taken_out():
    check_steps_stay(["6.1", "6.2"], ["6.2", "6.1", None])
    with pytest.raises(NotValid) as refused:
        check_steps_stay(["6.1", "6.2"], ["6.2", None])
    assert refused.value.facts["labels"] == "6.1"


@pytest.mark.parametrize(
    ("decided_by", "word", "code"),
    [
        ("", None, None),
        ("", "keys", None),
        ("", "ballot", "change_wants_ballot"),
        ("meeting:7", "ballot", "change_wants_ballot"),
        ("ballot:7", "ballot", None),
        ("", "meeting", "change_wants_meeting"),
        ("meeting:7", "meeting", None),
        ("ballot:7", "meeting", None),
    ],
)
def test_the_rules_may_want_a_decision_before_the_keys(decided_by, word, code):
    if code is None:
        check_decided(decided_by, word, on_another=False)
    else:
        with pytest.raises(NotNow, match=code):
            check_decided(decided_by, word, on_another=False)


@pytest.mark.parametrize("word", ["ballot", "meeting"])
def test_a_ballot_on_something_else_is_no_decision_of_this(word):
    with pytest.raises(NotNow, match="other_ballot"):
        check_decided("ballot:7", word, on_another=True)


ABOUT = ["change:1-1", "commitment:1-2", "milestone:1-2.4"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"held": "2026-07-12"}, None),
        ({"held": "2026-07-13"}, None),
        ({"held": "2026-07"}, None),
        ({"held": "2026-07-11"}, "meeting_before"),
        ({"held": "2026-06"}, "meeting_before"),
        ({"held": None}, "meeting_before"),
        ({"of_the_forum": False}, "other_meeting"),
        ({"sitting": False}, "meeting_in_writing"),
        ({"agenda": ["", "change:1-1"]}, None),
        ({"agenda": ["milestone:1-2.4"]}, None),
        ({"agenda": ["", "change:1-2"]}, "meeting_without_it"),
        ({"agenda": [""]}, "meeting_without_it"),
    ],
)
def test_a_meeting_decides_what_it_had_before_it_once_it_was_asked_for(given, code):
    asked_of = {"held": "2026-07-12", "of_the_forum": True, "sitting": True, "agenda": [], **given}
    held = asked_of.pop("held")
    if code is None:
        check_meeting(held, date(2026, 7, 12), about=ABOUT, **asked_of)
    else:
        with pytest.raises(NotNow, match=code):
            check_meeting(held, date(2026, 7, 12), about=ABOUT, **asked_of)


@pytest.mark.parametrize("word", ["keys", None])
def test_where_the_keys_are_enough_it_does_not_matter(word):
    check_decided("ballot:7", word, on_another=True)
