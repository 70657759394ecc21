"""The rules of comments on a draft: how long, by whom, what they must be, how they are answered."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from madang.consultation.rules.commenting import (
    WINDOW_RULE,
    WINDOWS,
    Answer,
    Fate,
    RoundText,
    Words,
    check_answer,
    check_can_close,
    check_can_extend,
    check_can_open,
    check_can_publish,
    check_round,
    long_enough,
    problems,
    takes_comments,
    waits_for_a_look,
    window_on,
)
from madang.foundation.refusals import NotNow, NotValid, Refusal
from madang.foundation.texts import Text

OPENS = datetime(2026, 4, 8, 0, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=14)
SECOND = timedelta(seconds=1)
REASON = Text({"ko": "첫 단계에 누구나 내려받을 수 있다고 적었습니다."})


def code_of(call: Any) -> str:
    try:
        call()
    except Refusal as refusal:
        return refusal.code.removeprefix("consultation.comment_")
    return ""


@pytest.mark.parametrize(
    ("days", "enough"),
    [
        pytest.param(timedelta(days=14), True, id="fourteen days to the second are enough"),
        pytest.param(timedelta(days=14) - SECOND, False, id="a second less is not"),
        pytest.param(timedelta(days=30), True, id="longer is always enough"),
    ],
)
def test_a_window_is_long_enough_or_not(days: timedelta, enough: bool) -> None:
    assert long_enough(OPENS, OPENS + days, WINDOWS[0]) is enough


def test_the_forums_own_rule_comes_before_ours() -> None:
    own = {"key": WINDOW_RULE, "figure": {"days": 20}, "source": "rules"}

    assert window_on("2026-04-08").days == 14 and window_on("2026-04-08").source
    assert (window_on("2026-04-08", [own]).days, window_on("2026-04-08", [own]).source) == (
        20,
        "rules",
    )
    assert window_on("2026-04-08", [{"key": WINDOW_RULE, "figure": None}]).days == 14
    assert window_on("1999-01-01").days == 14


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({}, ""),
        ({"opens_at": OPENS - timedelta(days=40)}, "window_past"),
        ({"closes_at": OPENS}, "window_backwards"),
        ({"answer_by": ""}, "no_answer_date"),
        ({"answer_by": "2026-05"}, "no_answer_date"),
        ({"answer_by": "2026-13-40"}, "no_answer_date"),
        ({"answer_by": "2026-04-22"}, "answer_before_close"),
        ({"closes_at": CLOSES - SECOND}, "window_short"),
        ({"closes_at": CLOSES - SECOND, "short_reason": REASON}, ""),
    ],
)
def test_a_window_says_enough_to_be_announced(other: Any, code: str) -> None:
    kept = {"opens_at": OPENS, "closes_at": CLOSES, "answer_by": "2026-05-22", **other}

    def check() -> None:
        check_round(
            RoundText(**kept),
            window=WINDOWS[0],
            closing_day="2026-04-22",
            at=OPENS - timedelta(days=20),
        )

    assert code_of(check) == code


def test_the_window_is_half_open() -> None:
    assert takes_comments("open", closes_at=CLOSES, at=CLOSES - SECOND)
    assert not takes_comments("open", closes_at=CLOSES, at=CLOSES)
    assert not takes_comments("announced", closes_at=CLOSES, at=OPENS)
    check_can_open("announced", opens_at=OPENS, at=OPENS)
    check_can_close("open", closes_at=CLOSES, at=CLOSES)
    for check in (
        lambda: check_can_open("announced", opens_at=OPENS, at=OPENS - SECOND),
        lambda: check_can_open("open", opens_at=OPENS, at=OPENS),
        lambda: check_can_close("open", closes_at=CLOSES, at=CLOSES - SECOND),
        lambda: check_can_close("closed", closes_at=CLOSES, at=CLOSES),
        lambda: check_can_publish("open"),
    ):
        with pytest.raises(NotNow):
            check()


def test_a_close_moves_back_only() -> None:
    check_can_extend("open", closes_at=CLOSES, later=CLOSES + SECOND, reason=REASON, at=OPENS)
    with pytest.raises(NotValid):
        check_can_extend("open", closes_at=CLOSES, later=CLOSES, reason=REASON, at=OPENS)
    with pytest.raises(NotNow):
        later = CLOSES + timedelta(days=1)
        check_can_extend("open", closes_at=CLOSES, later=later, reason=REASON, at=CLOSES)


def test_all_that_is_wrong_is_found_at_once() -> None:
    found = problems(Words(text="", language="ko"), email="", agreed=False)

    assert [one.facts["field"] for one in found] == ["text", "email", "agreed"]


@pytest.mark.parametrize(
    ("text", "waits"),
    [
        ("첫 단계를 더 일찍 시작해 주세요.", False),
        ("첫 단계를 더 일찍. 010-1234-5678", True),
        ("첫 단계를 더 일찍. a@example.kr", True),
    ],
)
def test_what_may_be_personal_waits(text: str, waits: bool) -> None:
    assert waits_for_a_look(Words(text=text, language="ko")) is waits


@pytest.mark.parametrize(
    ("fate", "changed", "whole", "code"),
    [
        (Fate.TAKEN_UP, (1, 2), False, ""),
        (Fate.PARTLY, (1, 2), False, ""),
        (Fate.NOT_TAKEN_UP, None, False, ""),
        (Fate.TAKEN_UP, None, True, ""),
        (Fate.TAKEN_UP, None, False, "no_change"),
        (Fate.TAKEN_UP, (1, 1), False, "not_a_newer_version"),
        (Fate.NOT_TAKEN_UP, (1, 2), False, "change_without_fate"),
        ("joined", None, False, "no_fate"),
    ],
)
def test_what_is_taken_up_changed_a_text(fate: Any, changed: Any, whole: bool, code: str) -> None:
    given = Answer(fate=fate, reason=REASON, changed=changed)

    assert code_of(lambda: check_answer(given, newer={(1, 2)}, on_the_whole=whole)) == code
