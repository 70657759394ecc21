"""What a body's answer must say, and how its sheet is read."""

import pytest

from madang.consultation.rules.answering import (
    SHEET,
    Answer,
    SheetKnown,
    check_answer,
    cleaned,
    read_sheet,
)
from madang.foundation.refusals import NotValid
from madang.foundation.tables import rows_of_text

NO = Answer(6, "decline", "예산을 아직 확보하지 못했습니다.")
KNOWN = SheetKnown(
    plan=2,
    numbers={5, 6},
    stances={"수용": "accept", "일부수용": "partly", "불수용": "decline", "decline": "decline"},
    given={6: NO},
)


def lines(*rows):
    text = "\n".join(["과제 번호\t과제명\t의견\t의견 내용\t수정 문안\t문서 번호", *rows])
    return list(read_sheet(rows_of_text(text, SHEET), KNOWN))


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"stance": ""}, "consultation.no_stance", "stance-6"),
        ({"stance": "maybe"}, "consultation.no_stance", "stance-6"),
        ({"words": "안 됨"}, "consultation.no_words", "words-6"),
        ({"stance": "partly", "words": ""}, "consultation.no_words", "words-6"),
        ({"words": "가" * 6001}, "consultation.too_long", "words-6"),
        ({"wording": "가" * 6001}, "consultation.too_long", "wording-6"),
        ({"reference": "가" * 81}, "consultation.too_long", "reference-6"),
        ({"wording": "담당 900101-1234567"}, "calls.resident_number", "words-6"),
    ],
)
def test_an_answer_without_a_stance_or_a_reason_is_none(change, code, field):
    with pytest.raises(NotValid) as refused:
        check_answer(Answer(**{**vars(NO), **change}))

    assert (refused.value.code, refused.value.facts["field"]) == (code, field)


def test_whoever_accepts_may_leave_it_at_that():
    check_answer(Answer(6, "accept"))


def test_what_nobody_sees_is_not_kept_and_line_breaks_are():
    answer = cleaned(
        6, stance="decline", words="첫째\x07\r\n\r\n\r\n\r\n둘째 ", reference=" 재정\n-31 "
    )

    assert (answer.words, answer.reference) == ("첫째\n\n둘째", "재정 -31")


def test_a_sheet_is_read_row_by_row():
    new, same, empty = lines(
        "2-5\t\t일부 수용\t때를 한 해 늦춰 주십시오.\t2029년까지\t재정-31",
        "6\t\t불수용\t예산을 아직 확보하지 못했습니다.\t\t",
        "2-6\t고치지 못하는 제목\t\t\t\t",
    )

    assert new.answer == Answer(5, "partly", "때를 한 해 늦춰 주십시오.", "2029년까지", "재정-31")
    assert [one.state for one in (new, same, empty)] == ["new", "same", "empty"]


def test_an_answer_carries_the_version_of_its_sheet_and_is_no_other_for_it():
    text = "과제 번호\t의견\t의견 내용\t판\n5\t수용\t\t3\n6\t불수용\t{}\t셋\n"
    five, six = read_sheet(rows_of_text(text.format(NO.words), SHEET), KNOWN)

    assert five.answer and six.answer
    assert (five.answer.version, six.answer.version) == (3, None)
    assert six.state == "same"
    assert cleaned(6, stance="accept", words="", version="3") == Answer(6, "accept")


def test_another_answer_than_before_takes_attention_and_a_second_row_is_refused():
    first, second = lines("6\t\t수용\t\t\t", "6\t\t불수용\t그래도 안 됩니다, 어렵습니다.\t\t")

    assert (first.state, first.notes[0].code) == ("attention", "consultation.row_said_before")
    assert (second.state, second.notes[0].facts) == ("refused", {"first": 2})


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("7\t\t수용\t\t\t", "consultation.row_not_asked"),
        ("3-6\t\t수용\t\t\t", "consultation.row_not_asked"),
        ("5\t\t글쎄\t\t\t", "consultation.row_no_stance"),
        ("5\t\t\t말만 적었습니다, 길게.\t\t", "consultation.no_stance"),
        ("5\t\t불수용\t\t\t", "consultation.no_words"),
        ("5\t\t수용\t\t\t" + "가" * 90, "consultation.too_long"),
    ],
)
def test_a_row_that_can_not_be_taken_says_why(row, code):
    (line,) = lines(row)

    assert (line.state, line.answer, line.notes[0].code) == ("refused", None, code)
