"""The first page: what this is, what stage we are in, are promises kept, what can I do."""

from dataclasses import replace
from typing import Any

from tests.makers.readers import Reader
from tests.pages.reading import Page


def page_of(reader: Reader, address: str = "/") -> Page:
    response = reader.get(address)
    assert response.status_code == 200
    return Page(response)


def test_it_answers_its_four_questions(korea: Any, english_reader: Reader) -> None:
    page = page_of(english_reader)

    assert page.heading == "From 1,130 ideas came 14 promises"
    headings = [one.text for one in page.all("h2")]
    for question in (
        "This plan’s period is over",
        "Are the promises kept?",
        "What you can do here",
    ):
        assert question in headings
    assert {"/en/plans/5/commitments/6/", "/en/agencies/acrc/", "/en/record/"} <= set(page.links)


def test_done_and_changed_stand_side_by_side_and_are_never_one_score(
    korea: Any, english_reader: Reader
) -> None:
    page = page_of(english_reader)

    assert [one.text for one in page.all("h3") if "section" in one.inside][:2] == [
        "How much was done",
        "What changed",
    ]
    assert "%" not in page.text


def test_what_the_reviewer_found_of_the_whole_plan_stands_with_its_source(
    korea: Any, english_reader: Reader, reader: Reader
) -> None:
    page = page_of(english_reader)
    results = english_reader.get("/home.json").json()["results"]

    assert {key: (one["count"], one["source"]) for key, one in results.items()} == {
        "done": (13, "irm-results-2024"),
        "changed": (4, "irm-results-2024"),
    }
    done, changed = (one for one in page.all("div") if one.get("class") == "fact")
    assert "13 commitments complete or substantially complete" in done.text
    assert "All but one of the fourteen" in done.text
    assert "not recorded" not in done.text.replace("which one is not recorded", "")
    assert "commitments 1, 3, 6 and 12, significant ones in none" in changed.text
    assert "IRM Results Report 2021–2023" in page.one("ol", class_="sources").text
    assert "뚜렷한 성과를 낸 과제는 없었습니다" in page_of(reader).text

    whole = page_of(english_reader, "/plans/5/promised-done-changed/").text
    beside = page_of(english_reader, "/plans/side-by-side/").text
    assert "13 commitments complete or substantially complete" in whole
    assert "the reviewer: 13 of 14 fully or mostly done" in beside


def test_there_is_a_door_to_the_practice_forum(korea: Any, settings: Any) -> None:
    there = "http://127.0.0.1:8001"
    settings.INSTALLATION = replace(settings.INSTALLATION, neighbour=there)

    for language, start in (("ko", "/"), ("en", "/en/")):
        assert f"{there}{start}" in page_of(Reader(language)).links


def test_a_practice_forum_says_on_every_page_that_it_is_one(
    practice_forum: Any, each_reader: Reader
) -> None:
    for address in ("/", "/forum/", "/plans/1/", "/record/", "/signin/", "/practice/"):
        strip = page_of(each_reader, address).one("div", class_="practice-strip")
        assert strip.text


def test_a_real_forum_says_nothing_of_the_kind(korea: Any, each_reader: Reader) -> None:
    assert "practice-strip" not in page_of(each_reader).html


def test_a_forum_without_a_plan_has_a_first_page(db: None, each_reader: Reader) -> None:
    from tests.makers.forums import an_open_forum

    an_open_forum()

    assert page_of(each_reader).faults == []


def test_the_emblem_is_to_be_had(korea: Any, reader: Reader) -> None:
    assert reader.get("/emblem.svg").content.count(b"<circle") == 22


def test_what_the_agencies_said_of_the_milestones_is_counted(
    rehearsed_forum: Any, each_reader: Reader
) -> None:
    page = page_of(each_reader)
    counts = each_reader.get("/plans/1/progress.json").json()["counts"]

    assert each_reader.get("/home.json").json()["milestones"] == counts
    assert counts["done"] and counts["late"]
    told = [one.text for one in page.all("a") if "?status=" in str(one.get("href"))]
    for status, count in counts.items():
        assert f"?status={status}" in "".join(page.links)
        assert any(line.startswith(str(count)) for line in told)
