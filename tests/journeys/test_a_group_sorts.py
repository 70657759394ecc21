"""A member sorts a proposal with one press, without script, and takes it back with another."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.checks import found_by_axe, found_too_wide
from tests.journeys.conftest import Alone, Open
from tests.journeys.steps import SECRETARIAT, continue_as

pytestmark = pytest.mark.browser
MEMBER = "kim-doran"
"""Works in the second group of the third plan."""
SORT = "/desk/groups/3-2/sort/"


def waiting(page: Page) -> tuple[int, int]:
    done, of = re.findall(r"\d+", page.locator("header .over").first.inner_text())[-2:]
    return int(done), int(of)


def test_a_proposal_is_sorted_in_one_press_after_opening_and_taken_back_in_one(
    alone: Alone, opened: Open
) -> None:
    page = opened(width=360)
    prefix = f"{alone.site}/en"
    continue_as(page, prefix, MEMBER)
    page.get_by_role("link", name="Sort proposals of plan 3").first.click()
    expect(page).to_have_url(prefix + SORT)
    title, before = page.locator("h1").inner_text(), waiting(page)

    with page.expect_navigation():
        page.get_by_role("button", name="2 A new candidate").click()

    done, of = sorted(waiting(page))
    assert done == min(before) + 1 and of == max(before)
    expect(page.locator("[role=status]")).to_contain_text(title)
    expect(page.locator("h1")).not_to_have_text(title)
    with page.expect_navigation():
        page.get_by_role("button", name="Take it back").click()
    expect(page.locator("h1")).to_have_text(title)
    assert waiting(page) == before


def test_a_new_candidate_is_read_by_all_and_its_proposals_page_leads_there(
    alone: Alone, opened: Open
) -> None:
    page, reader = opened(), opened()
    continue_as(page, alone.site, MEMBER)
    page.goto(alone.site + SORT)
    title = page.locator("h1").inner_text()
    with page.expect_navigation():
        page.locator('button[value="new"]').click()

    reader.goto(f"{alone.site}/plans/3/candidates/4/")

    expect(reader.locator("h1")).to_have_text(title)
    reader.locator("#inside ~ ul a").first.click()
    expect(reader.locator(".trail")).to_contain_text("후보 4")


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_desks_of_a_group_are_accessible(alone: Alone, opened: Open, language: str) -> None:
    page, axe = opened(scripts=True), Axe()
    prefix, faults = alone.site + language, {}
    seen = {
        MEMBER: [SORT, "/desk/candidates/3-1/", "/desk/"],
        "jeong-naseul": ["/desk/groups/3-3/sort/?proposal=7"],
        SECRETARIAT: ["/desk/plans/3/groups/", "/desk/candidates/3-1/"],
    }
    for person, addresses in seen.items():
        continue_as(page, prefix, person)
        for address in addresses:
            page.goto(prefix + address)
            faults[address] = found_by_axe(axe, page) + found_too_wide(page)
    for address in ("groups/", "groups/3/", "candidates/", "candidates/1/", "how-it-was-made/"):
        page.goto(f"{prefix}/plans/3/{address}")
        faults[address] = found_by_axe(axe, page) + found_too_wide(page)

    assert {address: found for address, found in faults.items() if found} == {}
