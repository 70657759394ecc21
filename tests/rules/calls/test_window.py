"""A call's window and notice: what it must say, and when it may be moved."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from madang.calls.rules.window import (
    CallText,
    check_call,
    check_can_close,
    check_can_end,
    check_can_extend,
    check_can_open,
    check_can_reopen,
    check_can_revise,
    days_of_notice,
    notice_kept,
    notice_on,
    takes_proposals,
)
from madang.foundation.refusals import Refusal
from madang.foundation.texts import Text

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
DAY = timedelta(days=1)
OPENS, CLOSES = AT + 20 * DAY, AT + 50 * DAY
WHY = Text({"ko": "까닭"})


def a_text(**other: Any) -> CallText:
    kept: dict[str, Any] = {
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "answer_by": "2026-08-31",
        "criteria": [Text({"ko": "기준"})],
        "languages": ["ko"],
    }
    return CallText(**{**kept, **other})


def check(text: CallText, *, announced_at: datetime | None = AT) -> None:
    check_call(
        text,
        announced_at=announced_at,
        notice=notice_on("2026-03-02"),
        languages=["ko", "en"],
        closing_day="2026-04-21",
        at=AT,
    )


WRONG = {
    "a plan nobody knows of": ({}, None, "calls.plan_not_announced"),
    "an opening in the past": ({"opens_at": AT - DAY}, AT, "calls.window_past"),
    "a close before the opening": ({"closes_at": OPENS}, AT, "calls.window_backwards"),
    "no criterion": ({"criteria": []}, AT, "calls.no_criteria"),
    "too many criteria": ({"criteria": [WHY] * 13}, AT, "calls.too_many_points"),
    "no language": ({"languages": []}, AT, "calls.no_language"),
    "a language of no forum": ({"languages": ["xx"]}, AT, "calls.no_language"),
    "a month as the answer's day": ({"answer_by": "2026-08"}, AT, "calls.no_answer_date"),
    "an answer before the close": ({"answer_by": "2026-04-21"}, AT, "calls.answer_before_close"),
    "a short notice": ({"opens_at": AT + 13 * DAY}, AT, "calls.notice_short"),
}


@pytest.mark.parametrize(("other", "announced", "code"), WRONG.values(), ids=WRONG)
def test_a_call_that_says_too_little_is_refused(
    other: dict[str, Any], announced: datetime | None, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        check(a_text(**other), announced_at=announced)

    assert refused.value.code == code


def test_fourteen_whole_days_are_enough_and_a_second_less_is_not() -> None:
    check(a_text(opens_at=AT + 14 * DAY))
    with pytest.raises(Refusal, match=r"calls\.notice_short"):
        check(a_text(opens_at=AT + 14 * DAY - timedelta(seconds=1)))


def test_a_short_notice_needs_its_reason() -> None:
    check(a_text(opens_at=AT + DAY, notice_reason=WHY))


def test_the_forums_own_rule_goes_before_the_standard() -> None:
    own = [{"key": "call-notice", "figure": {"days": 21}, "source": "bylaws"}]

    assert (notice_on("2026-03-02").days, notice_on("2026-03-02", own).days) == (14, 21)
    assert notice_on("2026-03-02", [{"key": "call-notice", "figure": None}]).days == 14
    assert "Standard 3" in notice_on("2026-03-02").source


def test_days_of_notice_are_whole_days_and_none_where_nothing_was_public() -> None:
    assert days_of_notice(AT, AT + 2 * DAY - timedelta(seconds=1)) == 1
    assert days_of_notice(None, OPENS) == 0
    assert not notice_kept(None, OPENS, notice_on("2026-03-02"))


def test_proposals_are_taken_until_the_close_and_not_at_it() -> None:
    assert takes_proposals("open", closes_at=CLOSES, at=CLOSES - timedelta(seconds=1))
    assert not takes_proposals("open", closes_at=CLOSES, at=CLOSES)
    assert not takes_proposals("announced", closes_at=CLOSES, at=OPENS)


COURSE = {
    "opened before its time": lambda: check_can_open("announced", opens_at=OPENS, at=AT),
    "opened twice": lambda: check_can_open("open", opens_at=OPENS, at=OPENS),
    "closed before its time": lambda: check_can_close("open", closes_at=CLOSES, at=OPENS),
    "closed unopened": lambda: check_can_close("announced", closes_at=CLOSES, at=CLOSES),
    "rewritten after it opened": lambda: check_can_revise("open", opens_at=OPENS, at=OPENS),
    "rewritten when its time had come": lambda: check_can_revise(
        "announced", opens_at=OPENS, at=OPENS
    ),
    "extended when over": lambda: check_can_extend(
        "closed", closes_at=CLOSES, later=CLOSES + DAY, reason=WHY, at=CLOSES
    ),
    "extended backwards": lambda: check_can_extend(
        "open", closes_at=CLOSES, later=CLOSES, reason=WHY, at=OPENS
    ),
    "extended without a reason": lambda: check_can_extend(
        "open", closes_at=CLOSES, later=CLOSES + DAY, reason=Text(), at=OPENS
    ),
    "ended twice": lambda: check_can_end("ended", reason=WHY),
    "ended without a reason": lambda: check_can_end("open", reason=Text()),
    "opened again while open": lambda: check_can_reopen("open", until=CLOSES, reason=WHY, at=OPENS),
    "opened again for the past": lambda: check_can_reopen(
        "closed", until=OPENS, reason=WHY, at=CLOSES
    ),
    "opened again without a reason": lambda: check_can_reopen(
        "closed", until=CLOSES + DAY, reason=Text(), at=CLOSES
    ),
}


@pytest.mark.parametrize("act", COURSE.values(), ids=COURSE)
def test_what_is_out_of_turn_is_refused(act: Any) -> None:
    with pytest.raises(Refusal):
        act()


def test_what_is_in_turn_is_let_be() -> None:
    check_can_open("announced", opens_at=OPENS, at=OPENS)
    check_can_close("open", closes_at=CLOSES, at=CLOSES)
    check_can_revise("announced", opens_at=OPENS, at=AT)
    check_can_extend("open", closes_at=CLOSES, later=CLOSES + DAY, reason=WHY, at=OPENS)
    check_can_end("closed", reason=WHY)
    check_can_reopen("ended", until=CLOSES + DAY, reason=WHY, at=CLOSES)
