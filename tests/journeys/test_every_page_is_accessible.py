"""Every kind of page, in both languages: for every eye, every hand, every screen and line."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from tests.journeys.conftest import Open, Sites
from tests.journeys.visits import every_visit, public_visits

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("language", ["ko", "en"])]

WIDTHS = (360, 1280)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BYTES_AT_MOST = 100_000
REQUESTS_AT_MOST = 6
SIDEWAYS = """() => {
  const page = document.documentElement
  if (page.scrollWidth <= page.clientWidth) return null
  const out = [...document.body.querySelectorAll('*')]
    .filter(one => one.getBoundingClientRect().right > page.clientWidth + 1 && !one.closest('.scroll'))
  return page.scrollWidth + ' px wide: ' + out.slice(0, 3).map(one => one.outerHTML.slice(0, 80))
}"""
LARGE_TEXT = "() => { document.documentElement.style.fontSize = '200%' }"
FOCUSED = """() => {
  const one = document.activeElement
  if (!one || one === document.body) return null
  const style = getComputedStyle(one), box = one.getBoundingClientRect()
  return {
    name: one.outerHTML.slice(0, 90),
    number: [...document.querySelectorAll('*')].indexOf(one),
    skip: one.matches('a.skip'),
    ringed: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    visible: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0,
  }
}"""
REACHABLE = """() => [...document.querySelectorAll(
  'a[href], button:not([disabled]), input:not([type=hidden]), select, textarea, [tabindex="0"]'
)].filter(one => one.checkVisibility()).length"""


def test_axe_finds_nothing(language: str, sites: Sites, opened: Open) -> None:
    page = opened(scripts=True)
    axe = Axe()
    faults = []

    for visit in every_visit(sites, language):
        visit.go(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found: Any = axe.run(page, options={"runOnly": RULES})
            faults += [
                f"{visit.name} at {width} px: {fault['id']}: {fault['nodes'][0]['html'][:160]}"
                for fault in found.response["violations"]
            ]

    assert not faults, "\n".join(faults)


def test_no_page_scrolls_sideways(language: str, sites: Sites, opened: Open) -> None:
    page = opened(scripts=True)
    faults = []

    for visit in every_visit(sites, language):
        visit.go(page)
        for width in (320, 360, 640, 768, 1024, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            if wide := page.evaluate(SIDEWAYS):
                faults.append(f"{visit.name} at {width} px: {wide}")
        # Letters twice as large, on the widest screen and on one half as wide.
        page.evaluate(LARGE_TEXT)
        for width in (1280, 640):
            page.set_viewport_size({"width": width, "height": 900})
            if wide := page.evaluate(SIDEWAYS):
                faults.append(f"{visit.name} with large letters at {width} px: {wide}")

    assert not faults, "\n".join(faults)


def test_a_page_is_used_by_keyboard_alone(language: str, sites: Sites, opened: Open) -> None:
    page = opened(scripts=True)
    faults: list[str] = []

    for visit in every_visit(sites, language):
        visit.go(page)
        faults += [f"{visit.name}: {fault}" for fault in walked_by_keyboard(page)]

    assert not faults, "\n".join(faults)


def walked_by_keyboard(page: Page) -> list[str]:
    """What is wrong with a page for someone who goes through it with the Tab key."""
    faults, seen = [], []
    there = page.evaluate(REACHABLE)
    for _ in range(there + 10):
        page.keyboard.press("Tab")
        one = page.evaluate(FOCUSED)
        # A field for a day holds the focus for several stops: year, month, day, calendar.
        if one and seen and one["number"] == seen[-1]:
            continue
        if one is None or one["number"] in seen:
            break
        seen.append(one["number"])
        if len(seen) == 1 and page.locator("a.skip").count() and not one["skip"]:
            faults.append(f"the first stop is {one['name']}")
        if not one["ringed"]:
            faults.append(f"no ring around {one['name']}")
        if not one["visible"]:
            faults.append(f"unseen with the focus on it: {one['name']}")
    if len(seen) < there:
        faults.append(f"{len(seen)} of {there} links and fields are reached")
    return faults


def test_the_first_stop_leads_to_the_content(language: str, sites: Sites, opened: Open) -> None:
    page = opened(scripts=True)
    page.goto(f"{sites.korea}/{'' if language == 'ko' else 'en/'}plans/5/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("location.hash") == "#main"
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_page_loads_little_and_nothing_from_elsewhere(
    language: str, sites: Sites, opened: Open
) -> None:
    faults = []

    for visit in public_visits(sites.korea, language):
        # A window of its own, so that nothing is there already.
        page = opened(scripts=True)
        answers: list[Response] = []
        page.on("response", lambda answer, kept=answers: kept.append(answer))
        visit.go(page)
        page.evaluate("document.fonts.ready.then(() => true)")
        weight = sum(len(one.body()) for one in answers if not one.url.endswith(".woff2"))
        elsewhere = {urlsplit(one.url).netloc for one in answers} - {urlsplit(sites.korea).netloc}
        if elsewhere or len(answers) > REQUESTS_AT_MOST or weight > BYTES_AT_MOST:
            faults.append(f"{visit.name}: {len(answers)} requests, {weight:,} bytes, {elsewhere}")
        page.context.close()

    assert not faults, "\n".join(faults)
