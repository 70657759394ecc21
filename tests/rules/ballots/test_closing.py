"""When a ballot opens, takes a vote, and closes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.ballots.rules.closing import (
    LONGEST_REASON,
    check_answer,
    check_can_cast,
    check_can_close,
    check_can_open,
    check_is_open,
    check_window,
)
from madang.ballots.rules.tally import Rules, Share, Tally
from madang.ballots.rules.words import BallotStatus
from madang.foundation.refusals import NotNow, NotValid, Refusal

SEOUL, NEW_YORK = ZoneInfo("Asia/Seoul"), ZoneInfo("America/New_York")
TICK = timedelta(microseconds=1)
HALF = Share.of({"fraction": "1/2", "comparator": ">", "base": "roll"})
EARLY, TO_THE_END = Rules(HALF, HALF, early_close=True), Rules(HALF, HALF)
OPENS = datetime(2021, 7, 6, tzinfo=SEOUL)
CLOSES = datetime(2021, 7, 13, tzinfo=SEOUL)
"""24:00 of 12 July in Seoul."""


def refusal(check, *args, **kwargs):
    """The code of a refusal, or nothing."""
    try:
        check(*args, **kwargs)
    except Refusal as refused:
        return refused.code
    return ""


def test_midnight_in_seoul_is_afternoon_in_the_database():
    assert CLOSES.astimezone(UTC) == datetime(2021, 7, 12, 15, 0, tzinfo=UTC)


WINDOW = {
    "before it opens": (OPENS - TICK, "ballots.too_early", "ballots.still_open"),
    "on the moment it opens": (OPENS, "", "ballots.still_open"),
    "just after it opened": (OPENS + TICK, "", "ballots.still_open"),
    "the last moment of 12 July": (CLOSES - TICK, "", "ballots.still_open"),
    "24:00 of 12 July": (CLOSES, "", ""),
    "after it": (CLOSES + TICK, "", ""),
}


@pytest.mark.parametrize("zone", [UTC, SEOUL, NEW_YORK], ids=str)
@pytest.mark.parametrize(("at", "opens", "closes"), WINDOW.values(), ids=WINDOW)
def test_the_window_is_half_open_wherever_the_clock_hangs(at, opens, closes, zone):
    at, begins, ends = (moment.astimezone(zone) for moment in (at, OPENS, CLOSES))
    waiting = Tally(yes=29, not_returned=1)

    assert refusal(check_can_open, "keyed", opens_at=begins, at=at) == opens
    assert refusal(check_can_close, waiting, EARLY, closes_at=ends, by_clock=True, at=at) == closes
    assert refusal(check_can_cast, "open", closes_at=ends, at=at) == (
        "" if at < ends else "ballots.closed"
    )


LEAP = {
    "24:00 of 28 February is the 29th in a leap year": (2028, 2, 29),
    "24:00 of 28 February is 1 March in any other": (2027, 3, 1),
}


@pytest.mark.parametrize("day", LEAP.values(), ids=LEAP)
def test_a_vote_on_the_last_moment_of_february_28_counts(day):
    closes = datetime(*day, tzinfo=SEOUL)
    last = datetime(day[0], 2, 28, 23, 59, 59, 999_999, tzinfo=SEOUL)

    assert closes - last == TICK
    assert refusal(check_can_cast, "open", closes_at=closes, at=last.astimezone(UTC)) == ""
    assert refusal(check_can_cast, "open", closes_at=closes, at=closes.astimezone(UTC)) != ""


def test_a_window_over_the_leap_day_takes_votes_on_it():
    closes = datetime(2028, 3, 1, tzinfo=SEOUL)

    assert (
        refusal(check_can_cast, "open", closes_at=closes, at=datetime(2028, 2, 29, 14, tzinfo=UTC))
        == ""
    )


@given(st.integers(-3_000_000, 3_000_000))
def test_new_york_loses_and_wins_an_hour_and_the_window_neither(seconds):
    """Their clocks went back on 7 November 2021 at 6:00 UTC; the ballot closes at that moment."""
    closes = datetime(2021, 11, 7, 6, 0, tzinfo=UTC)
    at = closes + timedelta(seconds=seconds)

    code = refusal(
        check_can_cast, "open", closes_at=closes.astimezone(SEOUL), at=at.astimezone(NEW_YORK)
    )
    assert (code == "") == (seconds < 0)


STATUSES = {
    "recorded": "ballots.closed",
    "draft": "ballots.not_open_yet",
    "keyed": "ballots.not_open_yet",
    "open": "",
    "closed": "ballots.closed",
    "annulled": "ballots.closed",
}


@pytest.mark.parametrize("status", BallotStatus)
def test_only_an_open_ballot_takes_votes_whatever_the_clock_says(status):
    assert refusal(check_is_open, status) == STATUSES[status]
    assert refusal(check_can_cast, status, closes_at=CLOSES, at=OPENS) == STATUSES[status]


@pytest.mark.parametrize("status", sorted(set(BallotStatus) - {"keyed"}))
def test_only_a_keyed_ballot_opens(status):
    assert refusal(check_can_open, status, opens_at=OPENS, at=OPENS) == "ballots.not_keyed"


def test_a_clock_set_back_does_not_open_a_closed_ballot_again():
    assert refusal(check_can_cast, "closed", closes_at=CLOSES, at=OPENS) == "ballots.closed"


BEFORE_ITS_TIME = {
    "everyone answered and the rules close early": (Tally(yes=30), EARLY, ""),
    "everyone answered but the rules wait": (Tally(yes=30), TO_THE_END, "ballots.still_open"),
    "one seat is missing": (Tally(yes=29, not_returned=1), EARLY, "ballots.still_open"),
    "the last one is recused": (Tally(yes=29, recused=1), EARLY, ""),
    "nobody answered": (Tally(not_returned=30), EARLY, "ballots.still_open"),
}


@pytest.mark.parametrize("by_clock", [True, False], ids=["the clock", "a member"])
@pytest.mark.parametrize(("counted", "law", "code"), BEFORE_ITS_TIME.values(), ids=BEFORE_ITS_TIME)
def test_before_its_time_a_ballot_closes_with_the_last_answer_alone(counted, law, code, by_clock):
    at = CLOSES - TICK
    found = refusal(check_can_close, counted, law, closes_at=CLOSES, by_clock=by_clock, at=at)

    assert found == code


def test_no_person_closes_a_ballot_because_it_is_time():
    with pytest.raises(NotNow) as refused:
        check_can_close(
            Tally(yes=27, not_returned=3), EARLY, closes_at=CLOSES, by_clock=False, at=CLOSES
        )

    assert refused.value.facts == {"waited_for": 3}


WINDOWS = {
    "an hour": (OPENS, OPENS + timedelta(hours=1), ""),
    "closes as it opens": (OPENS, OPENS, "ballots.window_backwards"),
    "closes before it opens": (CLOSES, OPENS, "ballots.window_backwards"),
    "closes now": (OPENS - timedelta(days=9), OPENS - timedelta(days=7), "ballots.window_past"),
    "closes a moment from now": (OPENS - timedelta(days=9), OPENS - timedelta(days=7) + TICK, ""),
}


@pytest.mark.parametrize(("opens", "closes", "code"), WINDOWS.values(), ids=WINDOWS)
def test_a_window_lies_ahead_and_forwards(opens, closes, code):
    assert refusal(check_window, opens, closes, at=OPENS - timedelta(days=7)) == code


ANSWERS = {
    "yes": ("yes", "", ""),
    "yes with a reason": ("yes", "It is a good plan.", ""),
    "abstain": ("abstain", "", ""),
    "recused": ("recused", "", ""),
    "no with a reason": ("no", "Too hasty.", ""),
    "no without one": ("no", "", "ballots.reason_missing"),
    "no with blanks for a reason": ("no", " \t\n\u3000", "ballots.reason_missing"),
    "nothing chosen": ("", "", "ballots.no_choice"),
    "something else chosen": ("maybe", "", "ballots.no_choice"),
    "the word for silence": ("not_returned", "", "ballots.no_choice"),
    "a reason of the most characters": ("no", "가" * LONGEST_REASON, ""),
    "a reason of one more": ("yes", "가" * (LONGEST_REASON + 1), "ballots.reason_too_long"),
}


@pytest.mark.parametrize(("choice", "reason", "code"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_is_a_choice_and_a_no_has_a_reason(choice, reason, code):
    assert refusal(check_answer, choice, reason) == code


def test_the_refusals_of_an_answer_are_about_what_was_typed():
    with pytest.raises(NotValid) as refused:
        check_answer("no", "x" * (LONGEST_REASON + 1))

    assert refused.value.facts == {"most": LONGEST_REASON}
