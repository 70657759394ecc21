"""What one comes to only by doing something: a proposal on its way, its answer, lists and sheets."""

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import FilePayload, Page, Response

from tests.journeys.steps import SECRETARIAT, continue_as, fill, letter, press, wait_until
from tests.journeys.test_someone_proposes import mailed
from tests.journeys.visits import Visit, in_language

EMAIL, FRIEND = "way@citizen.example", "friend@citizen.example"
TITLE = "버스 정류장 시간표를 크게 적어 주세요"
TEXT = "정류장 시간표의 글씨가 작아 어르신이 읽지 못합니다. 크게 적고 점자도 붙여 주세요."
ANSWER = "정류장 백 곳의 시간표를 올해 안에 크게 바꾸고, 어디를 바꾸었는지 누리집에 싣겠습니다."
ENGLISH = "A hundred stops get large timetables this year, and the list of them is published."
LIST = (
    f"번호\t제목\t내용\nA-1\t놀이터 그늘막\t{TEXT}\nA-2\t\t\nA-3\t전화 주세요\t010-1234-5678 {TEXT}"
)
MANY = "번호,제목,내용\n" + "\n".join(f"M-{n},제안 {n},{TEXT * 3} {n}" for n in range(4_000))
SHEET = (
    f"번호\t결과\t답변\n2\t계획에 담김\t{ANSWER}\n3\t아무 말\t{ANSWER}\n99\t계획에 담김\t{ANSWER}"
)
MAIN = "main form button"
SUBJECTS = {
    "received": {"ko": "받았습니다", "en": "was received"},
    "answered": {"ko": "의 답변:", "en": "was answered"},
}


