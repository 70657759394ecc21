"""What an answer must say, its words of the law, another look, and a sheet that comes back."""

from datetime import UTC, datetime, timedelta

import pytest

from madang.calls.rules.replying import (
    BY_REASON,
    DISPOSITIONS,
    SHEET,
    Answer,
    Disposition,
    Draft,
    SheetKnown,
    asks_until,
    check_answer,
    check_can_ask_again,
    days_over,
    disposition_of,
    problems,
    read_sheet,
    round_to_write,
)
from madang.calls.rules.words import NotInPlan, Outcome
from madang.foundation.refusals import NotNow, NotValid
from madang.foundation.tables import rows_of_text
from madang.foundation.texts import Text

LONG = "이 제안은 과제 6에 담았습니다. 정류장 백 곳에 먼저 달고, 해마다 늘리며 결과를 알립니다."
AT = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)


def an_answer(**other):
    return Answer(**{"outcome": "in_plan", "text": Text({"ko": LONG}), "agency": "bus", **other})


def codes(**other):
    return [one.code.removeprefix("calls.") for one in problems(an_answer(**other), {"bus"})]


def test_an_answer_that_says_all_is_let_through():
    assert codes() == []
    assert codes(outcome="not_in_plan", reason="needs_law") == []
    assert codes(outcome="passed_on", place="가온상수도공사") == []


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"outcome": ""}, "no_outcome"),
        ({"outcome": "adopted"}, "no_outcome"),
        ({"outcome": "not_in_plan"}, "no_answer_reason"),
        ({"outcome": "not_in_plan", "reason": "because"}, "no_answer_reason"),
        ({"reason": "needs_law"}, "reason_without_cause"),
        ({"outcome": "passed_on"}, "no_place"),
        ({"text": Text({})}, "answer_short"),
        ({"text": Text({"ko": "가" * 39})}, "answer_short"),
        ({"text": Text({"ko": LONG, "en": "No."})}, "answer_short"),
        ({"text": Text({"ko": "가" * 6001})}, "text_long"),
        ({"text": Text({"ko": f"{LONG} 900101-1234567"})}, "resident_number"),
        ({"agency": "nobody"}, "no_agency"),
        ({"place": "가" * 201}, "row_too_long"),
    ],
)
def test_what_is_missing_is_named(other, code):
    assert codes(**other) == [code]
    with pytest.raises(NotValid, match=rf"calls\.{code}"):
        check_answer(an_answer(**other), {"bus"})


def test_every_outcome_has_its_one_word_of_the_law():
    assert set(DISPOSITIONS) == set(Outcome) and set(BY_REASON) <= set(NotInPlan)
    assert {*DISPOSITIONS.values(), Disposition.WITHDRAWN} == set(Disposition)
    assert disposition_of("not_in_plan", "needs_law") == "not_adopted"
    assert disposition_of("not_in_plan", "same_as_another") == "merged"
    assert disposition_of("passed_on") == "transferred"


def test_a_second_answer_needs_a_question():
    assert round_to_write("public", published=0, asked_again=False) == 1
    assert round_to_write("hidden", published=1, asked_again=True) == 2
    for published, asked in ((1, False), (2, True)):
        with pytest.raises(NotNow, match=r"calls\.answered_before"):
            round_to_write("public", published=published, asked_again=asked)
    with pytest.raises(NotNow, match=r"calls\.withdrawn"):
        round_to_write("withdrawn", published=0, asked_again=False)


def test_another_look_is_asked_for_once_and_within_fifteen_days():
    def ask(text="다시 보아 주십시오. 정류장이 아닙니다.", published=AT, before=False, days=1.0):
        at = AT + timedelta(days=days)
        check_can_ask_again(text, published_at=published, asked_before=before, at=at)

    ask()
    ask(days=14.999)
    assert asks_until(AT) == AT + timedelta(days=15)
    for wrong, code in (
        ({"days": 15}, "term_over"),
        ({"before": True}, "asked_before"),
        ({"published": None}, "not_answered"),
        ({"text": "왜?"}, "text_short"),
        ({"text": "가" * 2001}, "text_long"),
        ({"text": "제 번호는 900101-1234567입니다."}, "resident_number"),
    ):
        with pytest.raises((NotNow, NotValid), match=rf"calls\.{code}"):
            ask(**wrong)


