"""The forum, its rules and its terms: what is known, and nobody who is not."""

from typing import Any

import pytest

from madang.members.models import Holding, Person
from tests.makers.readers import Reader
from tests.pages.reading import PAGES, Page


def page_of(reader: Reader, address: str) -> Page:
    response = reader.get(address)
    assert response.status_code == 200
    return Page(response)


def test_the_forum_as_data_has_the_keys_others_build_on(korea: Any, reader: Reader) -> None:
    forum = reader.get("/forum.json").json()

    assert forum["name"].keys() >= {"ko", "en"}
    assert forum["seats"] == {"ex_officio": 2, "government": 6, "civil_society": 22}
    assert {(chair["side"], chair["by"]) for chair in forum["co_chairs"]} == {
        ("government", "office"),
        ("civil_society", "election"),
    }
    for chair in forum["co_chairs"]:
        assert chair.keys() >= {"side", "by", "office", "person"} and chair["person"] is None
    basis = forum["legal_basis"]
    assert basis.keys() >= {"title", "number", "date", "source"}
    assert (basis["number"], basis["date"]) == ("790", "2021-08")
    assert (forum["term"], forum["as_of"]) == (3, "2021-08-27")


def test_the_seat_chart_has_thirty_seats_and_two_rings(korea: Any, english_reader: Reader) -> None:
    page = page_of(english_reader, "/forum/")

    chart = page.one("svg", class_="seat-chart") if page.all("svg") else None
    assert chart and "Government 8, civil society 22, together 30 seats" in chart.text
    inside = [one for one in page.elements if "figure" in one.inside and "svg" in one.inside]
    assert len([one for one in inside if one.tag == "rect"]) == 8
    # A ring is a circle too.
    assert len([one for one in inside if one.tag == "circle"]) == 22 + 2


def test_the_forum_page_tells_who_and_what_it_is(korea: Any, english_reader: Reader) -> None:
    words = page_of(english_reader, "/forum/").text

    for fact in (
        "Prime Minister Directive",
        "No. 790",
        "Minister of the Interior and Safety",
        "Deputy Minister of the Interior and Safety",
        "30 seats",
        "The person is not recorded.",
        "Korea OGP Forum",
    ):
        assert fact in words
    assert len(english_reader.get("/forum.json").json()["functions"]) == 4


def test_no_member_of_the_real_forum_is_invented(korea: Any, english_reader: Reader) -> None:
    assert not Person.objects.exists()
    assert not Holding.objects.exclude(person=None).exists()
    for term in english_reader.get("/forum/terms.json").json()["terms"]:
        page = page_of(english_reader, f"/forum/terms/{term['number']}/")
        assert "Who sits in these seats is not recorded here." in page.text


def test_figures_of_the_rules_that_nobody_saw_are_not_recorded(
    korea: Any, english_reader: Reader
) -> None:
    versions = english_reader.get("/forum/rules.json").json()["versions"]
    page = page_of(english_reader, "/forum/rules/")

    figures = {figure["key"]: figure["figure"] for figure in versions[0]["figures"]}
    unseen = [key for key, figure in figures.items() if figure is None]
    assert unseen and "quorum" in unseen
    rows = {row.get("id"): row.text for row in page.all("tr")}
    assert all("not recorded" in rows[key] for key in unseen)


def test_later_terms_are_named_with_their_sources(korea: Any, english_reader: Reader) -> None:
    terms = english_reader.get("/forum/terms.json").json()["terms"]

    assert {term["number"] for term in terms} >= {3, 5}
    assert all(term["source"] for term in terms)


def test_a_term_whose_seats_are_not_known_has_no_picture(korea: Any, reader: Reader) -> None:
    terms = reader.get("/forum/terms.json").json()["terms"]
    unknown = next(
        t for t in terms if any(s["count"] is None for s in t["seats"]) or not t["seats"]
    )
    address = f"/forum/terms/{unknown['number']}"

    assert reader.get(f"{address}.svg").status_code == 404
    assert f"{address}.svg" not in page_of(reader, f"{address}/").links


def test_members_of_an_invented_forum_are_shown(
    practice_forum: Any, english_reader: Reader
) -> None:
    number = english_reader.get("/forum.json").json()["term"]
    seats = english_reader.get(f"/forum/terms/{number}.json").json()["holdings"]
    page = page_of(english_reader, f"/forum/terms/{number}/")

    assert len(seats) == 30
    assert "Kim Doran" in page.text
    assert sum(bool(seat["held"]) for seat in seats) > 25


@pytest.mark.parametrize("address", ["/", "/forum/", "/plans/", "/forum/terms/2/", "/agencies/"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_forum_that_knows_no_korean_reads_well(
    address: str, language: str, three_languages: Any
) -> None:
    page = page_of(Reader(language), address)

    assert page.faults == [] and page.ids_twice == []
    foreign = {one.get("lang") for one in page.all("span") if one.get("lang")}
    if language == "ko":
        assert foreign & {"sw", "fr", "en"}, "words that are not Korean say which language they are"
    assert "ko" not in foreign


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_forum_that_holds_nothing_yet_says_so(name: str, each_reader: Reader, db: None) -> None:
    from tests.makers.forums import an_open_forum

    an_open_forum()

    response = each_reader.get(PAGES[name])

    assert response.status_code in (200, 404)
    page = Page(response)
    assert page.faults == [] and page.heading
