"""Make the pictures of docs/ from a running demo: `make pictures`.

It serves installations of its own in folders that are thrown away, sets a new forum up, walks a
vote in writing through the practice forum as the people of it, and takes each picture in both
languages.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.journeys.steps import fill, press, sign_in  # noqa: E402
from tests.makers.new_forum import OFFICER, New, a_new_forum  # noqa: E402
from tests.makers.serving import CHROMIUM, FLAGS, serving, two_free_ports  # noqa: E402
from tests.makers.sheets import HEADINGS, a_spreadsheet, thirty  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
WIDTH, TALLEST = 1000, 900
MARGIN = 24
"""Of a picture of the guide, in pixels; the margin is above where it starts."""
MOST = 120_000
"""The most bytes a picture may have."""
PATIENCE = 60
"""How long, in seconds, the worker may take to set a paper."""

SECRETARY, COLLEAGUE = "bok-jian", "ryu-deunsol"
CHAIRS = ("do-hanbit", "won-narae")
MEMBER, BY_LETTER = "kim-doran", "cso-12"
OPEN_PLAN, OPEN_BALLOT, NEXT_PLAN = 2, 7, 3
"""In the practice forum: what is being voted on, where, and what can still be written."""

TITLE = {
    "ko": "시청 회의를 누구나 들을 수 있게 합니다",
    "en": "Council meetings anyone can listen to",
}
DESCRIPTION = {
    "ko": "시의회와 위원회의 회의를 소리와 자막으로 바로 들려주고, 그날 안에 다시 들을 수 있게 합니다.",
    "en": "Meetings of the council and its committees are heard live, with subtitles, and again "
    "the same day.",
}
REASON = "통학길을 먼저 손보기로 한 점에 찬성합니다."


# --- installations of their own ------------------------------------------------------------------


@contextmanager
def demo() -> Iterator[tuple[str, str]]:
    """The two forums of `madang demo`, served while the block lasts."""
    port = two_free_ports()
    sites = (f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}")
    with (
        tempfile.TemporaryDirectory() as folder,
        serving("demo", Path(folder) / "demo", port, *sites),
    ):
        yield sites


@contextmanager
def new_forum() -> Iterator[New]:
    """A real forum that holds nothing yet."""
    with tempfile.TemporaryDirectory() as folder, a_new_forum(Path(folder) / "new") as forum:
        yield forum


# --- a picture -----------------------------------------------------------------------------------


class Camera:
    """A window of a forum, and the pictures taken in it."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site

    def go(self, path: str, language: str = "ko") -> None:
        answer = self.page.goto(f"{self.site}{'/en' if language == 'en' else ''}{path}")
        if not answer or answer.status != 200:
            raise RuntimeError(f"{path} answered {answer and answer.status}")

    def be(self, person: str) -> None:
        self.go("/practice/")
        self.page.click(f'button[name="person"][value="{person}"]')

    def press(self, name: str, value: str) -> None:
        """Press a button; the act behind it must have gone well."""
        with self.page.expect_navigation():
            self.page.click(f'button[name="{name}"][value="{value}"]')
        if problem := self.page.query_selector('[role="alert"]'):
            raise RuntimeError(problem.inner_text())

    def take(
        self, name: str, path: str, start: str = "main", then: Callable[[], object] | None = None
    ) -> None:
        """The page at a path in both languages, from where `start` is downwards.

        `then` is what is done on the page before the picture.
        """
        for language in ("ko", "en"):
            self.go(path, language)
            if then:
                then()
                self.page.locator("h1").click()  # away from the last field
            top = max(self._place(start)["y"] - MARGIN, self._place("main")["y"] + 1)
            main = self._place("main")
            height = min(TALLEST, main["y"] + main["height"] - top)
            self._keep(f"{name}-{language}", {"x": 0, "y": top, "width": WIDTH, "height": height})

    def _place(self, selector: str) -> dict[str, float]:
        box = self.page.locator(selector).first.bounding_box()
        if box is None:
            raise RuntimeError(f"nothing is seen of {selector}")
        return {key: int(size) for key, size in box.items()}

    def _keep(self, name: str, clip: dict[str, float]) -> None:
        PICTURES.mkdir(exist_ok=True)
        how = {"clip": clip, "full_page": True, "animations": "disabled"}
        picture = self.page.screenshot(type="png", **how)
        if len(picture) > MOST:
            raise RuntimeError(f"{name} has {len(picture)} bytes; show less of the page")
        (PICTURES / f"{name}.png").write_bytes(picture)
        print(f"docs/pictures/{name}.png  {len(picture)} bytes")

    # --- what is done between the pictures ---

    def fill_commitment(self) -> None:
        for language in ("ko", "en"):
            self.page.fill(f"#title-{language}", TITLE[language])
            self.page.fill(f"#description-{language}", DESCRIPTION[language])

    def answer(self, meeting: int, choice: str, reason: str) -> None:
        """Vote as a member does: choose, check, type the number from the mail."""
        self.go(f"/desk/vote/{meeting}/")
        self.page.check(f"#choice-{choice}")
        self.page.fill("#reason", reason)
        self.page.click("main form button")
        code = self._code()
        self.page.fill("#code", code)
        self.page.locator("#code").locator("xpath=ancestor::form").locator("button").click()

    def _code(self) -> str:
        other = self.page.context.new_page()
        other.goto(f"{self.site}/practice/letters/")
        other.locator('main a[href*="/practice/letters/"]').first.click()
        found = other.locator("main").inner_text()
        other.close()
        return next(word for word in found.split() if word.isdigit() and len(word) == 6)

    def wait_for(self, path: str, selector: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.go(path)
            if self.page.query_selector(selector):
                return
            time.sleep(2)
        raise RuntimeError(f"{path} never showed {selector}")


# --- the walk ------------------------------------------------------------------------------------


def walk(camera: Camera) -> None:
    """One vote from its commitments to the published plan, with the pictures of the guide."""
    _write_and_draft(camera)
    _turn_keys(camera)
    _answer(camera)
    _publish(camera)


def _write_and_draft(camera: Camera) -> None:
    new = f"/desk/plans/{NEXT_PLAN}/commitments/new/"
    camera.be(SECRETARY)
    camera.take("1-commitment", new, then=camera.fill_commitment)
    camera.go(new)
    camera.fill_commitment()
    camera.press("save", "1")
    camera.go(f"/desk/ballots/new/?plan={NEXT_PLAN}")
    camera.page.check("#reason-unavoidable")
    camera.press("step", "check")
    camera.press("step", "make")


def _turn_keys(camera: Camera) -> None:
    drafted = f"/desk/keys/{OPEN_BALLOT + 1}/"
    first, second = CHAIRS
    camera.be(first)
    camera.go(drafted)
    camera.press("act", "turn")
    camera.be(second)
    camera.take("2-keys", drafted)


def _answer(camera: Camera) -> None:
    camera.be(MEMBER)
    camera.take("3-vote", f"/desk/vote/{OPEN_BALLOT}/", start="#answer")
    camera.answer(OPEN_BALLOT, "yes", REASON)

    paper = f"/desk/ballots/{OPEN_BALLOT}/paper/"
    camera.be(SECRETARY)
    camera.go(paper)
    camera.page.select_option("#seat", BY_LETTER)
    camera.page.check("#choice-yes")
    camera.page.check("#channel-letter")
    camera.page.fill("#document", "2026-118")
    camera.press("act", "vote")
    camera.be(COLLEAGUE)
    camera.take("4-on-paper", paper)
    camera.go(paper)
    camera.press("act", "confirm-vote")
    camera.take("5-waiting", f"/desk/ballots/{OPEN_BALLOT}/", start="#turnout")


def _publish(camera: Camera) -> None:
    result, publish = f"/meetings/{OPEN_BALLOT}/ballot/", f"/desk/publish/{OPEN_PLAN}/"
    camera.go("/practice/")
    camera.page.locator('form[action$="/practice/others-answer/"] button').first.click()
    camera.wait_for(result, 'a[href$=".pdf"]')
    camera.take("6-result", result)
    for person in CHAIRS:
        camera.be(person)
        if person == CHAIRS[1]:
            camera.take("7-publish", publish)
        camera.go(publish)
        camera.page.locator("section[aria-labelledby=keys] button").click()
    camera.wait_for(publish, f'main a[href*="/plans/{OPEN_PLAN}/plan-"]')


# --- a forum of one's own ------------------------------------------------------------------------

RULES = {
    "seats-ex_officio": "2",
    "seats-government": "6",
    "seats-civil_society": "22",
    "source": "견본시 조례 제1호",
}
ANSWERS = {"quorum": "over-half", "majority": "over-half-returned", "tie": "reject"}
FOLLOWS = {
    "day": "2027-01-01",
    "new-name-ko": "가상31",
    "new-organisation-ko": "견본시민회",
    "new-email": "m31@sample.example",
}
BEYOND = ["가상31", "견본시민회", "위원", "시민사회", "m31@sample.example", ""]


def set_up(camera: Camera, forum: New) -> None:
    """A forum made from a spreadsheet, with the pictures of its guide."""
    page, members = camera.page, "/desk/setup/members/"
    sign_in(page, forum, OFFICER, "/desk/setup/")
    camera.take("setup-1-rules", "/desk/setup/forum/", then=lambda: _type_rules(page))
    camera.go("/desk/setup/forum/")
    _type_rules(page)
    press(page, "main form button")

    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "members.xlsx"

        def upload(rows: list[list[str]]) -> None:
            sheet.write_bytes(a_spreadsheet([HEADINGS, *rows]))
            page.set_input_files("#file", sheet)
            press(page, 'main button[value="read"]')

        camera.take("setup-2-seats", members, then=lambda: upload([*thirty(), BEYOND]))
        camera.take("setup-3-rows", members, "#list", lambda: upload(_with_faults()))
        camera.go(members)
        upload(thirty())
        press(page, 'main button[value="register"]')
    camera.take("setup-4-check", "/desk/setup/check/")
    camera.take("setup-5-seat", f"{members}cso-3/", "#pass", lambda: fill(page, FOLLOWS))


def _with_faults() -> list[list[str]]:
    """The list with what happens to lists: an address twice, a kind nobody knows, no address."""
    rows = thirty()
    rows[4][4], rows[6][3], rows[12][4] = rows[3][4], "손님", ""
    return rows


def _type_rules(page: Page) -> None:
    fill(page, RULES)
    for rule, answer in ANSWERS.items():
        page.select_option(f"#{rule}", answer)


# --- answering all of them -----------------------------------------------------------------------

LIST = [
    ["번호", "제목", "내용", "전자우편"],
    [
        "A-1",
        "도서관 와이파이가 느립니다",
        "열람실에서 와이파이가 자꾸 끊깁니다. 속도를 재서 알려 주세요.",
        "",
    ],
    [
        "A-2",
        "횡단보도 신호가 짧습니다",
        "어르신이 건너기에 신호가 짧습니다. 시간을 재어 알려 주세요.",
        "a@b",
    ],
    [
        "A-3",
        "공사 일정을 알려 주세요",
        "제 번호는 010-0000-0000입니다. 공사 일정을 미리 알려 주세요.",
        "",
    ],
    ["A-4", "서류를 줄여 주세요", "900101-1234567 을 세 번 적었습니다. 서류를 줄여 주세요.", ""],
]
ANSWER = {
    "text-ko": "더 다듬어야 해서 이번 계획에는 담지 못했습니다. 다음 공모로 이어 가며, 그때 먼저 알려 드립니다.",
    "text-en": "It needs more thought, so it is not in this plan. It is carried to the next call.",
}


def answer_all(camera: Camera) -> None:
    """Two people, one afternoon: a list in, sheets, one answer to many, all published."""
    page = camera.page
    camera.be(SECRETARY)
    camera.go("/desk/proposals/import/")
    page.select_option('[name="plan"]', "3")
    page.fill('[name="platform"]', "동네 게시판")
    page.fill('[name="rows"]', "\n".join("\t".join(row) for row in LIST))
    press(page, "main form .button")
    camera.take("answer-1-rows", page.url.removeprefix(camera.site))
    camera.take("answer-2-sheets", "/desk/replies/sheets/?plan=3")
    camera.go("/desk/replies/?plan=3")
    for box in page.locator('[name="numbers"]').all()[:12]:
        box.check()
    press(page, "main table ~ p button")
    page.check('[name="outcome"][value="not_in_plan"]')
    page.select_option('[name="reason"]', "needs_work")
    page.select_option('[name="agency"]', index=1)
    fill(page, ANSWER)
    press(page, 'button[value="check"]')
    press(page, 'button[value="save"]')
    camera.take("answer-3-publish", "/desk/replies/publish/?plan=3")


def _window(browser: Browser, site: str) -> Camera:
    size = {"width": WIDTH, "height": TALLEST}
    context = browser.new_context(viewport=size, java_script_enabled=False)
    return Camera(context.new_page(), site)


def main() -> None:
    with new_forum() as forum, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        set_up(_window(browser, forum.site), forum)
        browser.close()
    with demo() as (korea, practice), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        first = browser.new_page(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
        first.goto(korea)
        first.screenshot(path=ROOT / "docs" / "picture.png")
        answer_all(_window(browser, practice))
        walk(_window(browser, practice))
        browser.close()


if __name__ == "__main__":
    main()
