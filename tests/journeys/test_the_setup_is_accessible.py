"""Every page and state of setting up a forum and correcting it, in both languages, for everyone."""

from pathlib import Path

import pytest

from tests.journeys.checks import found_along
from tests.journeys.conftest import Open
from tests.journeys.visits_of_a_setup import Setup
from tests.makers.new_forum import New

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["ko", "en"])
def test_everyone_can_use_every_page_of_a_setup(
    language: str, new_forum: New, opened: Open, tmp_path: Path
) -> None:
    visits = Setup(new_forum, language, tmp_path).visits()

    faults = found_along(visits, opened(scripts=True), new_forum.site, keys=language == "en")

    assert not faults, "\n".join(faults)
