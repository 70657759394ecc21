"""Which step may follow on which state, and for how long an answer's time stands still."""

from datetime import UTC, datetime, timedelta

import pytest

from madang.calls.rules.moderating import (
    FROM,
    check_can_edit,
    check_can_withdraw,
    check_note,
    check_reason,
    check_second,
    check_step,
    stood_still,
)
from madang.calls.rules.words import HiddenFor, ProposalState
from madang.foundation.refusals import Refusal

AT = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)
LAW = {
    "publish": {"received"},
    "ask": {"received", "public"},
    "hide": {"received", "public", "supplement"},
    "restore": {"hidden"},
    "edit": {"received", "public", "supplement"},
    "withdraw": {"received", "public", "supplement"},
    "endorse": {"public", "supplement"},
}


@pytest.mark.parametrize("step", sorted(set(LAW) | set(FROM)))
@pytest.mark.parametrize("state", sorted(ProposalState))
def test_a_step_is_taken_from_its_states_alone(step: str, state: str) -> None:
    if state in LAW[step]:
        check_step(step, state)
    else:
        with pytest.raises(Refusal, match=r"calls\.not_in_this_state"):
            check_step(step, state)


EDITS = [
    ("public", "open", False, None),
    ("public", "closed", False, "calls.edited_too_late"),
    ("supplement", "closed", False, None),
    ("supplement", None, False, None),
    ("public", "open", True, "calls.answered_before"),
    ("hidden", "open", False, "calls.not_in_this_state"),
    ("withdrawn", "open", False, "calls.not_in_this_state"),
]


@pytest.mark.parametrize(("state", "call", "answered", "code"), EDITS)
def test_an_author_changes_a_text_while_nobody_else_works_with_it(
    state: str, call: str | None, answered: bool, code: str | None
) -> None:
    if code is None:
        check_can_edit(state, call=call, answered=answered)
        return
    with pytest.raises(Refusal) as refused:
        check_can_edit(state, call=call, answered=answered)
    assert refused.value.code == code


def test_what_is_answered_is_not_withdrawn_any_more() -> None:
    check_can_withdraw("public", answered=False)
    with pytest.raises(Refusal, match=r"calls\.answered_before"):
        check_can_withdraw("public", answered=True)


@pytest.mark.parametrize("note", ["", "가" * 501])
def test_a_note_is_some_words(note: str) -> None:
    with pytest.raises(Refusal, match=r"calls\.note"):
        check_note(note)


def test_hiding_needs_a_reason_of_the_policy_and_two_persons() -> None:
    assert check_reason("abuse") is HiddenFor.ABUSE
    for reason in ("", "disagreed", "ABUSE"):
        with pytest.raises(Refusal, match=r"calls\.no_hiding_reason"):
            check_reason(reason)
    check_second("secretariat:1", "secretariat:2")
    with pytest.raises(Refusal, match=r"calls\.same_person"):
        check_second("secretariat:1", "secretariat:1")


def test_the_time_stands_still_from_asking_to_what_was_added() -> None:
    steps = [("supplement", AT), ("public", AT + 5 * DAY), ("supplement", AT + 9 * DAY)]

    assert stood_still(steps[:2], AT + 30 * DAY) == 5 * DAY
    assert stood_still(steps, AT + 12 * DAY) == 8 * DAY
    assert stood_still([], AT) == timedelta()
    assert stood_still([("hidden", AT)], AT + DAY) == timedelta()
