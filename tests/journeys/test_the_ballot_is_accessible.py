"""Every page and state on the road through a ballot, in both languages, for everyone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from tests.journeys.checks import (
    found_by_axe,
    found_too_heavy,
    found_too_wide,
    walked_by_keyboard,
)
from tests.journeys.conftest import Alone, Open
from tests.journeys.visits_of_a_ballot import Road

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["ko", "en"])
def test_everyone_can_use_every_page_of_a_ballot(language: str, alone: Alone, opened: Open) -> None:
    page = opened(scripts=True)
    axe = Axe()
    faults: list[str] = []
    loaded = every_page_anew(page)

    for visit in Road(alone.site, language).visits():
        page.set_viewport_size({"width": 1280, "height": 900})
        answer = visit.go(page)
        assert answer and answer.status < 500, f"{visit.name}: no answer at {page.url}"
        page.evaluate("document.fonts.ready.then(() => true)")
        found = found_too_heavy(loaded, alone.site)
        # The order of the stops is the same in every language, and walking them takes long.
        found += walked_by_keyboard(page) if language == "en" else []
        found += found_by_axe(axe, page) + found_too_wide(page)
        faults += [f"{visit.name}: {fault}" for fault in found]

    assert not faults, "\n".join(faults)


def every_page_anew(page: Page) -> list[Response]:
    """What the page shown now made the browser load, with nothing kept from an earlier one."""
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    loaded: list[Response] = []

    def keep(answer: Response) -> None:
        if answer.request.is_navigation_request():
            loaded.clear()
        loaded.append(answer)

    page.on("response", keep)
    return loaded
