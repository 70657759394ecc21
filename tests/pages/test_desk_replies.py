"""Answering at the desk: one answer for many, sheets out and back, all published on one day."""

import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from madang.calls.actions.author import edit_proposal, withdraw_proposal
from madang.calls.actions.moderate import ask_supplement
from madang.calls.actions.window import close_call
from madang.calls.models import Call, Proposal, Reexamination, Reply, ReplySheet
from madang.calls.replying import author_token, counted
from madang.consultation.rules.answering import Answer as Said
from madang.drafting.actions.grow import grow_draft
from madang.foundation.actors import ANONYMOUS, CLOCK, Role
from madang.foundation.texts import Text
from madang.letters.models import Letter
from madang.planning.models import Plan
from madang.web import middleware
from tests.makers.calls import CLOSES, DURING, a_call, a_proposal, an_open_call, some_words
from tests.makers.consultation import a_request, says
from tests.makers.groups import SORTED, a_candidate, a_group, a_placed, members
from tests.makers.plans import SECRETARY
from tests.makers.preparation import a_commitment
from tests.makers.proposal_lists import HEADINGS, ROWS, an_import
from tests.makers.readers import Reader, a_signed_in_client
from tests.makers.replies import ANSWERED, EN, KO, publish, write
from tests.makers.sheets import a_csv
from tests.pages.reading import Page

GOOD = {"outcome": "partly", "agency": "bus", "text-ko": KO, "text-en": EN, "line-2": "고맙습니다."}


@pytest.fixture
def now(monkeypatch: Any) -> list[Any]:
    moment = [ANSWERED]
    monkeypatch.setattr(middleware, "_moment", lambda request: moment[0])
    return moment


@pytest.fixture
def plan(practice_forum: Any, now: list[Any]) -> Plan:
    call = an_open_call()
    a_proposal(call)
    an_import(call.plan)
    return call.plan


@pytest.fixture(params=["ko", "en"])
def officer(request: Any, plan: Plan) -> Reader:
    return a_signed_in_client(Role.SECRETARIAT, request.param)


def there(plan: Plan, page: str = "", **more: Any) -> str:
    query = "&".join(f"{key}={value}" for key, value in {"plan": plan.number, **more}.items())
    return f"/desk/replies/{page}?{query}"


def test_the_counter_and_those_that_wait(officer: Reader, plan: Plan) -> None:
    page = Page(officer.get(there(plan)))

    assert page.faults == [] and page.ids_twice == []
    assert len([one for one in page.all("input") if one.get("name") == "numbers"]) == 4
    write(plan, 1)
    publish(plan)
    assert (
        Page(officer.get(there(plan)))
        .one("h1")
        .text.startswith("1 of 4" if officer.language == "en" else "4건 가운데 1건")
    )
    for wait in ("answered", "written", "asked", "nonsense"):
        assert Page(officer.get(there(plan, wait=wait, q="버스", area="1"))).faults == []
    assert officer.get("/desk/replies/").status_code == 200


def test_one_answer_goes_to_several_with_a_line_for_one(officer: Reader, plan: Plan) -> None:
    form = Page(officer.get(f"{there(plan, 'write/')}&numbers=1&numbers=2"))
    assert form.faults == [] and form.ids_twice == [] and "line-2" in form.ids
    sent = {"plan": str(plan.number), "numbers": ["1", "2"], **GOOD}

    preview = Page(officer.post("/desk/replies/write/", {**sent, "step": "check"}))

    assert preview.faults == [] and not Reply.objects.exists()
    # What is shown first is the reader's language, as on the proposal's own page.
    assert (
        EN if officer.language == "en" else KO
    ) in preview.text and "고맙습니다." in preview.text
    again: dict[str, Any] = {"step": "save"}
    for one in preview.all("input"):
        if one.get("type") == "hidden" and one["name"] != "csrfmiddlewaretoken":
            again[one["name"]] = one["value"]
    assert officer.post("/desk/replies/write/", again).status_code == 302
    assert {(one.proposal.number, one.line) for one in Reply.objects.all()} == {
        (1, ""), (2, "고맙습니다."),
    }  # fmt: skip
    kept = Page(officer.get(f"{there(plan, 'write/')}&numbers=1&numbers=2"))
    assert kept.one("input", id="line-2")["value"] == "고맙습니다."


