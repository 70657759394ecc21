"""What a proposal must be, and what is said where it is not."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from madang.calls.rules.mailboxes import check_email, probably_meant
from madang.calls.rules.proposing import (
    TEXT_LEAST,
    TEXT_MOST,
    TITLE_MOST,
    Words,
    one_line,
    problems,
    waits_for_a_look,
    whole_text,
)
from madang.foundation.refusals import NotValid

GOOD = {"title": "한 줄 제목", "text": "가" * TEXT_LEAST, "language": "ko"}


def words(**other: object) -> Words:
    return Words(**{**GOOD, **other})  # type: ignore[arg-type]


def codes(*, email: str | None = None, agreed: bool = True, **other: object) -> list[str]:
    return [one.code for one in problems(words(**other), email=email, agreed=agreed)]


WRONG = {
    "no title": ({"title": ""}, "calls.title_missing"),
    "a title of nothing to be seen": ({"title": "\u200b\u3000"}, "calls.title_missing"),
    "a long title": ({"title": "가" * (TITLE_MOST + 1)}, "calls.title_long"),
    "no text": ({"text": ""}, "calls.text_missing"),
    "a short text": ({"text": "가" * (TEXT_LEAST - 1)}, "calls.text_short"),
    "a long text": ({"text": "가" * (TEXT_MOST + 1)}, "calls.text_long"),
    "a resident number": (
        {"text": "제 번호는 900101-1234567입니다. 고쳐 주세요."},
        "calls.resident_number",
    ),
    "one in the title": ({"title": "900101-1234567"}, "calls.resident_number"),
    "one as a name": ({"name": "900101-1234567"}, "calls.resident_number"),
    "a long name": ({"name": "가" * 61}, "calls.name_long"),
    "no address": ({"email": ""}, "calls.email_missing"),
    "no at sign": ({"email": "name.example.kr"}, "calls.email_no_at"),
    "half an address": ({"email": "name@"}, "calls.email_shape"),
    "no tick": ({"agreed": False}, "calls.not_agreed"),
}


@pytest.mark.parametrize(("other", "code"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named(other: dict[str, object], code: str) -> None:
    assert codes(**other) == [code]  # type: ignore[arg-type]


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_form() -> None:
    found = codes(title="", text="", email="", agreed=False)

    assert found == [
        "calls.title_missing",
        "calls.text_missing",
        "calls.email_missing",
        "calls.not_agreed",
    ]


def test_at_the_edges_it_is_right() -> None:
    assert codes(title="가" * TITLE_MOST, text="나" * TEXT_MOST, email="name@example.kr") == []


@pytest.mark.parametrize(
    "text",
    ["전화는 010-1234-5678입니다. 부탁드립니다.", "name@example.kr로 알려 주십시오. 기다립니다."],
)
def test_a_number_that_may_be_an_offices_stops_nobody_and_waits(text: str) -> None:
    assert problems(words(text=text)) == []
    assert waits_for_a_look(words(text=text))
    assert not waits_for_a_look(words())


@given(st.text(max_size=200))
@example("\x80\u200c")
@example("\u2003\u200ca")
@example("e\x80\u0301")
def test_a_line_is_one_line_and_composed(text: str) -> None:
    line = one_line(text)

    assert "\n" not in line and line == line.strip()
    assert one_line(line) == line
    assert unicodedata.normalize("NFC", line) == line


@given(st.text(max_size=200))
@example("\x80\u200c")
@example("\u2003\u200ca")
@example("e\x80\u0301")
def test_a_text_keeps_its_paragraphs_and_no_control_signs(text: str) -> None:
    kept = whole_text(text)

    assert "\n\n\n" not in kept and "\r" not in kept and "\x00" not in kept
    assert whole_text(kept) == kept
    assert unicodedata.normalize("NFC", kept) == kept


ADDRESSES = {
    "gmial.com": "gmail.com",
    "gmai.com": "gmail.com",
    "gmaill.com": "gmail.com",
    "gnail.com": "gmail.com",
    "naver.con": "naver.com",
    "naver.cm": "naver.com",
    "hanmial.net": "hanmail.net",
    "korea.kt": "korea.kr",
    "gmail.com": "",
    "mail.com": "",
    "example.kr": "",
    "seoul.go.kr": "",
}


@pytest.mark.parametrize(("typed", "meant"), ADDRESSES.items(), ids=ADDRESSES)
def test_a_slip_in_a_known_domain_is_noticed(typed: str, meant: str) -> None:
    assert probably_meant(f"name@{typed}") == (f"name@{meant}" if meant else "")


@pytest.mark.parametrize(
    "address",
    [
        "a@b",
        "a b@c.kr",
        "a@@c.kr",
        "a@c..kr",
        ".a@c.kr",
        "a.@c.kr",
        "a@.kr",
        "<a@c.kr>",
        "a@c.kr,b@c.kr",
        "a" * 250 + "@c.kr",
        "@c.kr",
    ],
)
def test_what_no_letter_reaches_is_refused(address: str) -> None:
    with pytest.raises(NotValid):
        check_email(address)


@pytest.mark.parametrize("address", ["name@example.kr", "a.b+c@seoul.go.kr", "이름@예시.한국"])
def test_what_a_letter_may_reach_is_taken(address: str) -> None:
    check_email(address)


@given(st.text(max_size=60))
def test_no_address_whatever_breaks_the_rules(address: str) -> None:
    probably_meant(address)
    try:
        check_email(address)
    except NotValid as problem:
        assert problem.code.startswith("calls.email")
