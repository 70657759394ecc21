"""Every page that one comes to by a mailed link or number, in both languages, for everyone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.checks import found_along
from tests.journeys.conftest import Alone, Open
from tests.journeys.steps import press
from tests.journeys.visits import Visit
from tests.journeys.visits_of_a_link import Links

pytestmark = pytest.mark.browser
GROUPS = [Links.updates, Links.consultation, Links.remarks]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("group", GROUPS)
def test_everyone_can_use_every_page_a_letter_leads_to(
    group: Callable[[Links], Iterator[Visit]], language: str, alone: Alone, opened: Open
) -> None:
    visits = group(Links(alone.site, language))

    faults = found_along(visits, opened(scripts=True), alone.site, keys=language == "en")

    assert not faults, "\n".join(faults)


def test_of_a_sheet_of_a_hundred_megabytes_nothing_is_kept(
    alone: Alone, opened: Open, tmp_path: Path
) -> None:
    page, links, large = opened(), Links(alone.site, "en"), tmp_path / "sheet.xlsx"
    with large.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(100 * 1024 * 1024)
    before = bytes_in(alone.data)

    for route, about, way in (
        ("u", "과제 2 소식", "sheet/"),
        ("c", "복지국의 의견을 묻습니다", ""),
    ):
        links.by_letter(page, route, about)
        page.goto(f"{links.prefix}{links.mine}{way}")
        page.locator('main [name="file"]').set_input_files(large)
        answer = press(page, 'button[value="read"]')
        assert answer.status == 400
        expect(page.get_by_role("alert")).to_contain_text("too large: at most 2 MB")
        expect(page.locator("#rows")).to_have_count(0)
        expect(page.locator('[name="seen"]')).to_have_count(0)

    # Half a megabyte is for what the server writes of itself meanwhile.
    assert bytes_in(alone.data) < before + 512 * 1024


def bytes_in(data: Path) -> int:
    return sum(one.stat().st_size for one in data.rglob("*") if one.is_file())
