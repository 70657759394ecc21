"""Updates as a spreadsheet: out with every open step, back with a word for each row."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from madang.drafting.models import Milestone
from madang.monitoring.models import MilestoneReport
from madang.record.guard import writing
from tests.makers.promises import days_ahead, last_report
from tests.pages.reading import Page
from tests.pages.test_update import period, post, reader, the_page  # noqa: F401

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


CSV = "step,status,text,link,new date,cause,reason\n"


def key_of(answer) -> str:
    return answer["Location"].partition("sheet=")[2]


def test_all_that_a_row_says_is_shown_before_it_is_posted(reader):  # noqa: F811
    row = f"1.2,late,Half of it is there,https://a.example/x,{days_ahead(40)},Money,It came late"
    answer = sent(reader, f"{CSV}{row}\n".encode(), "x.csv")

    page = Page(reader.get(answer["Location"]))

    for said in ("Half of it is there", "https://a.example/x", "It came late"):
        assert said in page.text
    assert page.one("time", datetime=days_ahead(40))


def test_what_another_said_meanwhile_is_not_written_over(reader):  # noqa: F811
    answer = sent(reader, f"{CSV}1.1,on track,As the sheet has it,,,,\n".encode(), "x.csv")
    post(reader, status="not_started", text="Said meanwhile on the page.")

    kept = reader.post(f"{the_page()}sheet/", {"step": "keep", "sheet": key_of(answer)})

    assert kept.status_code == 409
    assert [one.text.words["en"] for one in MilestoneReport.objects.all()] == [
        "Said meanwhile on the page."
    ]


def filled_in(book, **cells: str) -> bytes:
    for place, words in cells.items():
        book.worksheets[0][place] = words
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def keep(reader, answer, **chosen):  # noqa: F811
    typed = {"step": "keep", "sheet": key_of(answer), **chosen}
    return reader.post(f"{the_page()}sheet/", typed)


OLD = "As the old sheet has it"


def boxes(page, name: str) -> list[str]:
    return [one["value"] for one in page.all("input") if one.get("name") == name]


def two_rows(reader):  # noqa: F811
    """The sheet as it was taken, and after that something is said of 1.1 on the page."""
    book = taken(reader)
    word, done = {"ko": ("계획대로", "마침"), "en": ("On track", "Done")}[reader.language]
    proof = "https://a.example/x"
    post(reader, status="not_started", text="Said meanwhile on the page.")
    sheet = filled_in(book, D2=word, E2=OLD, D3=done, E3="Nobody else told", F3=proof)
    return sent(reader, sheet)


def told() -> list[tuple[str, str]]:
    rows = MilestoneReport.objects.order_by("pk")
    return [(one.milestone.label, one.text.words[one.language]) for one in rows]


def test_what_was_said_since_the_sheet_was_taken_needs_attention_and_stays(reader):  # noqa: F811
    answer = two_rows(reader)
    page = Page(reader.get(answer["Location"]))

    assert page.one("time", datetime=days_ahead(0))
    assert boxes(page, "left") == ["1.1"] and not page.faults
    assert not [one for one in page.all("input") if "checked" in one.attributes]
    kept = keep(reader, answer, left=boxes(page, "left"))

    assert kept.status_code == 302
    assert told() == [("1.1", "Said meanwhile on the page."), ("1.2", "Nobody else told")]


def test_with_the_tick_the_row_is_posted_on_what_its_page_showed(reader):  # noqa: F811
    answer = two_rows(reader)
    page = Page(reader.get(answer["Location"]))

    kept = keep(reader, answer, left=["1.1"], over=boxes(page, "over"))

    assert kept.status_code == 302
    assert [said for label, said in told() if label == "1.1"] == [
        "Said meanwhile on the page.",
        OLD,
    ]


@pytest.mark.parametrize("ticked", ["1.1 #0", "1.1 #7 2027-12-31", "1.1"])
def test_a_tick_on_what_no_longer_stands_posts_nothing(reader, ticked):  # noqa: F811
    answer = two_rows(reader)

    kept = keep(reader, answer, over=[ticked])

    assert kept.status_code == 409
    assert [label for label, _said in told()] == ["1.1"]


def test_a_date_that_a_change_moved_since_needs_attention_too(reader):  # noqa: F811
    book = taken(reader)
    step = Milestone.objects.get(label="1.1", commitment__plan__number=1)
    with writing():
        Milestone.objects.filter(pk=step.pk).update(due=days_ahead(300))
    word = {"ko": "계획대로", "en": "On track"}[reader.language]
    answer = sent(reader, filled_in(book, D2=word, E2=OLD))

    page = Page(reader.get(answer["Location"]))

    assert boxes(page, "over") == [f"1.1 #0 {days_ahead(300)}"]


def test_the_receipt_says_when_it_was_posted(reader):  # noqa: F811
    answer = sent(reader, f"{CSV}1.1,on track,As the sheet has it,,,,\n".encode(), "x.csv")
    for _twice in range(2):
        kept = reader.post(f"{the_page()}sheet/", {"step": "keep", "sheet": key_of(answer)})

    page = Page(reader.get(kept["Location"].removeprefix("/en")))

    assert page.one("p", role="status") and not page.all("table")
    assert MilestoneReport.objects.count() == 1


@pytest.mark.parametrize("key", ["", "999999", "x", "9" * 40])
def test_a_sheet_nobody_sent_is_not_here(reader, key):  # noqa: F811
    answer = reader.post(f"{the_page()}sheet/", {"step": "keep", "sheet": key})

    assert answer.status_code == 404
