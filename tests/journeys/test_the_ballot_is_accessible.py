"""Every page and state on the road through a ballot, in both languages, for everyone."""

import pytest

from tests.journeys.checks import found_along
from tests.journeys.conftest import Alone, Open
from tests.journeys.visits_of_a_ballot import Road

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["ko", "en"])
def test_everyone_can_use_every_page_of_a_ballot(language: str, alone: Alone, opened: Open) -> None:
    visits = Road(alone.site, language).visits()

    # The order of the stops is the same in every language, and walking them takes long.
    faults = found_along(visits, opened(scripts=True), alone.site, keys=language == "en")

    assert not faults, "\n".join(faults)
