"""A change of an adopted commitment waits for a key, comes in force, and whoever follows is told."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.checks import found_by_axe, found_too_wide
from tests.journeys.conftest import Alone, Open
from tests.journeys.steps import CO_CHAIRS, SECRETARIAT, continue_as

pytestmark = pytest.mark.browser
CHANGE, COMMITMENT = "/desk/plans/1/changes/2/", "/plans/1/commitments/7/"
PUBLIC = [
    "/plans/1/progress/",
    "/plans/1/promised-done-changed/",
    "/plans/side-by-side/",
    "/plans/1/changes/",
    "/plans/1/changes/1/",
    "/plans/1/assessments/",
    "/plans/1/assessments/1/",
    "/plans/1/assessments/1/comment/",
    f"{COMMITMENT}follow/",
    "/agencies/finance/",
]
DESK = [
    "/desk/plans/1/changes/",
    "/desk/plans/1/commitments/3/change/",
    CHANGE,
    "/desk/plans/1/assessments/",
    "/desk/plans/1/assessments/1/",
    f"{CHANGE}paper/",
    "/desk/ballots/new/?change=1-2",
    "/desk/agenda/",
    "/desk/handover/",
]


def test_the_second_key_moves_the_date_the_old_one_stays_and_followers_hear_of_it(
    alone: Alone, opened: Open
) -> None:
    reader, chair = opened(width=360), opened()
    prefix = f"{alone.site}/en"
    reader.goto(prefix + COMMITMENT)
    with reader.expect_navigation():
        reader.get_by_role("link", name="Be told of changes").click()
    reader.locator("#email").fill("reader@practice.example")
    with reader.expect_navigation():
        reader.get_by_role("button", name="Send me the letter").click()
    reader.goto(f"{prefix}/practice/letters/")
    reader.get_by_role("link", name=re.compile("Press once to be told")).first.click()
    [link] = set(re.findall(r"http\S+/f/\S+", reader.locator("main").inner_text()))
    reader.goto(link)
    with reader.expect_navigation():
        reader.get_by_role("button", name="Start the letters").click()

    continue_as(chair, prefix, CO_CHAIRS[1])
    chair.locator(f'a[href$="{CHANGE}"]').first.click()
    with chair.expect_navigation():
        chair.get_by_role("button", name="Turn my key and put it in force").click()

    reader.goto(prefix + COMMITMENT)
    row = reader.locator('[id="milestone-7.2"]')
    expect(row).to_contain_text("15 December 2026")
    expect(row).to_contain_text("28 February 2027")
    with reader.expect_navigation():
        row.get_by_role("link", name="moved by change 2").click()
    expect(reader.locator("ins")).to_have_text("2027-02-28")
    reader.goto(f"{prefix}/practice/letters/")
    expect(reader.get_by_role("link", name="Commitment 7 was changed")).to_have_count(1)


def test_its_pages_are_accessible_and_fit(alone: Alone, opened: Open) -> None:
    page, axe = opened(scripts=True), Axe()
    prefix, faults = f"{alone.site}/en", {}
    for address in PUBLIC:
        page.goto(prefix + address)
        faults[address] = found_by_axe(axe, page) + found_too_wide(page)
    continue_as(page, prefix, SECRETARIAT)
    for address in DESK:
        page.goto(prefix + address)
        faults[address] = found_by_axe(axe, page) + found_too_wide(page)

    assert {address: found for address, found in faults.items() if found} == {}
