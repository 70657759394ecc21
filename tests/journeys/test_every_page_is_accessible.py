"""Every kind of page, in both languages: for every eye, every hand, every screen and line."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Response

from tests.journeys.checks import (
    found_by_axe,
    found_too_heavy,
    found_too_wide,
    walked_by_keyboard,
)
from tests.journeys.conftest import Open, Sites
from tests.journeys.visits import every_visit, public_visits

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("language", ["ko", "en"])]


def test_axe_finds_nothing(language: str, sites: Sites, opened: Open) -> None:
    page = opened(scripts=True)
    axe = Axe()
    faults: list[str] = []

    for visit in every_visit(sites, language):
        visit.go(page)
        faults += [f"{visit.name} {fault}" for fault in found_by_axe(axe, page)]

    assert not faults, "\n".join(faults)


def test_no_page_scrolls_sideways(language: str, sites: Sites, opened: Open) -> None:
    page = opened(scripts=True)
    faults: list[str] = []

    for visit in every_visit(sites, language):
        visit.go(page)
        faults += [f"{visit.name} {fault}" for fault in found_too_wide(page)]

    assert not faults, "\n".join(faults)


def test_a_page_is_used_by_keyboard_alone(language: str, sites: Sites, opened: Open) -> None:
    page = opened(scripts=True)
    faults: list[str] = []

    for visit in every_visit(sites, language):
        visit.go(page)
        faults += [f"{visit.name}: {fault}" for fault in walked_by_keyboard(page)]

    assert not faults, "\n".join(faults)


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
    faults: list[str] = []

    for visit in public_visits(sites.korea, language):
        # A window of its own, so that nothing is there already.
        page = opened(scripts=True)
        answers: list[Response] = []
        page.on("response", lambda answer, kept=answers: kept.append(answer))
        visit.go(page)
        page.evaluate("document.fonts.ready.then(() => true)")
        faults += [f"{visit.name}: {fault}" for fault in found_too_heavy(answers, sites.korea)]
        page.context.close()

    assert not faults, "\n".join(faults)
