"""Personal data in what people write: found by its shape, in whatever way it is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.calls.rules.personal import _checks, holds_resident_number, personal_data

# Invented: dates of birth that are possible, serial numbers nobody was given on purpose.
RESIDENT = {
    "with a dash": "900101-1234567",
    "with a full-width dash": "９００１０１－１２３４５６７",
    "with blanks around it": "900101 - 1234567",
    "with a long dash": "900101–2234567",
    "with invisible signs": "9001\u200b01-123\u200d4567",
    "born in 2001": "010203-3234567",
    "of a foreigner": "900101-5234567",
    "in a sentence": "제 번호는 900101-1234567입니다.",
    "without a dash and with the right check digit": "9001011234568",
}
NOT_RESIDENT = {
    "no such day": "900231-1234567",
    "no such month": "901301-1234567",
    "no such century digit": "900101-9234567",
    "thirteen digits that check nothing": "9001011234567",
    "longer": "1900101-12345678",
    "a product number": "8801234567890",
    "money": "1,130,000원",
    "a date": "2026-03-22 10:00",
}


@pytest.mark.parametrize("text", RESIDENT.values(), ids=RESIDENT)
def test_a_resident_number_is_found(text: str) -> None:
    assert holds_resident_number("앞에 다른 글", text)


@pytest.mark.parametrize("text", NOT_RESIDENT.values(), ids=NOT_RESIDENT)
def test_other_digits_are_none(text: str) -> None:
    assert not holds_resident_number(text)


def test_the_check_digit_is_that_of_the_resident_number() -> None:
    assert [n for n in range(10) if _checks(f"900101123456{n}")] == [8]
    assert len([n for n in range(10) if _checks(f"900101523456{n}")]) == 1


KINDS = {
    "a mobile number": ("010-1234-5678", "telephone"),
    "without dashes": ("01012345678", "telephone"),
    "of Seoul": ("02-2100-1234", "telephone"),
    "of a province": ("031) 123-4567", "telephone"),
    "from abroad": ("+82-10-1234-5678", "telephone"),
    "of the net": ("070-1234-5678", "telephone"),
    "of the net, without dashes": ("07012345678", "telephone"),
    "for life": ("0505-123-4567", "telephone"),
    "for life, of twelve digits": ("0507-1234-5678", "telephone"),
    "of a company": ("1588-1234", "telephone"),
    "of a company, with a long dash": ("1644 – 9000", "telephone"),
    "that a company pays": ("080-123-4567", "telephone"),
    "of Seoul, without dashes": ("0212345678", "telephone"),
    "of Seoul, nine digits": ("021234567", "telephone"),
    "of a province, without dashes": ("03112345678", "telephone"),
    "of Seoul, one dash": ("02-12345678", "telephone"),
    "in brackets": ("(02)2100-1234", "telephone"),
    "of Seoul from abroad": ("+82-2-123-4567", "telephone"),
    "of Seoul from abroad, without dashes": ("+8221234567", "telephone"),
    "from abroad with its zero": ("+82 (0)2 2100 1234", "telephone"),
    "from abroad, without a plus": ("82-31-123-4567", "telephone"),
    "with en dashes": ("010–1234–5678", "telephone"),
    "with em dashes": ("010—1234—5678", "telephone"),
    "with minus signs": ("010−1234−5678", "telephone"),
    "with hard hyphens": ("010\u20111234\u20115678", "telephone"),
    "with horizontal bars": ("02―2100―1234", "telephone"),
    "with a vowel for a dash": ("010ㅡ1234ㅡ5678", "telephone"),
    "with slashes": ("010/1234/5678", "telephone"),
    "with middle dots": ("010·1234·5678", "telephone"),
    "full-width": ("０１０－１２３４－５６７８", "telephone"),
    "an address": ("name@example.kr", "email"),
    "an address with blanks": ("name @ example.co.kr", "email"),
    "an address in Korean": ("이름@한국.kr", "email"),
    "an address in Korean to its end": ("이름@회사.한국", "email"),
    "an address with a Korean host": ("name@한국.kr", "email"),
}
NOTHING = {
    "a number of ours": "제안 5-0412와 5-0413",
    "years": "2020-2021년 1,130건",
    "numbers of ours in a row": "5-0412, 5-0213, 5-1588 – 5-1599",
    "years with a long dash": "2020–2021, 1998–2002년",
    "years of long ago": "1592-1598, 1599–1607년, 1894-1910",
    "a date": "2026-02-22 10:00, 2026.02.22., 02/22/2026",
    "dates from and to": "2025.10.01–2026.02.28, 10/2020–12/2021",
    "a date without dashes": "20260222",
    "a sum": "1,588,1234원, 1억 5880만 원, 82,212,345원, 15,881,234원",
    "from a sum to a sum": "1588-3000원, 1600–2500만 원, ₩1800-3000",
    "a large count": "8221234567원",
    "a law's article": "제15조의2제3항, 제1588조, 법률 제18297호, 제2021-1588호",
    "a small share": "0.0212345678",
    "a hash with digits": "ab0212345678cd",
    "a serial number": "1588-1234-5678-9012",
    "a mention": "여러분 @한국.사람 모두",
    "a place after the sign": "회의 @서울.그리고",
    "an hour": "09:00-18:00",
    "a law": "제5조제2항",
    "a hash": "2f" * 32,
    "a percentage": "3.14159265358979",
    "an at sign": "@시민 여러분",
    "words": "버스 정류장을 소리로 알려 주세요",
}


@pytest.mark.parametrize(("text", "kind"), KINDS.values(), ids=KINDS)
def test_telephones_and_addresses_are_found(text: str, kind: str) -> None:
    assert [one.kind for one in personal_data(f"연락은 {text} 로")] == [kind]


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_what_is_no_personal_data_is_let_be(text: str) -> None:
    assert personal_data(text) == []


@given(st.text(max_size=300))
def test_no_text_whatever_breaks_it(text: str) -> None:
    personal_data(text)


def test_a_long_text_is_read_in_no_time() -> None:
    import time

    began = time.perf_counter()
    for sign in ("1", "1-", "a@", "a.", "0 ", "010-"):
        personal_data(sign * 4000)

    assert time.perf_counter() - began < 2
