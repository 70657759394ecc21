"""A list of members, however it comes: read, or refused with a sentence, and never anything else."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.foundation.refusals import NotValid
from madang.members.rules.rows import (
    MOST_COLUMNS,
    MOST_ROWS,
    rows_of_file,
    rows_of_text,
    text_of_rows,
)
from tests.makers.sheets import HEADINGS, a_csv, a_spreadsheet, thirty

LIST = [HEADINGS, *thirty()]


def refusal(content):
    with pytest.raises(NotValid) as refused:
        rows_of_file(content)
    return refused.value


def a_package(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        a_csv(LIST, "cp949"),
        a_csv(LIST, "utf-8"),
        a_csv(LIST, "utf-8-sig"),
        a_csv(LIST, "utf-16"),
        a_spreadsheet(LIST),
        a_spreadsheet([["견본시 열린포럼 위원 명단"], [], *LIST]),
        "\n".join("\t".join(row) for row in LIST).encode(),
        "\n".join(";".join(row) for row in LIST).encode(),
    ],
    ids=[
        "CP949",
        "UTF-8",
        "with BOM",
        "UTF-16",
        "xlsx",
        "xlsx under a title",
        "tabs",
        "semicolons",
    ],
)
def test_a_list_reads_the_same_however_it_was_saved(content):
    rows = rows_of_file(content)

    assert [row.name for row in rows] == [f"가상{n}" for n in range(1, 31)]
    assert (rows[8].side, rows[8].chair, rows[8].email) == ("시민사회", "예", "m9@sample.example")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("이름,구분\n가\x00상,정부\n둘,정부".encode(), "가상"),
        ("이름,구분\n가".encode() + b"\xff" + "상,정부\n둘,정부".encode(), "가�상"),
        ("이름,구분\n가".encode("cp949") + b"\xff" + "상,정부\n둘,정부".encode("cp949"), "가�상"),
    ],
    ids=["NUL", "no UTF-8", "no CP949"],
)
def test_a_stray_byte_spoils_its_row_and_not_the_file(content, name):
    assert [row.name for row in rows_of_file(content)] == [name, "둘"]


def test_a_row_keeps_its_number_in_the_file():
    rows = rows_of_file(a_csv([["명단"], [], HEADINGS, *thirty()]))

    assert [row.number for row in rows][:2] == [4, 5]


@pytest.mark.parametrize(
    "heading", ["이름", "성명", "성함", "성명(한글)", "Name", " NAME *", "Full name"]
)
def test_a_column_is_known_by_its_korean_or_english_name(heading):
    [row] = rows_of_text(f"{heading}\tside\n가상\t정부")

    assert (row.name, row.side) == ("가상", "정부")


def test_a_file_without_the_column_says_which_it_found():
    refused = refusal(a_csv([["번호", "소속"], ["1", "견본"]]))

    assert refused.code == "foundation.no_column"
    assert refused.facts == {
        "column": "이름",
        "english": "name",
        "found": "번호, 소속",
        "field": "file",
    }


def test_a_list_without_sides_or_seats_can_seat_nobody():
    assert refusal(a_csv([["성명", "소속"], ["가상", "견본"]])).facts["english"] == "side"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"  \n ", "file_empty"),
        (a_csv([HEADINGS]), "file_empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old_spreadsheet"),
        (b"PK\x03\x04 not really", "not_a_list"),
        (b"\xff\xff\xff\xff\x80", "not_a_list"),
        ("이름,구분\n가상,정부".encode("utf-16-le"), "not_a_list"),
        (a_package({"a.txt": "nothing of a spreadsheet"}), "not_a_list"),
        (a_package({"xl/workbook.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "not_a_list"),
        (a_package({"big.xml": bytes(51 * 1024 * 1024)}), "file_too_large"),
        (b"a" * (2 * 1024 * 1024 + 1), "file_too_large"),
        (a_csv([HEADINGS, *[["가", "", "", "정부"]] * (MOST_ROWS + 1)]), "too_many_rows"),
        (a_csv([HEADINGS, ["가"] * (MOST_COLUMNS + 1)]), "too_many_columns"),
        (a_spreadsheet([HEADINGS, ["가"] * (MOST_COLUMNS + 1)]), "too_many_columns"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_list_is_refused_with_its_reason(content, code):
    assert refusal(content).code == f"foundation.{code}"


def test_a_list_written_out_to_be_mended_reads_as_the_same_list():
    rows = rows_of_text('성명\t구분\t소속\n"가 ""나"""\t정부\t견본, 기관\n다\t시민사회\t')

    again = rows_of_text(text_of_rows(rows))

    assert [dict(row.cells) for row in again] == [
        {"name": '가 "나"', "side": "정부", "organisation": "견본, 기관"},
        {"name": "다", "side": "시민사회", "organisation": ""},
    ]


def read_or_refused(content):
    try:
        assert rows_of_file(content)
    except NotValid as refused:
        assert refused.code.startswith("foundation.")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    read_or_refused(content)


@given(st.binary(max_size=400))
def test_any_bytes_that_call_themselves_a_spreadsheet_are_read_or_refused(content):
    read_or_refused(b"PK\x03\x04" + content)


SHEET = a_spreadsheet([HEADINGS, *thirty()[:2]])


@given(st.integers(0, len(SHEET) - 1), st.binary(min_size=1, max_size=40))
def test_a_damaged_spreadsheet_is_read_or_refused(place, damage):
    read_or_refused(SHEET[:place] + damage + SHEET[place + len(damage) :])


@given(st.text(max_size=200))
def test_any_cell_is_read_and_written_out_without_harm(words):
    rows = (
        rows_of_file(a_csv([["name", "side", "office"], ["가상", "정부", words]], "utf-8-sig"))
        if not _is_odd(words)
        else []
    )

    again = rows_of_text(text_of_rows(rows)) if rows else []

    assert [row.cells for row in again] == [
        {key: value for key, value in row.cells.items() if key != "office" or row.office}
        for row in rows
    ]


def _is_odd(words):
    """What no file holds, or what is refused: half characters, NUL."""
    return any(c == "\x00" or "\ud800" <= c <= "\udfff" for c in words)