@pytest.mark.parametrize(
    "other",
    [
        {"outcome": ""},
        {"outcome": "not_in_plan"},
        {"outcome": "passed_on"},
        {"text-ko": "짧습니다.", "text-en": ""},
        {"agency": ""},
        {"subject": "commitment:9-9"},
        {"line-2": "가" * 401},
        {"text-ko": "가" * 6001},
        {"numbers": []},
        {"numbers": ["99"]},
        {"numbers": ["x"]},
        {"numbers": [str(n) for n in range(201)]},
    ],
)
def test_what_is_wrong_is_a_sentence_and_what_was_typed_stays(
    plan: Plan, other: dict[str, Any]
) -> None:
    officer = a_signed_in_client(Role.SECRETARIAT)
    sent = {"plan": str(plan.number), "numbers": ["1", "2"], **GOOD, **other, "step": "save"}

    answer = officer.post("/desk/replies/write/", sent)

    page = Page(answer)
    assert answer.status_code == 400 and page.faults == [] and page.ids_twice == []
    assert not Reply.objects.exists()
    if "numbers" not in other and "text-en" not in other:
        assert EN in answer.content.decode()


def test_all_that_is_written_is_published_at_one_press(officer: Reader, plan: Plan) -> None:
    write(plan, 1, 2)
    shown = Page(officer.get(there(plan, "publish/")))
    assert shown.faults == [] and counted(plan)["answered"] == 0

    assert officer.post("/desk/replies/publish/", {"plan": str(plan.number)}).status_code == 302

    assert counted(plan)["answered"] == 2
    assert officer.post("/desk/replies/publish/", {"plan": str(plan.number)}).status_code == 409
    proposal = Page(Reader(officer.language).get(f"/plans/{plan.number}/proposals/0001/"))
    assert (EN if officer.language == "en" else KO) in proposal.text
    assert "/about/answers/" in " ".join(proposal.links)


# --- the sheet ------------------------------------------------------------------------------------


def the_sheet(officer: Reader, plan: Plan, **more: Any) -> Any:
    answer = officer.get(there(plan, "sheet.xlsx", **more))
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def test_the_sheet_is_locked_but_for_the_answer_and_holds_no_formula(
    officer: Reader, plan: Plan
) -> None:
    an_import(plan, a_csv([HEADINGS, ["201", "=cmd|' /C calc'!A0", "+1 @x", "", "", "", ""]]))
    book = the_sheet(officer, plan, agency="bus")
    sheet = book.worksheets[0]

    assert sheet.protection.sheet and sheet.max_row == 6
    assert [cell.protection.locked for cell in sheet[2]] == [True] * 4 + [False] * 8
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert sheet["B6"].value == "=cmd|' /C calc'!A0" and sheet["B6"].quotePrefix
    assert the_sheet(officer, plan, area="2").worksheets[0].max_row == 2
    assert len(sheet.data_validations.dataValidation) == 3
    assert book.worksheets[1].sheet_state == "hidden"
    assert sheet["L2"].value in ("버스정책과", "Bus Policy Division")


def fill(book: Any, rows: dict[int, list[str]]) -> bytes:
    """Fill the columns E to L of rows as an official does."""
    for number, cells in rows.items():
        for column, value in enumerate(cells, 5):
            book.worksheets[0].cell(row=number, column=column).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send_back(officer: Reader, plan: Plan, content: bytes) -> Any:
    file = SimpleUploadedFile("답변.xlsx", content)
    return officer.post("/desk/replies/sheets/", {"plan": str(plan.number), "file": file})


def words_of(book: Any) -> tuple[str, str]:
    """The first outcome that is "in the plan", and the first reason, as the sheet writes them."""
    lists = book.worksheets[1]
    return lists["A2"].value, lists["B3"].value


def test_a_sheet_comes_back_and_is_seen_before_it_is_kept(officer: Reader, plan: Plan) -> None:
    book = the_sheet(officer, plan, agency="bus")
    inside, _reason = words_of(book)
    content = fill(book, {2: [inside, "", KO, EN], 3: [inside, "", "짧음"], 4: ["아무 말"]})

    sent = send_back(officer, plan, content)
    assert sent.status_code == 302 and not Reply.objects.exists()
    address = sent["Location"].removeprefix("/en")
    page = Page(officer.get(address))
    assert page.faults == [] and page.ids_twice == []
    assert officer.post(address).status_code == 302

    assert [one.proposal.number for one in Reply.objects.all()] == [1]
    assert Page(officer.get(address)).faults == []
    start = Page(officer.get(there(plan, "sheets/")))
    assert start.faults == [] and "답변.xlsx" in start.text
    # The sheet that goes out now holds what is written.
    assert the_sheet(officer, plan).worksheets[0]["G2"].value == KO


