"""A citizen comments on a draft on a phone, without script, and sees what it changed."""

import re
from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response, expect

from tests.journeys.checks import found_by_axe, found_too_heavy, found_too_wide
from tests.journeys.conftest import Alone, Open
from tests.journeys.steps import (
    CODE,
    SECRETARIAT,
    continue_as,
    fill,
    letter,
    press,
    send,
)

pytestmark = pytest.mark.browser
EMAIL = "reader@citizen.example"
TEXT = "나무마다 베기로 한 까닭도 함께 실어 주세요. 물어볼 곳은 010-0000-1234입니다."
ADDED = "베기로 한 까닭도 나무마다 싣습니다."
REASON = "베기로 한 까닭을 나무마다 싣는다고 설명에 적었습니다. 고맙습니다."
DRAFT = "/plans/3/draft/"


def move_to(page: Page, site: str, day: str) -> None:
    """Take the clock to the day after, when what was due on the day is done."""
    page.goto(f"{site}/practice/")
    after = date.fromisoformat(day) + timedelta(days=1)
    page.locator("#date").fill(after.isoformat())
    press(page, page.get_by_role("button", name="시계 옮기기"))


def put_before_the_public(page: Page, site: str) -> tuple[str, str]:
    """Announce the window of the third plan, which has a draft; from when to when."""
    continue_as(page, site, SECRETARIAT)
    page.goto(f"{site}/desk/plans/3/comments/")
    window = tuple(
        page.locator(f'[name="{name}_on"]').input_value() for name in ("opens", "closes")
    )
    press(page, 'button[value="announce"]')
    expect(page.locator(".lead")).to_contain_text("예고")
    return window[0], window[1]


def comment(page: Page, letters: Page, site: str) -> None:
    """From the first page to the receipt: six presses, two fields, one tick, one code."""
    page.goto(site + "/")
    press(page, page.get_by_role("link", name="초안 읽고 의견 내기"))
    press(page, page.locator("main tbody a").first)
    press(page, page.get_by_role("link", name="의견 쓰기"))
    fill(page, {"text": TEXT, "email": EMAIL})
    page.locator('[name="agreed"]').check()
    press(page, page.get_by_role("button", name="내용 확인하기"))
    expect(page.locator("main")).to_contain_text("전화번호")
    press(page, page.get_by_role("button", name="의견 보내기"))
    letter(letters, site, EMAIL)
    found = re.search(CODE, letters.locator("main").inner_text(), re.MULTILINE)
    assert found
    page.locator('[name="code"]').fill(found[1])
    press(page, page.get_by_role("button", name="확인하고 접수하기"))
    expect(page.locator(".receipt")).to_contain_text("3-1")


def answer(page: Page, site: str) -> None:
    """Change the text, say that the comment changed it, and publish."""
    page.goto(f"{site}/desk/drafts/3-1/write/")
    field = page.locator('[name="description-ko"]')
    field.fill(f"{field.input_value()} {ADDED}")
    press(page, 'main button[name="save"]')
    page.goto(f"{site}/desk/")
    press(page, page.get_by_role("link", name="답변 적기").first)
    press(page, page.locator("#answers ~ ul a").first)
    page.locator('[name="fate"][value="taken_up"]').check()
    page.locator('[name="changed"]').select_option(index=1)
    send(page, {"reason-ko": REASON}, 'button[value="answer"]')
    press(page, 'button[value="publish"]')


def test_a_comment_is_looked_at_answered_and_seen_in_the_draft(alone: Alone, opened: Open) -> None:
    site, desk, phone, letters = alone.site, opened(), opened(width=360), opened()
    opens, closes = put_before_the_public(desk, site)
    closed = phone.goto(f"{site}{DRAFT}1/")
    assert closed and closed.status == 404

    move_to(desk, site, opens)
    comment(phone, letters, site)
    here = phone.url.partition("?")[0]
    expect(phone.locator("main")).not_to_contain_text(TEXT[:12])

    # Someone of the secretariat looks at it: it may hold a telephone number.
    continue_as(desk, site, SECRETARIAT)
    press(desk, desk.get_by_role("link", name="결정하기").first)
    expect(desk.locator("main")).to_contain_text("010-0000-1234")
    press(desk, 'button[value="publish"]')
    phone.goto(here)
    expect(phone.locator("main")).to_contain_text(TEXT)

    move_to(desk, site, closes)
    phone.goto(f"{site}{DRAFT}comments/new/")
    expect(phone.locator("main form")).to_have_count(0)
    continue_as(desk, site, SECRETARIAT)
    answer(desk, site)

    letter(phone, site, EMAIL, "3-1", "답변")
    expect(phone.locator("main")).to_contain_text(REASON)
    expect(phone.locator("main")).to_contain_text("/stop/comment/")
    phone.goto(f"{site}{DRAFT}1/")
    expect(phone.locator("ins")).to_have_text(ADDED)
    expect(phone.locator("#changed ~ ul")).to_contain_text(REASON)
    axe, faults = Axe(), {}
    wide = opened(scripts=True, width=360)
    continue_as(wide, site, SECRETARIAT)
    for address in (
        *("", "1/", "comments/", "comments/1/", "comments/1/mine/", "/desk/drafts/3-1/"),
        *("/plans/3/moderation/", "/desk/plans/3/comments/new/", "/desk/drafts/3-1/write/"),
        *("/desk/plans/3/comments/", "/desk/comments/3-1/", "/plans/3/co-creation/"),
        *("/plans/2/commitments/1/how-it-came-to-be/", "/en/plans/2/draft/6/"),
    ):
        wide.goto(site + (address if address.startswith("/") else DRAFT + address))
        faults[address] = found_by_axe(axe, wide) + found_too_wide(wide)
    assert {address: found for address, found in faults.items() if found} == {}


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_step_of_a_comment_is_accessible_and_light(
    alone: Alone, opened: Open, language: str
) -> None:
    site, desk, axe = alone.site, opened(), Axe()
    opens, _closes = put_before_the_public(desk, site)
    move_to(desk, site, opens)
    page, letters = opened(scripts=True), opened()
    answers: list[Response] = []
    page.on("response", lambda answer: answer.ok and answers.append(answer))
    faults: dict[str, list[str]] = {}

    def look(name: str) -> None:
        page.evaluate("document.fonts.ready.then(() => true)")
        faults[name] = found_too_heavy(answers, site)
        faults[name] += found_by_axe(axe, page) + found_too_wide(page)
        answers.clear()

    for address in ("", "1/", "comments/"):
        page.goto(f"{site}{language}{DRAFT}{address}")
        look(address)
    page.goto(f"{site}{language}{DRAFT}comments/new/?on=1")
    look("the form")
    press(page, "main form .button")
    look("what it lacks")
    fill(page, {"text": TEXT, "email": EMAIL})
    page.locator('[name="agreed"]').check()
    press(page, "main form .button")
    look("the check page")
    press(page, "main form .button")
    expect(page.locator('[name="code"]')).to_have_count(1)
    look("the code")
    page.locator('[name="code"]').fill("000000")
    press(page, "main form .button")
    look("a wrong code")
    letter(letters, site, EMAIL)
    found = re.search(CODE, letters.locator("main").inner_text(), re.MULTILINE)
    assert found
    page.locator('[name="code"]').fill(found[1])
    press(page, "main form .button")
    expect(page.locator(".receipt")).to_contain_text("3-1")
    look("the receipt")
    assert {name: found for name, found in faults.items() if found} == {}
