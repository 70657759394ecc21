"""The practice forum, with JavaScript off: being anyone, the clock, the letters, signing in."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open, Sites

pytestmark = pytest.mark.browser


def continue_as(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/en/practice/")
    page.get_by_role("button", name=re.compile(f"^{name}")).click()
    expect(page.locator("h1")).to_have_text("My desk")


def test_anyone_can_be_a_member_at_one_press_and_leave_again(sites: Sites, opened: Open) -> None:
    page = opened()

    continue_as(page, sites.practice, "Kim Doran")

    expect(page.locator("main")).to_contain_text("Kim Doran")
    expect(page.locator("main")).to_contain_text("cso-2")
    page.goto(f"{sites.practice}/en/plans/")
    page.get_by_role("link", name="My desk").click()
    expect(page.locator("h1")).to_have_text("My desk")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{sites.practice}/en/plans/")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_the_clock_goes_forwards_for_everyone(sites: Sites, opened: Open) -> None:
    page, other = opened(), opened()
    page.goto(f"{sites.practice}/en/practice/")
    before = _now(page)

    page.get_by_role("button", name="One week on").click()

    expect(page).to_have_url(f"{sites.practice}/en/practice/")
    assert _now(page) == before + timedelta(days=7)
    other.goto(f"{sites.practice}/en/practice/")
    assert _now(other) == before + timedelta(days=7)
    other.goto(f"{sites.practice}/en/record/")
    # What came due on the way, such as the close of a ballot, stands after it.
    expect(other.locator("tbody tr", has_text="clock.moved").first).to_be_visible()


def test_the_clock_never_goes_back(sites: Sites, opened: Open) -> None:
    page = opened()
    page.goto(f"{sites.practice}/en/practice/")
    before = _now(page)

    page.get_by_label("Go to a day").fill("2020-01-01")
    page.get_by_role("button", name="Move the clock").click()

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Go to a day")).to_have_value("2020-01-01")
    assert _now(page) == before


def _now(page: Page) -> date:
    said = page.locator("#clock ~ p time").first.get_attribute("datetime")
    assert said
    return date.fromisoformat(said[:10])


@pytest.mark.parametrize("way", ["code", "link"])
def test_signing_in_by_a_letter_that_everyone_can_read(
    way: str, sites: Sites, opened: Open
) -> None:
    page, letters = opened(), opened()
    email = {"code": "kim-doran@practice.example", "link": "myeong-seah@practice.example"}[way]
    page.goto(f"{sites.practice}/en/plans/")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Mail me the number").click()

    letters.goto(f"{sites.practice}/en/practice/")
    letters.locator("#letters ~ p a").click()
    # The clock may have written to others meanwhile.
    letters.locator("main tbody tr").filter(has_text=email).locator("a").first.click()
    body = letters.locator("main").inner_text()
    assert email in body
    if way == "code":
        code = re.search(r"^\s*(\d{6})\s*$", body, re.MULTILINE)
        assert code
        page.locator('input[name="code"]').fill(code[1])
        page.locator("main form button").first.click()
    else:
        link = re.search(r"http://\S+/in/\S+", body)
        assert link
        page.goto(link[0])
        page.locator("main form button").first.click()

    expect(page).to_have_url(re.compile(r"/desk/$"))
    expect(page.locator("main")).to_contain_text(email)