OTHERS = "다른 담당자가 먼저 쓴 답변입니다. 이 제안은 과제 3과 함께 다루며 내년 봄에 결과를 알려 드립니다."


def hidden(page: Page) -> dict[str, Any]:
    found = [one for one in page.all("input") if one.get("type") == "hidden"]
    return {one["name"]: one["value"] for one in found if one["name"] != "csrfmiddlewaretoken"}


def test_an_answer_that_another_wrote_meanwhile_is_not_written_over_unread(
    officer: Reader, plan: Plan
) -> None:
    form = Page(officer.get(f"{there(plan, 'write/')}&numbers=1&numbers=2"))
    sent = {**hidden(form), "numbers": ["1", "2"], **GOOD}
    preview = Page(officer.post("/desk/replies/write/", {**sent, "step": "check"}))
    write(plan, 2, text=Text({"ko": OTHERS}), line="봄에 뵙겠습니다.")

    refused = officer.post("/desk/replies/write/", {**hidden(preview), "step": "save"})

    page = Page(refused)
    assert refused.status_code == 409 and page.faults == [] and page.ids_twice == []
    assert [one.text.words["ko"] for one in Reply.objects.all()] == [OTHERS]
    # Both stand there: theirs to be read, what was typed in the form.
    assert OTHERS in page.text and "봄에 뵙겠습니다." in page.text and "theirs" in page.ids
    assert KO in page.text and page.one("input", id="line-2")["value"] == GOOD["line-2"]
    said = "Someone else wrote an answer" if officer.language == "en" else "다른 사람이"
    assert said in page.text
    # Once it was read, it may be written over; and the same press twice is one answer.
    for _press in range(2):
        again = {**sent, **hidden(page), "numbers": ["1", "2"], "step": "save"}
        assert officer.post("/desk/replies/write/", again).status_code == 302
    assert {one.text.words["ko"] for one in Reply.objects.all()} == {KO}


def test_a_sheet_does_not_write_over_what_came_after_it_was_shown(
    officer: Reader, plan: Plan
) -> None:
    back = a_csv([["번호", "결과", "답변", "답변 기관"], ["1", "계획에 담김", KO, "bus"]])
    there_is = officer.get(send_back(officer, plan, back)["Location"].removeprefix("/en"))
    write(plan, 1, text=Text({"ko": OTHERS}))

    address = f"/desk/replies/sheets/{ReplySheet.objects.get().pk}/"
    refused = officer.post(address, hidden(Page(there_is)))

    page = Page(refused)
    assert refused.status_code == 409 and page.faults == [] and OTHERS in page.text
    assert Reply.objects.get().text.words["ko"] == OTHERS
    assert ReplySheet.objects.get().kept_at is None
    assert officer.post(address, hidden(page)).status_code == 302
    assert Reply.objects.get().text.words["ko"] == KO


def test_an_author_who_withdraws_meanwhile_takes_one_row_out_of_a_sheet(
    officer: Reader, plan: Plan
) -> None:
    rows = [["1", "계획에 담김", KO, "bus"], ["2", "계획에 담김", KO, "bus"]]
    back = a_csv([["번호", "결과", "답변", "답변 기관"], *rows])
    address = send_back(officer, plan, back)["Location"].removeprefix("/en")
    withdraw_proposal(Proposal.objects.get(plan=plan, number=2), by=ANONYMOUS, at=DURING)

    page = Page(officer.get(address))

    said = "withdrew" if officer.language == "en" else "철회"
    [row] = [one.text for one in page.all("tr") if said in one.text]
    assert page.faults == [] and KO not in row
    assert officer.post(address, hidden(page)).status_code == 302
    assert [one.proposal.number for one in Reply.objects.all()] == [1]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", "이름\n가".encode(), b"\x00\x01"])
def test_what_is_no_sheet_is_refused_with_a_sentence(plan: Plan, content: bytes) -> None:
    officer = a_signed_in_client(Role.SECRETARIAT)

    answer = send_back(officer, plan, content)

    assert answer.status_code == 400 and Page(answer).faults == []
    assert (
        not ReplySheet.objects.exists()
        and officer.get("/desk/replies/sheets/9/").status_code == 404
    )