def test_days_over_begin_the_day_after_the_promised_one():
    assert [days_over("2026-08-31", day) for day in ("2026-08-31", "2026-09-01", "2026-10-01")] == [
        0,
        1,
        31,
    ]
    assert days_over(None, "2026-09-01") == days_over("2026-08", "2026-09-01") == 0


# --- the sheet ------------------------------------------------------------------------------------

KNOWN = SheetKnown(
    plan=5,
    numbers={1, 2, 3, 412},
    outcomes={"계획에담김": "in_plan", "담지못함": "not_in_plan", "inplan": "in_plan"},
    reasons={"법을먼저고쳐야함": "needs_law"},
    agencies={"bus": "bus", "버스정책과": "bus"},
    subjects={"commitment:5-6", "candidate:5-31"},
    written={2: Draft(2, an_answer(), "")},
    closed={3: "calls.answered_before"},
)


def sheet(*rows):
    text = "\n".join(["번호\t결과\t사유\t답변\t과제\t답변 기관\t한 줄", *rows])
    return list(read_sheet(rows_of_text(text, SHEET), KNOWN))


def test_a_row_becomes_an_answer():
    [line] = sheet(f"5-0412\t계획에 담김\t\t{LONG}\t6\t버스정책과\t고맙습니다")

    assert line.state == "new" and line.draft
    assert (line.draft.number, line.draft.line) == (412, "고맙습니다")
    assert (line.draft.answer.outcome, line.draft.answer.subject) == ("in_plan", "commitment:5-6")


@pytest.mark.parametrize("named", ["후보 31", "후보31", "candidate 31", "candidate:5-31"])
def test_a_row_may_name_a_candidate(named):
    [line] = sheet(f"1\tin plan\t\t{LONG}\t{named}\tbus\t")

    assert line.draft and line.draft.answer.subject == "candidate:5-31"


@pytest.mark.parametrize(
    ("row", "state", "code"),
    [
        ("1\t\t\t\t\t버스정책과\t", "empty", None),
        (f"2\tin plan\t\t{LONG}\t\tbus\t", "same", None),
        (f"2\tin plan\t\t{LONG} 더\t\tbus\t", "attention", "row_written_over"),
        (f"3\tin plan\t\t{LONG}\t\tbus\t", "refused", "answered_before"),
        (f"9\tin plan\t\t{LONG}\t\tbus\t", "refused", "no_proposal_in_plan"),
        (f"4-0001\tin plan\t\t{LONG}\t\tbus\t", "refused", "no_proposal_in_plan"),
        (f"1\t담음\t\t{LONG}\t\tbus\t", "refused", "not_on_the_list"),
        (f"1\t담지 못함\t그냥\t{LONG}\t\tbus\t", "refused", "not_on_the_list"),
        (f"1\t담지 못함\t\t{LONG}\t\tbus\t", "refused", "no_answer_reason"),
        ("1\tin plan\t\t짧음\t\tbus\t", "refused", "answer_short"),
        (f"1\tin plan\t\t{LONG}\t7\tbus\t", "refused", "no_subject"),
        (f"1\tin plan\t\t{LONG}\t후보 7\tbus\t", "refused", "no_subject"),
        (f"1\tin plan\t\t{LONG}\t\t\t", "refused", "no_agency"),
        (f"1\t\t\t{LONG}\t\tbus\t", "refused", "no_outcome"),
    ],
)
def test_every_row_says_what_becomes_of_it(row, state, code):
    [line] = sheet(row)

    assert line.state == state
    assert [note.code for note in line.notes] == ([f"calls.{code}"] if code else [])


def test_two_rows_for_one_proposal_are_one_too_many():
    first, second = sheet(f"1\tin plan\t\t{LONG}\t\tbus\t", f"1\tin plan\t\t{LONG}!\t\tbus\t")

    assert (first.state, second.state) == ("new", "refused")
