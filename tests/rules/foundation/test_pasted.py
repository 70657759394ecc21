"""Pasted text: what nobody sees is taken out and counted, what people read stays."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from madang.drafting.rules.draft import check_direction
from madang.foundation.pasted import Left, tidied
from madang.foundation.refusals import NotValid

PASTED = {
    "zero-width signs": ("버스\u200b \ufeff노\u00ad선", "버스 노선", {Left.INVISIBLE: 3}),
    "spaces that hold together": ("제\xa05\u202f차", "제 5 차", {Left.SPACES: 2}),
    "breaks of a page": ("첫\x0b둘\u2028셋\x0c", "첫\n둘\n셋\n", {Left.BREAKS: 3}),
    "a bullet of a symbol face": ("\uf0b7 하나", "• 하나", {Left.INVISIBLE: 1}),
    "a joiner between letters": ("a\u200db", "ab", {Left.INVISIBLE: 1}),
    "a joiner beside what is taken out": ("a\x80\u200cb", "ab", {Left.INVISIBLE: 2}),
    "a joiner beside a blank": ("a \u200cé", "a é", {Left.INVISIBLE: 1}),
    "letters that show as a blank": ("가\u3164\uffa0나", "가  나", {Left.SPACES: 2}),
    "control signs": ("가\x07나", "가나", {Left.INVISIBLE: 1}),
    "a turned direction": ("가\u202e나\u2066", "가나", {Left.DIRECTION: 2}),
    "tags nobody sees": ("가\U000e0041나", "가나", {Left.INVISIBLE: 1}),
}
PLAIN = {
    "Korean and English": "버스 bus\n\n“따옴표” — 2028. 3. 31.\t끝",
    "Arabic and Hebrew": "الحكومة المفتوحة שקיפות",
    "a family of joined signs": "👩‍👩‍👧 함께",
    "a joiner that Persian needs": "می\u200cخواهم",
    "full-width space": "가　나",
    "signs newer than this Python": "떨림 \U0001fae8, \U00031350",
}


@pytest.mark.parametrize(("pasted", "text", "left"), PASTED.values(), ids=PASTED)
def test_what_came_along_is_taken_out_and_counted(pasted, text, left):
    found = tidied(pasted)

    assert (found.text, found.left) == (text, left)


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_what_people_read_stays(text):
    assert (tidied(text).text, tidied(text).left) == (text, {})


@given(st.text(max_size=40))
@example("\x80\u200c")
@example("\x80\u200cé")
@example("\xa0\u200ca")
@example("a\u200c\u200dé")
def test_a_tidied_text_is_tidy(text):
    once = tidied(text).text

    assert (tidied(once).text, tidied(once).left) == (once, {})
    check_direction(once, field="title")


def test_a_text_that_turns_is_refused():
    with pytest.raises(NotValid):
        check_direction("가\u202e나", field="title")
