"""Every page that one comes to by a mailed link or number, in both languages, for everyone."""

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.checks import found_along
from tests.journeys.conftest import Alone, Open
from tests.journeys.visits import Visit
from tests.journeys.visits_of_a_link import Links

pytestmark = pytest.mark.browser
GROUPS = [Links.updates, Links.remarks]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("group", GROUPS)
def test_everyone_can_use_every_page_a_letter_leads_to(
    group: Callable[[Links], Iterator[Visit]], language: str, alone: Alone, opened: Open
) -> None:
    visits = group(Links(alone.site, language))

    faults = found_along(visits, opened(scripts=True), alone.site, keys=language == "en")

    assert not faults, "\n".join(faults)