# --- the author -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_authors_link_shows_the_answer_and_asks_once(
    plan: Plan, now: list[Any], language: str
) -> None:
    mine, author = Proposal.objects.get(plan=plan, number=1), Reader(language)
    address = f"/answer/{author_token(mine)}/"
    assert Page(author.get(address)).faults == []
    write(plan, 1)
    publish(plan)

    page = Page(author.get(address))
    assert page.faults == [] and page.ids_twice == [] and not Reexamination.objects.exists()
    assert author.post(address, {"step": "helped"}).status_code == 302
    assert Reply.objects.get().helped is True
    short = author.post(address, {"step": "ask", "text": "왜요?"})
    assert short.status_code == 400 and "왜요?" in short.content.decode()
    text = "정류장이 아니라 버스 안에서 들려 달라는 말이었습니다."
    assert author.post(address, {"step": "ask", "text": text}).status_code == 302
    assert author.post(address, {"step": "ask", "text": text}).status_code == 409
    assert text in Page(author.get(address)).text
    public = Page(Reader(language).get(f"/plans/{plan.number}/proposals/0001/"))
    assert text not in public.text
    officer = a_signed_in_client(Role.SECRETARIAT, language)
    assert text in Page(officer.get(f"{there(plan, 'write/')}&numbers=1")).text
    asked, words = there(plan, wait="asked"), ("다시 살펴", "another look")
    desk = Page(officer.get("/desk/"))
    assert any(one in desk.text for one in words)
    assert any(link.endswith(asked) for link in desk.links)
    [waits] = [one for one in Page(officer.get(asked)).all("input") if one.get("name") == "numbers"]
    assert waits["value"].endswith("1")
    assert author.get("/answer/1-no/").status_code == 404


def test_after_the_term_nobody_asks_any_more(plan: Plan, now: list[Any]) -> None:
    mine, author = Proposal.objects.get(plan=plan, number=1), Reader("ko")
    write(plan, 1)
    publish(plan)
    now[0] = ANSWERED + timedelta(days=15)
    address = f"/answer/{author_token(mine)}/"

    assert "ask" not in [one.get("value") for one in Page(author.get(address)).all("button")]
    late = author.post(address, {"step": "ask", "text": "다시 살펴 주십시오. 부탁드립니다."})
    assert late.status_code == 409 and Page(late).faults == []


# --- two people, one afternoon --------------------------------------------------------------------


def test_two_people_one_afternoon(practice_forum: Any, now: list[Any]) -> None:
    """A CP949 list with broken rows in, a sheet out and back, all published: all are answered."""
    plan, officer = a_call().plan, a_signed_in_client(Role.SECRETARIAT)
    broken = [
        *ROWS,
        ["104", "", "", "", "", "", ""],
        ["105", "제목", "900101-1234567", "", "", "", ""],
    ]
    file = SimpleUploadedFile("제안.csv", a_csv([HEADINGS, *broken], "cp949"))
    sent = officer.post("/desk/proposals/import/", {"plan": str(plan.number), "file": file})
    assert officer.post(sent["Location"], {"step": "keep"}).status_code == 302
    assert Proposal.objects.count() == 3

    book = the_sheet(officer, plan, agency="bus")
    inside, reason = words_of(book)
    refused = book.worksheets[1]["A4"].value
    content = fill(
        book,
        {
            2: [inside, "", KO, EN],
            3: [refused, reason, KO, ""],
            4: [inside, "", KO, "", "고맙습니다."],
        },
    )
    back = send_back(officer, plan, content)
    assert officer.post(back["Location"]).status_code == 302
    assert officer.post("/desk/replies/publish/", {"plan": str(plan.number)}).status_code == 302

    told = counted(plan)
    assert (told["answered"], told["all"]) == (3, 3)
    assert Letter.objects.get(kind="proposal.answered").to == "kim@example.kr"
    trail = Page(Reader("ko").get(f"/plans/{plan.number}/proposals/0003/"))
    assert KO in trail.text and "고맙습니다." in trail.text
    fates = Reader("ko").get(f"/plans/{plan.number}/proposals.csv").content.decode("utf-8-sig")
    assert fates.count("\r\n") >= 4 and "정류장 의자를 고쳐 주세요" in fates


