"""What one comes to by a mailed link or number: an update, a consultation, a word on a step."""

import io
import re
from collections.abc import Callable, Iterator

import openpyxl
from playwright.sync_api import FilePayload, Page, Response

from tests.journeys.steps import fill, letter, mailed_code, press
from tests.journeys.visits import Visit, in_language

MAIN = "main form .button"
DONE = "부서마다 쓰는 목록을 모아 한 표로 옮기고 있습니다."
CITIZEN = "reader@people.gaon.example"
REMARK = "이 단계에서 무엇이 달라졌는지 사진과 함께 보여 주시면 좋겠습니다."
SUCCESSOR = "new@practice.example"
STEP = "/plans/1/commitments/3/milestones/3.2/"
Go = Callable[[Page], Response | None]


class Links:
    """A practice forum in one language, and where its letters lead; each method a group of pages."""

    def __init__(self, site: str, language: str) -> None:
        self.site, self.prefix = site, site + in_language("", language)
        self.mine, self.taken = "", b""

    def at(self, path: str) -> Go:
        return lambda page: page.goto(f"{self.prefix}{path}")

    def by_letter(self, page: Page, route: str, *said: str) -> Response | None:
        """Open the page that the newest letter of which all of this is said leads to."""
        if route == "u":
            # What asks for an update stands in a list of its own.
            page.goto(f"{self.site}/practice/letters/")
            asked = page.locator("main tbody tr, #asked ~ ul li")
            for words in said:
                asked = asked.filter(has_text=words)
            press(page, asked.locator("a"))
        else:
            letter(page, self.site, *said)
        found = re.search(rf"/{route}/[\w-]+/", page.locator("main").inner_text())
        assert found, said
        self.mine = found[0]
        return page.goto(f"{self.prefix}{self.mine}")

    def sent_back(self, page: Page, sheet: bytes) -> Response:
        many = FilePayload(name="sheet.xlsx", mimeType="application/xlsx", buffer=sheet)
        page.locator('main [name="file"]').set_input_files(many)
        return press(page, 'button[value="read"]')

    # --- an update -------------------------------------------------------------------------------

    def updates(self) -> Iterator[Visit]:
        def asked(page: Page) -> Response | None:
            answer = self.by_letter(page, "u", "과제 2 소식")
            # As it was before anything was posted.
            sheet = page.request.get(f"{self.prefix}{self.mine}sheet.xlsx")
            assert sheet.ok
            self.taken = sheet.body()
            return answer

        def lacking(page: Page) -> Response | None:
            self.tell(page, "late", new_due="2020-01")
            return shown(press(page, 'button[value="post"]'), page, ".milestone-update .error", 400)

        def posted(page: Page) -> Response | None:
            page.goto(f"{self.prefix}{self.mine}")
            self.tell(page, "on_track")
            return shown(press(page, 'button[value="post"]'), page, ".receipt")

        def correcting(page: Page) -> Response | None:
            answer = page.goto(f"{self.prefix}{self.mine}?correct=1")
            return shown(answer, page, 'button[value="correct"]')

        yield Visit("an update that is asked for", asked)
        yield Visit("an update that lacks something", lacking)
        yield Visit("an update that was posted", posted)
        yield Visit("an update that is corrected", correcting)
        yield from self.drafts()
        yield from self.sheets()
        yield from self.handed_over()

    def tell(self, page: Page, status: str, **more: str) -> None:
        step = page.locator("fieldset.milestone-update").first
        step.locator(f'[value="{status}"]').check()
        for name, value in {"text": DONE, **more}.items():
            step.locator(f'[name^="{name}-"]').fill(value)

    def drafts(self) -> Iterator[Visit]:
        def shared(page: Page) -> Response | None:
            page.goto(f"{self.prefix}{self.mine}")
            self.tell(page, "on_track")
            return shown(press(page, 'button[value="share"]'), page, 'header [role="status"]')

        def draft(page: Page) -> Response | None:
            mine = self.mine
            answer = self.by_letter(page, "u", "살펴보실 소식 초안")
            self.mine = mine
            return shown(answer, page, "header .notice")

        yield Visit("an update shared inside the body", shared)
        yield Visit("a draft, as the other contact gets it", draft)

    def sheets(self) -> Iterator[Visit]:
        def nothing(page: Page) -> Response | None:
            page.goto(f"{self.prefix}{self.mine}sheet/")
            return shown(press(page, 'button[value="read"]'), page, '[aria-invalid="true"]', 400)

        def preview(page: Page) -> Response | None:
            page.goto(f"{self.prefix}{self.mine}sheet/")
            good = ("Late", DONE, "", "2099-03", "Money")
            # The third row is of the step that was told of meanwhile.
            rows = (good, ("Late", DONE), good, ("아무 말", DONE))
            answer = self.sent_back(page, with_rows(self.taken, 4, *rows))
            return shown(answer, page, 'table [name="over"]')

        def kept(page: Page) -> Response | None:
            return shown(press(page, 'button[value="keep"]'), page, "#rows ~ .notice")

        yield Visit("the spreadsheet of updates", self.at(f"{self.mine}sheet/"))
        yield Visit("no spreadsheet sent back", nothing)
        yield Visit("a spreadsheet before it is posted", preview)
        yield Visit("a spreadsheet that was posted", kept)

    def handed_over(self) -> Iterator[Visit]:
        def lacking(page: Page) -> Response | None:
            if "/focal/" not in page.url:
                page.goto(f"{self.prefix}{self.mine}")
            return shown(press(page, 'button[value="hand-over"]'), page, '[role="alert"]', 400)

        def gone(page: Page) -> Response | None:
            fill(page, {"name": "새담당", "email": SUCCESSOR})
            return press(page, 'button[value="hand-over"]')

        def stopped(page: Page) -> Response | None:
            return shown(page.goto(f"{self.prefix}{self.mine}"), page, "main", 410)

        def successor(page: Page) -> Response | None:
            return self.by_letter(page, "focal", SUCCESSOR, "담당자로 지정")

        yield Visit("a successor without a name", lacking)
        yield Visit("a post that was handed over", gone)
        yield Visit("a link that stopped", stopped)
        yield Visit("the successor's page", successor)

    # --- a consultation --------------------------------------------------------------------------

    def consultation(self) -> Iterator[Visit]:
        def asked(page: Page) -> Response | None:
            answer = self.by_letter(page, "c", "복지국의 의견을 묻습니다")
            link = page.locator('main a[href$=".xlsx"]').get_attribute("href")
            sheet = page.request.get(f"{self.site}{link}")
            assert sheet.ok
            self.taken = sheet.body()
            return answer

        def lacking(page: Page) -> Response | None:
            return shown(press(page, 'button[value="answer"]'), page, '[role="alert"]', 400)

        def preview(page: Page) -> Response | None:
            page.goto(f"{self.prefix}{self.mine}")
            answer = self.sent_back(page, with_rows(self.taken, 5, ("불수용", DONE)))
            return shown(answer, page, 'button[value="keep"]')

        def passed(page: Page) -> Response | None:
            page.goto(f"{self.prefix}{self.mine}")
            page.locator("#others ~ details summary").click()
            fill(page, {"name": "동료", "email": CITIZEN})
            return shown(press(page, 'button[value="delegate"]'), page, '[role="status"]')

        def received(page: Page) -> Response | None:
            page.locator('[value="decline"]').first.check()
            page.locator('[name^="words-"]').first.fill(DONE)
            return shown(press(page, 'button[value="answer"]'), page, '[role="status"]')

        def own(page: Page) -> Response | None:
            link = page.locator('main a[href*="/focal/"]').last.get_attribute("href")
            return page.goto(f"{self.site}{link}")

        yield Visit("what an agency is asked", asked)
        yield Visit("an answer that lacks everything", lacking)
        yield Visit("a sheet of opinions before it is sent", preview)
        yield Visit("a question passed on", passed)
        yield Visit("an answer that was received", received)
        yield Visit("the focal point's own page", own)
        yield from self.handed_over()

    # --- a word on a step ------------------------------------------------------------------------

    def remarks(self) -> Iterator[Visit]:
        def lacking(page: Page) -> Response | None:
            return shown(press(page, MAIN), page, "#text-error", 400)

        def coded(page: Page) -> Response | None:
            fill(page, {"text": REMARK, "email": CITIZEN})
            return shown(press(page, MAIN), page, '[name="code"]')

        def wrong(page: Page) -> Response | None:
            fill(page, {"code": "000"})
            return shown(press(page, MAIN), page, "#code-error", 400)

        def received(page: Page) -> Response | None:
            other = page.context.new_page()
            code = mailed_code(other, self.site, CITIZEN)
            other.close()
            fill(page, {"code": code})
            press(page, MAIN)
            # Without the place it leads to: there the Tab key would begin.
            answer = page.goto(page.url.partition("#")[0])
            return shown(answer, page, f'main :text("{REMARK}")')

        yield Visit("the form of a comment on a step", self.at(f"{STEP}comment/"))
        yield Visit("a comment that lacks everything", lacking)
        yield Visit("the code of a comment on a step", coded)
        yield Visit("a wrong code", wrong)
        yield Visit("a comment that was received", received)


def shown(answer: Response | None, page: Page, what: str, status: int = 200) -> Response:
    """That the page is the one that was meant: what stands on no other is there."""
    there = page.locator(what).count()
    assert answer and answer.status == status and there, page.locator("main").inner_text()
    return answer


def with_rows(sheet: bytes, column: int, *rows: tuple[str, ...]) -> bytes:
    """A sheet with its rows filled in, from a column on."""
    book, out = openpyxl.load_workbook(io.BytesIO(sheet)), io.BytesIO()
    for n, row in enumerate(rows, start=2):
        for m, value in enumerate(row, start=column):
            book.worksheets[0].cell(row=n, column=m).value = value
    book.save(out)
    return out.getvalue()
