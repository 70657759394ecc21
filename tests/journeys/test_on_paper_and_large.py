"""Every kind of public page printed, and read with letters twice as large on a narrow screen."""

from itertools import islice

import pytest

from tests.journeys.checks import LARGE_TEXT, SIDEWAYS
from tests.journeys.conftest import Open, Sites
from tests.journeys.visits import public_visits
from tests.journeys.visits_of_the_practice import KEEPING, MAKING, visits_of_the_practice
from tests.pages.reading import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("language", ["ko", "en"])]
WITHOUT_FACTS = {"about", "marks", "data", "parts"}
"""Public pages that hold nothing to cite: the site about itself."""
WAYS_ABOUT = ".head, .foot, .skip, .crumbs, nav"
LINKS = """() => [...document.querySelectorAll('main a')].filter(one => one.checkVisibility())
  .filter(one => !one.closest('.links, .actions, .filters, .crumbs'))
  .map(one => one.textContent.trim()).filter(Boolean)"""
SAID = """chosen => [...document.querySelectorAll(chosen)].filter(one => one.checkVisibility())
  .map(one => one.innerText.trim()).filter(Boolean)"""
CITED = "section[aria-labelledby=take] p"
CUT = """() => [...document.body.querySelectorAll('*')].filter(one => {
  const style = getComputedStyle(one)
  const clips = way => ['hidden', 'clip'].includes(way)
  // What is there for the ear alone is one pixel wide.
  return one.checkVisibility() && one.clientWidth > 1 && one.textContent.trim() && (
    clips(style.overflowX) && one.scrollWidth > one.clientWidth + 1 ||
    clips(style.overflowY) && one.scrollHeight > one.clientHeight + 1)
}).slice(0, 3).map(one => one.outerHTML.slice(0, 100))"""


def test_on_paper_stand_the_facts_and_how_to_cite_them_and_no_way_about(
    language: str, sites: Sites, opened: Open
) -> None:
    page = opened(scripts=True)
    faults: list[str] = []

    for visit in public_visits(sites.korea, language):
        page.emulate_media(media="screen")
        visit.go(page)
        on_screen = page.evaluate(LINKS)
        assert page.evaluate(SAID, WAYS_ABOUT)
        page.emulate_media(media="print")
        if left := page.evaluate(SAID, WAYS_ABOUT):
            faults.append(f"{visit.name}: printed: {left[:2]}")
        if gone := sorted(set(on_screen) - set(page.evaluate(LINKS))):
            faults.append(f"{visit.name}: words of links are gone: {gone[:3]}")
        facts = visit.name in PAGES.keys() - WITHOUT_FACTS
        if facts and not page.evaluate(SAID, CITED):
            faults.append(f"{visit.name}: how to cite it is not printed")

    assert not faults, "\n".join(faults)


def test_a_page_becomes_a_pdf_of_few_pages(language: str, sites: Sites, opened: Open) -> None:
    page = opened()
    page.goto(f"{sites.korea}/{'' if language == 'ko' else 'en/'}plans/5/commitments/6/")

    printed = page.pdf(format="A4")

    assert printed.startswith(b"%PDF")
    assert 1 <= printed.count(b"/Type /Page\n") <= 6


def test_letters_twice_as_large_fit_a_narrow_screen_and_none_is_cut(
    language: str, sites: Sites, opened: Open
) -> None:
    page = opened(scripts=True, width=320)
    faults: list[str] = []
    # Proposals, groups, candidates, drafts and what became of promises are in the practice forum.
    lively = islice(visits_of_the_practice(sites.practice, language), len(MAKING) + len(KEEPING))

    for visit in (*public_visits(sites.korea, language), *lively):
        visit.go(page)
        page.evaluate(LARGE_TEXT)
        if wide := page.evaluate(SIDEWAYS):
            faults.append(f"{visit.name}: {wide}")
        if cut := page.evaluate(CUT):
            faults.append(f"{visit.name}: cut: {cut}")

    assert not faults, "\n".join(faults)
