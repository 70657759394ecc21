"""Every page that one comes to only by doing something, on a proposal's way, in both languages."""

import pytest

from tests.journeys.checks import found_along
from tests.journeys.conftest import Alone, Open
from tests.journeys.visits_of_a_proposal import Road
from tests.makers.command_line import madang

pytestmark = pytest.mark.browser
ANNOUNCED = """
from datetime import timedelta
from django.utils import timezone
from madang.planning.models import Plan
from madang.record.guard import writing

with writing():
    Plan.objects.filter(number=2).update(announced_at=timezone.now() - timedelta(days=40))
"""
"""A plan whose call may be announced."""


@pytest.mark.parametrize("language", ["ko", "en"])
def test_everyone_can_use_every_page_on_a_proposals_way(
    language: str, alone: Alone, opened: Open
) -> None:
    made = madang("manage", "--data", alone.data, "shell", "-c", ANNOUNCED)
    assert made.returncode == 0, made.stderr
    visits = Road(alone.site, language).visits()

    faults = found_along(visits, opened(scripts=True), alone.site, keys=language == "en")

    assert not faults, "\n".join(faults)
