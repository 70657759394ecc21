"""The pages of agencies: who promised what."""

from typing import Any

import pytest

from tests.makers.readers import Reader
from tests.pages.reading import Page

LEADS = {"mois": 8, "mogef": 1, "mpm": 1, "moef": 1, "msit": 3, "acrc": 3}
"""How many of the fifth plan's commitments each leads, by the table of the seed."""


@pytest.fixture(autouse=True)
def _forum(korea: Any) -> None:
    pass


@pytest.mark.parametrize("slug", LEADS)
def test_an_agency_lists_what_it_leads(slug: str, each_reader: Reader) -> None:
    page = Page(each_reader.get(f"/agencies/{slug}/"))
    lines = each_reader.get(f"/agencies/{slug}.json").json()["commitments"]

    fifth = [line for line in lines if line["plan"] == 5]
    assert len(fifth) == LEADS[slug]
    assert all(line["url"] in page.links for line in lines)


def test_the_list_counts_what_each_leads(reader: Reader) -> None:
    page = Page(reader.get("/agencies/"))

    for agency in reader.get("/agencies.json").json()["agencies"]:
        led = reader.get(f"/agencies/{agency['slug']}.json").json()["commitments"]
        assert agency["commitments"] == len(led)
        assert agency["url"] in page.links


def test_an_agency_says_where_its_name_is_odd(english_reader: Reader) -> None:
    words = Page(english_reader.get("/agencies/mpm/")).text

    assert "The source writes “Ministry of Personal Management”." in words


@pytest.mark.parametrize("slug", ["nope", "ACRC", "acrc-2", "7"])
def test_an_agency_that_is_not_here_is_not_found(slug: str, each_reader: Reader) -> None:
    response = each_reader.get(f"/agencies/{slug}/")

    prefix = "/en" if each_reader.language == "en" else ""
    assert response.status_code == 404
    assert f"{prefix}/agencies/" in Page(response).links