class Road:
    """A practice forum in one language; each method is a group of pages, in order."""

    def __init__(self, site: str, language: str) -> None:
        self.site, self.language = site, language
        self.prefix = site + in_language("", language)
        self.mine = ""

    def visits(self) -> Iterator[Visit]:
        for group in (self.sent, self.by_code, self.answered, self.called, self.lists):
            yield from group()

    def at(self, path: str) -> Callable[[Page], Response | None]:
        return lambda page: page.goto(f"{self.prefix}{path}")

    def typed(self, path: str, **values: str) -> Callable[[Page], Response | None]:
        def go(page: Page) -> Response | None:
            page.goto(f"{self.prefix}{path}")
            fill(page, values)
            return press(page, MAIN)

        return go

    def code(self, page: Page, email: str) -> Response | None:
        """Type the number mailed to an address into the page that asks for it."""
        other = page.context.new_page()
        number = mailed(other, self.site, email)
        other.close()
        fill(page, {"code": number})
        return press(page, MAIN)

    # --- the pages -------------------------------------------------------------------------------

    def sent(self) -> Iterator[Visit]:
        def checked(page: Page) -> Response | None:
            page.goto(f"{self.prefix}/plans/3/proposals/new/")
            fill(page, {"title": TITLE, "text": TEXT, "email": EMAIL})
            page.locator('[name="agreed"]').check()
            return press(page, MAIN)

        def received(page: Page) -> Response | None:
            answer = self.code(page, EMAIL)
            found = re.search(r"/proposals/(\d+)/", page.url)
            assert found, page.url
            self.mine = f"/plans/3/proposals/{found[1]}/"
            return answer

        yield Visit("the check of a proposal", checked)
        yield Visit("the code page of a proposal", lambda page: press(page, MAIN))
        yield Visit("a number that is none", lambda page: self._wrong(page))
        yield Visit("the receipt", received)

    def _wrong(self, page: Page) -> Response | None:
        fill(page, {"code": "000"})
        return press(page, MAIN)

    def by_code(self) -> Iterator[Visit]:
        yield Visit("an address for one's own", self.typed(f"{self.mine}mine/", email=EMAIL))
        yield Visit("one's own proposal, to be changed", lambda page: self.code(page, EMAIL))
        yield Visit("an address for a support", self.typed(f"{self.mine}support/", email=FRIEND))
        yield Visit("a support that counts", lambda page: self.code(page, FRIEND))
        yield Visit("the list by mail", self.typed("/find-my-proposal/", asked=EMAIL))
        yield Visit("nothing found", self.typed("/find-my-proposal/", asked="없는낱말"))

        def stop(page: Page) -> Response | None:
            return page.goto(self.prefix + self.in_the_letter(page, "received", r"/stop/\S+"))

        yield Visit("stopping the letters", stop)

    def in_the_letter(self, page: Page, which: str, pattern: str) -> str:
        letter(page, self.site, EMAIL, SUBJECTS[which][self.language])
        found = re.search(rf"http://[^/]+(?:/en)?({pattern})", page.locator("main").inner_text())
        assert found, page.locator("main").inner_text()
        return found[1]

    def answered(self) -> Iterator[Visit]:
        number = self.mine.rstrip("/").rpartition("/")[2]

        def written(page: Page) -> Response | None:
            continue_as(page, self.prefix, SECRETARIAT)
            page.goto(f"{self.prefix}/desk/replies/write/?plan=3&numbers={int(number)}")
            return self.write(page, ANSWER)

        def meanwhile(page: Page) -> Response | None:
            other = page.context.new_page()
            other.goto(f"{self.prefix}/desk/replies/write/?plan=3&numbers={int(number)}")
            self.write(other, f"{ANSWER} 다른 담당자가 씁니다.")
            press(other, 'button[value="save"]')
            other.close()
            return press(page, 'button[value="save"]')

        def out(page: Page) -> Response | None:
            press(page, 'button[value="check"]')
            press(page, 'button[value="save"]')
            page.goto(f"{self.prefix}/desk/replies/publish/?plan=3")
            press(page, MAIN)
            return page.goto(self.prefix + self.in_the_letter(page, "answered", r"/answer/\S+"))

        def asked(page: Page) -> Response | None:
            fill(page, {"text": "언제부터 어느 정류장을 바꾸는지 궁금합니다."})
            return press(page, 'button[value="ask"]')

        yield Visit("the preview of an answer", written)
        yield Visit("an answer that another wrote meanwhile", meanwhile)
        yield Visit("the author's page about the answer", out)
        yield Visit("the same, another look asked for", asked)

    def write(self, page: Page, words: str) -> Response:
        page.locator('[name="outcome"][value="partly"]').check()
        page.locator('[name="agency"]').select_option(index=1)
        fill(page, {"text-ko": words, "text-en": ENGLISH})
        return press(page, 'button[value="check"]')

    def called(self) -> Iterator[Visit]:
        def checked(page: Page) -> Response | None:
            continue_as(page, self.prefix, SECRETARIAT)
            page.goto(f"{self.prefix}/desk/plans/2/call/")
            fill(
                page, {"criteria-1-ko": "여럿에게 도움이 되는가", "criteria-1-en": "Does it help?"}
            )
            return self.shown(page, press(page, 'button[value="check"]'), 'button[value="make"]')

        yield Visit("the check of a call", checked)

    def lists(self) -> Iterator[Visit]:
        there = "/desk/proposals/import/?plan=3"

        def sent(page: Page) -> Response | None:
            page.goto(f"{self.prefix}{there}")
            page.locator('[name="plan"]').select_option("3")
            many = FilePayload(name="많음.csv", mimeType="text/csv", buffer=MANY.encode())
            page.locator('[name="file"]').set_input_files(many)
            return press(page, MAIN)

        def ready(page: Page) -> Response | None:
            wait_until(lambda: self._shows(page, "keep"))
            return page.reload()

        def stopped(page: Page) -> Response | None:
            wait_until(lambda: self._shows(page, "cancel") and self._added(page) > 0)
            return self.shown(page, press(page, 'button[value="cancel"]'), "header .lead")

        def sheet(page: Page) -> Response | None:
            page.goto(f"{self.prefix}/desk/replies/sheets/?plan=3")
            page.locator('form.writing [name="agency"]').last.select_option(index=1)
            fill(page, {"rows": SHEET})
            return press(page, page.locator("main form").last.locator("button"))

        yield Visit("the preview of a list", self.typed(there, rows=LIST))
        yield Visit("a long list that is read", sent)
        yield Visit("a long list, checked", ready)
        yield Visit("a list that is being kept", lambda page: press(page, 'button[value="keep"]'))
        yield Visit("a list that was stopped", stopped)
        yield Visit("the preview of a sheet that came back", sheet)

    def shown(self, page: Page, answer: Response, what: str) -> Response:
        """That the page is the one that was meant: what stands on no other is there."""
        assert answer.status == 200 and page.locator(what).count() > 0, page.locator(
            "h1"
        ).inner_text()
        return answer

    def _added(self, page: Page) -> float:
        return float(page.locator("progress").get_attribute("value") or 0)

    def _shows(self, page: Page, step: str) -> bool:
        page.reload()
        return page.locator(f'button[value="{step}"]').count() > 0
