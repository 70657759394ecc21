"""Every page on which a plan is made and kept, in both languages, for everyone."""

import pytest

from tests.journeys.checks import found_along
from tests.journeys.conftest import Open, Sites
from tests.journeys.visits_of_the_practice import visits_of_the_practice

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["ko", "en"])
def test_everyone_can_use_every_page_of_making_and_keeping(
    language: str, sites: Sites, opened: Open
) -> None:
    visits = visits_of_the_practice(sites.practice, language)

    # The order of the stops is the same in every language, and walking them takes long.
    faults = found_along(visits, opened(scripts=True), sites.practice, keys=language == "en")

    assert not faults, "\n".join(faults)