# --- what everyone sees ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ko", "en"])
def test_overdue_answers_are_public(plan: Plan, now: list[Any], language: str) -> None:
    there = f"/plans/{plan.number}/proposals/"
    days = ("1일", "1 day ago") if language == "ko" else ("1 day ago", "1일")
    now[0] = datetime(2026, 8, 31, 14, 59, tzinfo=UTC)
    assert days[0] not in Page(Reader(language).get(there)).text
    now[0] = datetime(2026, 8, 31, 15, 1, tzinfo=UTC)
    late = Page(Reader(language).get(there))
    assert late.faults == [] and "4" in late.text and days[0] in late.text
    write(plan, 1, 2, 3, 4)
    publish(plan)

    assert days[0] not in Page(Reader(language).get(there)).text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_overdue_proposal_says_so_on_its_own_page(
    plan: Plan, now: list[Any], language: str
) -> None:
    there = f"/plans/{plan.number}/proposals/0001/"
    to_come, late = {
        "ko": (
            "2026. 8. 31.까지 드립니다",
            "2026. 8. 31.까지 드리기로 한 답변의 기한이 지났",
        ),
        "en": ("It comes by 31 August 2026", "It was promised by 31 August 2026"),
    }[language]
    now[0] = datetime(2026, 8, 31, 14, 59, tzinfo=UTC)
    assert late not in Page(Reader(language).get(there)).text
    now[0] = datetime(2026, 8, 31, 15, 1, tzinfo=UTC)

    page = Page(Reader(language).get(there))

    assert page.faults == [] and late in page.text and to_come not in page.text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_while_its_author_is_asked_for_more_no_answer_is_overdue(
    plan: Plan, now: list[Any], language: str
) -> None:
    there, row = f"/plans/{plan.number}/proposals/", Proposal.objects.get(plan=plan, number=1)
    four, three, still, day = {
        "ko": ("지난 제안 4건", "지난 제안 3건", "멈춥니다", "2026. 8. 31."),
        "en": ("4 answers are", "3 answers are", "stands still", "31 August"),
    }[language]

    def listed(day: int) -> str:
        now[0] = datetime(2026, 9, day, 3, 0, tzinfo=UTC)
        return Page(Reader(language).get(there)).text

    assert four in listed(2)
    ask_supplement(row, note="어느 정류장입니까?", by=SECRETARY, at=DURING)
    assert three in listed(2)
    own = Page(Reader(language).get(f"{there}0001/"))
    assert own.faults == [] and still in own.text and day not in own.text

    later, words = DURING + timedelta(days=6), some_words(title="가온역 앞 정류장")
    edit_proposal(row, words=words, base=1, by=ANONYMOUS, at=later)
    # Its day is six later: the list and its page agree on it.
    for on, many in ((2, three), (6, three), (7, four)):
        assert many in listed(on)
        own = Page(Reader(language).get(f"{there}0001/"))
        late = "드리기로 한" if language == "ko" else "It was promised"
        assert own.faults == [] and (late in own.text) == (many == four)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_was_withdrawn_is_in_no_count_of_answers(
    plan: Plan, now: list[Any], language: str
) -> None:
    there = f"/plans/{plan.number}/proposals"
    write(plan, 1, 2)
    publish(plan)
    gone = Proposal.objects.get(plan=plan, number=3)
    withdraw_proposal(gone, by=ANONYMOUS, at=ANSWERED)
    now[0] = datetime(2026, 9, 2, 3, 0, tzinfo=UTC)
    reader = Reader(language)

    page = Page(reader.get(f"{there}/"))
    done, late, word = {
        "ko": ("3건 가운데 2건", "답변할 날이 지난 제안 1건", "철회함"),
        "en": ("2 of 3 have", "1 answer is overdue", "withdrawn"),
    }[language]
    assert page.faults == [] and done in page.text and late in page.text and word in page.text
    # Each number leads to as many rows.
    found = {
        one: [
            row["number"] for row in reader.get(f"{there}.json?outcome={one}").json()["proposals"]
        ]
        for one in ("waiting", "withdrawn", "in_plan")
    }
    assert found == {"waiting": [4], "withdrawn": [3], "in_plan": [2, 1]}
    for one, numbers in found.items():
        rows = Page(reader.get(f"{there}/?outcome={one}")).links
        assert len({link for link in rows if "/proposals/" in link and link[-2].isdigit()}) == len(
            numbers
        ), rows
    told = counted(plan)
    assert (told["all"], told["answered"], told["left"]) == (3, 2, 1)
    assert reader.get(f"/plans/{plan.number}.json").json()["proposals"]["unanswered"] == 1
    heard = reader.get(f"/plans/{plan.number}/co-creation.json").json()["proposals"]
    assert heard["outcomes"] == {"in_plan": 2, "waiting": 1, "withdrawn": 1}
    for table in (f"{there}.csv", f"/plans/{plan.number}/how-it-was-made/fates.csv"):
        lines = reader.get(table).content.decode("utf-8-sig").splitlines()
        (line,) = [line for line in lines if gone.label in line]
        assert f",{word}," in line

    own = Page(reader.get(f"{there}/0003/"))
    day = "2026. 8. 31." if language == "ko" else "31 August"
    assert own.faults == [] and word in own.text and day not in own.text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_published_plan_says_how_many_have_no_answer(
    practice_forum: Any, now: list[Any], language: str
) -> None:
    plan = Plan.objects.get(number=1)
    an_import(plan)
    words = "3건" if language == "ko" else "3 proposals have no answer yet"
    page = Page(Reader(language).get("/plans/1/"))
    assert page.faults == [] and words in page.text
    assert page.text.count("outcome=waiting") == 0 and any("waiting" in one for one in page.links)
    told = Reader(language).get("/plans/1.json").json()
    assert told["proposals"] == {"all": 3, "unanswered": 3}
    write(plan, 1, 2, 3)
    publish(plan)

    assert not any("waiting" in one for one in Page(Reader(language).get("/plans/1/")).links)


