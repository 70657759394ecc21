"""Updates as a spreadsheet: out with every open step, back with a word for each row."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from madang.monitoring.models import MilestoneReport
from tests.makers.promises import days_ahead, last_report
from tests.pages.test_update import period, reader, the_page  # noqa: F401

pytestmark = pytest.mark.usefixtures("period")


def taken(reader):  # noqa: F811
    answer = reader.get(f"{the_page()}sheet.xlsx")
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def sent(reader, content: bytes, name: str = "updates.xlsx"):  # noqa: F811
    file = SimpleUploadedFile(name, content)
    return reader.post(f"{the_page()}sheet/", {"step": "read", "file": file})


def test_it_goes_out_is_filled_in_and_comes_back(reader):  # noqa: F811
    book = taken(reader)
    sheet = book.worksheets[0]
    assert [sheet.cell(row, 1).value for row in (2, 3)] == ["1.1", "1.2"]
    word = {"ko": "계획대로", "en": "On track"}[reader.language]
    late = {"ko": "늦어짐", "en": "Late"}[reader.language]
    sheet["D2"], sheet["E2"] = word, "Two meetings were held"
    sheet["D3"], sheet["E3"] = late, "Too late, and no cause given"
    filled = io.BytesIO()
    book.save(filled)

    shown = reader.get(sent(reader, filled.getvalue())["Location"])
    page = shown.content.decode()
    assert shown.status_code == 200 and not MilestoneReport.objects.exists()
    key = page.split('name="sheet" value="')[1].split('"')[0]
    for _again in range(2):
        assert reader.post(f"{the_page()}sheet/", {"step": "keep", "sheet": key}).status_code == 302

    assert [one.milestone.label for one in MilestoneReport.objects.all()] == ["1.1"]
    assert last_report().status == "on_track"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        pytest.param("9.9,on track,Done a lot,,,,", "9.9", id="another's step"),
        pytest.param("1.1,wonderful,Done a lot,,,,", "wonderful", id="a state of one's own"),
        pytest.param("1.1,done,Done a lot,,,,", "", id="done without evidence"),
        pytest.param(f"1.2,late,Later,,{days_ahead(-9)},Money,", "", id="the new date before"),
    ],
)
def test_a_row_that_can_not_be_taken_is_said_with_its_number(reader, row, words):  # noqa: F811
    answer = sent(reader, f"step,status,text,link,new date,cause,reason\n{row}\n".encode(), "x.csv")

    page = reader.get(answer["Location"]).content.decode()
    assert "<strong>" in page and words in page
    assert 'value="keep"' not in page


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 old", b"no,headings\n1,2\n", b"\x00\x01"],
    ids=["empty", "broken", "old", "no headings", "no text"],
)
def test_a_broken_sheet_is_said_and_nothing_is_kept(reader, content):  # noqa: F811
    answer = sent(reader, content)

    assert answer.status_code == 400 and 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("key", ["", "999999", "x", "9" * 40])
def test_a_sheet_nobody_sent_is_not_here(reader, key):  # noqa: F811
    answer = reader.post(f"{the_page()}sheet/", {"step": "keep", "sheet": key})

    assert answer.status_code == 404
