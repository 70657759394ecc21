"""A newcomer reads their way, with JavaScript off, by clicking alone."""

import re
from hashlib import sha256
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open, Sites

pytestmark = pytest.mark.browser


def follow(page: Page, address: str, *, inside: str = "main") -> None:
    """Click the first link to an address, as someone who sees it would."""
    page.locator(f'{inside} a[href="{address}"]').first.click()
    page.wait_for_load_state()
    expect(page.locator("h1")).to_have_count(1)


def fetched(page: Page, address: str) -> tuple[str, bytes]:
    """What lies at an address: its kind and its bytes."""
    response: Any = page.request.get(address)
    assert response.status == 200
    return response.headers["content-type"], response.body()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_from_the_first_page_to_the_record(language: str, sites: Sites, opened: Open) -> None:
    page = opened()
    prefix = "" if language == "ko" else "/en"
    page.goto(f"{sites.korea}/")
    if language == "en":
        page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{sites.korea}{prefix}/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("h1")).to_contain_text("1,130")

    # The sixth commitment, and who answers for it.
    follow(page, f"{prefix}/plans/5/commitments/6/")
    expect(page.locator("main")).to_contain_text("KR0056")
    follow(page, f"{prefix}/agencies/acrc/")
    expect(page.locator("tbody tr").first).to_be_visible()

    # The vote, and that its outcome is not recorded.
    follow(page, f"{prefix}/meetings/", inside="header")
    follow(page, f"{prefix}/meetings/7/")
    follow(page, f"{prefix}/meetings/7/ballot/")
    expect(page.locator("dd.unrecorded")).to_have_count(5)

    # The plan it decided, as a paper.
    follow(page, f"{prefix}/plans/5/")
    address = f"{prefix}/plans/5/plan-{language}.pdf"
    expect(page.locator(f'main a[href="{address}"]')).to_be_visible()
    kind, paper = fetched(page, f"{sites.korea}{address}")
    assert kind == "application/pdf"
    assert paper.startswith(b"%PDF-")

    # The entry of the record in which its hash stands.
    follow(page, f"{prefix}/record/", inside="header")
    page.locator("tr", has_text="papers.fixed").locator("a").first.click()
    expect(page).to_have_url(re.compile(f"^{re.escape(sites.korea)}{prefix}/record/[0-9]+/$"))
    expect(page.locator("main")).to_contain_text(sha256(paper).hexdigest())


def test_the_paper_opens_at_a_click(sites: Sites, opened: Open) -> None:
    page = opened()
    page.goto(f"{sites.korea}/en/plans/5/")

    with page.expect_response("**/plan-en.pdf") as answered:
        page.locator('main a[href="/en/plans/5/plan-en.pdf"]').click()

    assert answered.value.status == 200
    assert answered.value.headers["content-type"] == "application/pdf"


def test_the_language_changes_on_the_page_one_is_on(sites: Sites, opened: Open) -> None:
    page = opened()
    page.goto(f"{sites.korea}/plans/5/commitments/6/")
    korean = page.locator("h1").inner_text()

    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text("Protect whistleblowers")
    expect(page).to_have_url(f"{sites.korea}/en/plans/5/commitments/6/")

    page.get_by_role("link", name="한국어").click()
    expect(page.locator("h1")).to_have_text(korean)


def test_each_forum_leads_to_the_other(sites: Sites, opened: Open) -> None:
    page = opened()
    page.goto(f"{sites.korea}/en/")
    expect(page.locator(".practice-strip")).to_have_count(0)

    page.locator(f'main a[href="{sites.practice}/en/"]').first.click()
    expect(page.locator(".practice-strip")).to_contain_text("everything here is invented")

    page.locator(".practice-strip").get_by_role("link", name="To the real forum").click()
    expect(page).to_have_url(f"{sites.korea}/en/")