def test_the_desk_says_how_many_wait_for_an_answer_and_when_it_is_time(
    officer: Reader, plan: Plan, now: list[Any]
) -> None:
    address = f"/desk/replies/?plan={plan.number}"

    def button() -> list[str]:
        html = officer.get("/desk/").content.decode()
        return re.findall(rf'class="button[^"]*" href="[^"]*{re.escape(address)}"', html)

    assert button() == [] and any(address in link for link in Page(officer.get("/desk/")).links)
    now[0] = CLOSES
    close_call(Call.objects.get(plan=plan), by=CLOCK, at=CLOSES)
    page = Page(officer.get("/desk/"))
    assert button() != []
    assert ("4 proposals" if officer.language == "en" else "제안 4건") in page.text
    write(plan, 1, 2, 3, 4)
    publish(plan)
    assert not any(address in link for link in Page(officer.get("/desk/")).links)


def test_a_ballot_is_not_the_next_thing_while_the_public_is_asked(
    officer: Reader, plan: Plan, now: list[Any]
) -> None:
    a_commitment(plan, 1, at=ANSWERED)
    address = f"/desk/ballots/new/?plan={plan.number}"

    assert not any(address in link for link in Page(officer.get("/desk/")).links)
    now[0] = CLOSES
    close_call(Call.objects.get(plan=plan), by=CLOCK, at=CLOSES)
    assert any(address in link for link in Page(officer.get("/desk/")).links)


# --- what agencies said of the draft -------------------------------------------------------------

OPINION = "백 곳은 올해 예산으로 어렵고, 예순 곳부터 달 수 있습니다."


@pytest.fixture
def drafted(plan: Plan) -> Proposal:
    """A proposal whose candidate grew into a draft, on which an agency said its opinion."""
    group = a_group(Call.objects.get(plan=plan))
    worker = members(1)[0]
    placement = a_placed(group)[0]
    grow_draft(a_candidate(placement, worker), by=SECRETARY, at=SORTED)
    asked = a_request(
        1, bodies=("bus",), plan=plan.number, at=SORTED, due_on=f"{SORTED + timedelta(30):%F}"
    )
    answer = Said(1, "partly", OPINION, wording="정류장 예순 곳에 먼저 답니다.")
    says(asked, "bus", answer, at=SORTED + timedelta(days=3))
    return placement.proposal


def test_an_answer_is_written_beside_what_agencies_said(
    officer: Reader, plan: Plan, drafted: Proposal
) -> None:
    page = Page(officer.get(there(plan, "write/", numbers=drafted.number)))

    shown = page.one("div", id="opinions").text
    assert OPINION in shown and "정류장 예순 곳" in shown
    assert page.faults == [] and page.ids_twice == []
    # A proposal that lies elsewhere has none, unless it is told it is part of that draft.
    other = Page(officer.get(there(plan, "write/", numbers=1)))
    assert OPINION not in other.text
    form = {"plan": plan.number, "numbers": "1", "subject": f"commitment:{plan.number}-1"}
    refused = Page(officer.post("/desk/replies/write/", {**form, "step": "check"}))
    assert OPINION in refused.one("div", id="opinions").text
