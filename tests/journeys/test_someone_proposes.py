"""From the first page to the receipt on a phone: no script, no account, four presses, three fields."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open, Sites
from tests.journeys.steps import letter

pytestmark = pytest.mark.browser
TITLE = "놀이터 모래를 언제 갈았는지 알려 주세요"
TEXT = "아이들이 만지는 모래인데 언제 갈았는지 알 수 없습니다. 놀이터마다 날짜를 붙여 주세요."


@dataclass
class Counted:
    """What one does on the way: presses, fields typed, ticks, codes. Source: UX.md §4, goal 1."""

    page: Page
    presses: int = 0
    fields: list[str] = field(default_factory=list)
    ticks: int = 0
    codes: int = 0

    def press(self, words: str) -> None:
        self.presses += 1
        found = self.page.locator("main a, main button").filter(has_text=words)
        with self.page.expect_navigation():
            found.first.click()

    def type(self, name: str, words: str) -> None:
        self.fields.append(name)
        self.page.locator(f'[name="{name}"]').fill(words)

    def choose(self, name: str, value: str) -> None:
        """One of several; an empty value is the first there is."""
        self.fields.append(name)
        found = self.page.locator(f'[name="{name}"]')
        if found.first.evaluate("one => one.tagName") == "SELECT":
            found.select_option(value) if value else found.select_option(index=1)
        else:
            self.page.locator(f'[name="{name}"][value="{value}"]').check()


def mailed(page: Page, site: str, email: str) -> str:
    """The number in the newest letter to an address; read in a window of its own."""
    letter(page, site, email)
    found = re.search(r"^\s*(\d{6})\s*$", page.locator("main").inner_text(), re.MULTILINE)
    assert found
    return found[1]


def test_an_idea_is_sent_in_four_presses_three_fields_one_tick_and_one_code(
    sites: Sites, opened: Open
) -> None:
    page, letters = opened(width=360), opened(width=360)
    did, email = Counted(page), "phone@citizen.example"
    page.goto(sites.practice + "/")

    did.press("제안하기")
    did.type("title", TITLE)
    did.type("text", TEXT)
    did.type("email", email)
    did.ticks += 1
    page.locator('[name="agreed"]').check()
    did.press("내용 확인하기")
    expect(page.locator("main")).to_contain_text("아직 보내지 않았습니다.")
    did.press("제안 보내기")
    did.codes += 1
    page.locator('[name="code"]').fill(mailed(letters, sites.practice, email))
    did.press("확인하고 접수하기")

    assert (did.presses, len(did.fields), did.ticks, did.codes) == (4, 3, 1, 1)
    expect(page.locator("h1")).to_have_text(TITLE)
    receipt = page.locator(".receipt")
    expect(receipt).to_contain_text(re.compile(r"3-\d{4}"))
    expect(receipt.locator("dt")).to_have_count(3)
    assert page.context.cookies() == [] or all(
        "csrf" in cookie["name"] for cookie in page.context.cookies()
    )

    label = re.search(r"3-\d{4}", receipt.inner_text())
    assert label
    found_again(opened(width=360), sites.practice, label[0])
    page.reload()
    expect(page.locator("h1")).to_have_text(TITLE)


def found_again(page: Page, site: str, label: str) -> None:
    """Two steps with the number, at most. Source: UX.md §4, goal 2."""
    page.goto(f"{site}/find-my-proposal/")
    did = Counted(page)
    did.type("asked", label)
    did.press("찾기")

    assert (did.presses, len(did.fields)) == (1, 1)
    expect(page.locator("h1")).to_have_text(TITLE)


def test_a_slip_is_mended_without_typing_anything_again(sites: Sites, opened: Open) -> None:
    page = opened(width=360)
    page.goto(f"{sites.practice}/plans/3/proposals/new/")
    page.locator('[name="title"]').fill("")
    page.locator('[name="text"]').fill("짧은 글")
    page.locator('[name="email"]').fill("name@gmial.com")

    page.get_by_role("button", name="내용 확인하기").click()

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("한 줄 제목을 적어 주세요.")
    expect(alert).to_contain_text("조금 더 적어 주세요. 20자 이상이면 됩니다(지금 4자).")
    expect(alert).to_contain_text("name@gmail.com 맞나요?")
    expect(page.locator('[name="text"]')).to_have_value("짧은 글")
    alert.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("#title$"))
