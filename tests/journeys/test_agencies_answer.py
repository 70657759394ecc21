"""An agency answers a draft by the letter it got, two side by side, and hands its post over."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.checks import found_by_axe, found_too_wide
from tests.journeys.conftest import Alone, Open
from tests.journeys.steps import SECRETARIAT, continue_as, letter, press

pytestmark = pytest.mark.browser
REASON = "2028년 예산과 인력으로는 내년 하반기부터 할 수 있습니다."


def go_by_letter(page: Page, site: str, route: str, *said: str) -> None:
    """Open the page a letter leads to, as whoever got it would."""
    letter(page, site, *said)
    found = re.search(rf"(/{route}/[\w-]+/)", page.content())
    assert found
    page.goto(site + found[1])


def test_two_agencies_answer_the_same_draft_at_once_and_the_office_sees_both(
    alone: Alone, opened: Open
) -> None:
    site = alone.site
    pages = {"디지털행정담당관": opened(width=360), "복지국": opened(width=360)}
    for name, page in pages.items():
        go_by_letter(page, site, "c", f"{name}의 의견을 묻습니다")
        expect(page.locator("h1")).to_contain_text(name)
    # Both pages lie open before either is sent. Two presses, the letter's link and the button, and
    # two fields each: nothing else is asked, no password either.
    for name, page in pages.items():
        stance = "불수용" if name == "복지국" else "일부 수용"
        fields = [
            page.get_by_label(stance, exact=True).first,
            page.get_by_label("기관의 말로 적은 의견").first,
        ]
        assert page.locator("input[type=password]").count() == 0
        fields[0].check()
        fields[1].fill(f"{name}: {REASON}")
    for page in pages.values():
        answered = press(page, page.get_by_role("button", name="답 보내기"))
        assert answered.request.redirected_from
        expect(page.locator("[role=status]")).to_contain_text("답을 받았습니다")

    office = opened()
    continue_as(office, site, SECRETARIAT)
    office.goto(f"{site}/desk/consult/3-1/")
    for name in pages:
        expect(office.locator("main")).to_contain_text(f"{name}: {REASON}")
    # A draft few read: who has answered is public, and what was said is not yet.
    reader = opened()
    reader.goto(f"{site}/plans/3/consultation/")
    expect(reader.locator("main")).to_contain_text("복지국")
    expect(reader.locator("main")).not_to_contain_text(REASON)


def test_leaving_the_post_takes_two_fields_and_the_successor_finds_it_all(
    alone: Alone, opened: Open
) -> None:
    page, site = opened(width=360), alone.site
    go_by_letter(page, site, "c", "디지털행정담당관의 의견을 묻습니다")
    press(page, page.get_by_role("link", name="나를 기다리는 일 모두 보기"))
    old = page.url
    page.get_by_label("후임자 이름").fill("새담당")
    page.get_by_label("후임자 전자우편").fill("new@practice.example")
    press(page, page.get_by_role("button", name="넘기기"))
    expect(page.locator("h1")).to_have_text("넘겼습니다")

    answer = page.goto(old)
    assert answer and answer.status == 410
    expect(page.locator("main")).to_contain_text("디지털행정담당관")
    expect(page.locator("main")).not_to_contain_text("새담당")
    go_by_letter(page, site, "focal", "new@practice.example", "담당자로 지정")
    expect(page.locator("h1")).to_contain_text("새담당")
    # What the one before answered is here, and what is owed waits.
    expect(page.locator("section[aria-labelledby=since]")).to_contain_text("제2차")
    press(page, "section[aria-labelledby=waits] a")
    expect(page.locator("h1")).to_contain_text("디지털행정담당관")


def test_the_pages_of_a_consultation_are_accessible(alone: Alone, opened: Open) -> None:
    page, axe = opened(scripts=True), Axe()
    site, faults = alone.site, {}

    def look(name: str) -> None:
        faults[name] = found_by_axe(axe, page) + found_too_wide(page)

    go_by_letter(page, site, "c", "복지국의 의견을 묻습니다")
    look("the mailed page")
    press(page, page.get_by_role("link", name="나를 기다리는 일 모두 보기"))
    look("the focal point's page")
    continue_as(page, f"{site}/en", SECRETARIAT)
    desk = ("consult/", "consult/2-1/", "plans/3/consult/", "focal-points/", "focal-points/list/")
    for address in ("plans/2/consultation/", *(f"desk/{one}" for one in desk)):
        page.goto(f"{site}/en/{address}")
        look(address)

    assert not {name: found for name, found in faults.items() if found}
