"""The pages of plans and commitments, and what others build on."""

import csv
import io
from typing import Any

import pytest

from tests.makers.readers import Reader
from tests.pages.reading import Page, body_of

SIX = {"mois", "mogef", "mpm", "moef", "msit", "acrc"}
STAGES = ["planning", "call", "task_force", "decision", "implementation", "assessment"]


@pytest.fixture(autouse=True)
def _forum(korea: Any) -> None:
    pass


def page_of(reader: Reader, address: str) -> Page:
    response = reader.get(address)
    assert response.status_code == 200
    return Page(response)


def rows_of(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


# --- the plan ------------------------------------------------------------------------------------


def test_the_plan_as_data_has_the_keys_others_build_on(reader: Reader) -> None:
    plan = reader.get("/plans/5.json").json()

    assert plan["number"] == 5
    assert plan["title"].keys() >= {"ko", "en"}
    assert plan["period"].keys() >= {"from", "to"}
    assert len(plan["areas"]) == 4 and len(plan["visions"]) == 3
    assert [stage["key"] for stage in plan["stages"]] == STAGES
    for stage in plan["stages"]:
        assert stage.keys() >= {"key", "announced", "actual"}
        for date in (stage["announced"], stage["actual"]):
            assert date is None or date.keys() >= {"from", "to", "source"}
    assert [line["number"] for line in plan["commitments"]] == list(range(1, 15))


def test_the_commitments_as_data_have_the_keys_others_build_on(reader: Reader) -> None:
    lines = reader.get("/plans/5/commitments.json").json()["commitments"]

    assert len(lines) == 14
    for line in lines:
        assert line.keys() >= {
            "number",
            "title",
            "vision",
            "lead_agencies",
            "sub_commitments",
            "identifiers",
            "url",
        }
        assert line["title"].keys() >= {"ko", "en"} and line["vision"].keys() >= {"ko", "en"}
        for agency in line["lead_agencies"]:
            assert agency.keys() == {"slug", "name"} and agency["name"].keys() >= {"ko", "en"}
        assert line["url"] == f"/plans/5/commitments/{line['number']}/"
    assert {agency["slug"] for line in lines for agency in line["lead_agencies"]} == SIX


def test_what_is_not_known_is_null_and_never_nothing(reader: Reader) -> None:
    def walk(value: Any) -> None:
        assert value != ""
        for inside in value.values() if isinstance(value, dict) else value:
            if isinstance(inside, dict | list):
                walk(inside)
            else:
                assert inside != ""

    for address in ("/plans.json", "/plans/5.json", "/plans/6.json", "/plans/5/commitments/2.json"):
        walk(reader.get(address).json())


def test_the_counts_stand_as_their_sources_give_them(english_reader: Reader) -> None:
    made = page_of(english_reader, "/plans/5/how-it-was-made/").text

    for count in ("1,130", "about 150", "14"):
        assert count in made
    assert page_of(english_reader, "/").heading == "From 1,130 ideas came 14 promises"
    totals = {t["key"]: t for t in english_reader.get("/plans/5.json").json()["totals"]}
    assert (totals["ideas"]["count"], totals["ideas"]["about"]) == (1130, False)
    assert (totals["candidates"]["count"], totals["candidates"]["about"]) == (150, True)
    assert totals["commitments"]["count"] == 14
    assert all(total["source"] for total in totals.values())


@pytest.mark.parametrize("address", ["/", "/plans/", "/plans/5/", "/plans/5/how-it-was-made/"])
def test_the_ideas_are_never_called_all_citizens(address: str, each_reader: Reader) -> None:
    words = page_of(each_reader, address).text

    for claim in (
        "1,130 ideas from citizens.",
        "1,130 citizens",
        "citizens’ 1,130",
        "시민 제안 1,130",
        "국민 제안 1,130",
        "국민제안 1,130",
        "시민이 낸 1,130",
        "국민이 낸 1,130",
    ):
        assert claim not in words


def test_whose_the_ideas_were_is_said(english_reader: Reader) -> None:
    words = page_of(english_reader, "/plans/5/how-it-was-made/").text

    assert "citizens, from government" in words


def test_the_heading_that_was_lost_is_marked_as_supplied(english_reader: Reader) -> None:
    visions = english_reader.get("/plans/5.json").json()["visions"]
    lost = next(vision for vision in visions if vision["as_in_source"] is None)
    page = page_of(english_reader, "/plans/5/")

    assert lost["key"] == "anti-corruption"
    row = next(one.text for one in page.all("tr") if "missing there" in one.text)
    assert row.startswith(lost["text"]["en"]) and "is lost" in row
    cut = next(row.text for row in page.all("tr") if "“Civic Space and Public”" in row.text)
    assert "is cut" in cut


def test_areas_visions_and_groups_are_not_mapped_onto_another(english_reader: Reader) -> None:
    plan = english_reader.get("/plans/5.json").json()

    assert all(area.keys() == {"text", "source"} for area in plan["areas"])
    assert "groups" not in {key for line in plan["commitments"] for key in line}


def test_the_plan_says_what_is_not_recorded_and_who_could_supply_it(each_reader: Reader) -> None:
    page = page_of(each_reader, "/plans/5/")

    assert "missing" in page.ids
    assert len(page.one("main").text) > 1000


def test_sources_that_disagree_stand_side_by_side(english_reader: Reader) -> None:
    stages = english_reader.get("/plans/5/timeline.json").json()["stages"]
    told_twice = [stage for stage in stages if stage["actual_also"] or stage["announced_also"]]
    page = page_of(english_reader, "/plans/5/timeline/")

    assert told_twice
    beside = [one for stage in stages for one in stage["actual_also"] + stage["announced_also"]]
    same = [one for one in beside if not one["of"]]
    assert same
    assert len([one for one in page.all("span") if one.text == "also"]) == len(same)


def test_a_date_of_another_thing_is_never_read_as_the_decisions(
    english_reader: Reader, reader: Reader
) -> None:
    stages = english_reader.get("/plans/5/timeline.json").json()["stages"]
    decision = next(stage for stage in stages if stage["key"] == "decision")
    tags = [one.text for one in page_of(english_reader, "/plans/5/timeline/").all("span")]
    rows = rows_of(english_reader.get("/plans/5/timeline.csv"))

    assert (decision["announced"]["from"], decision["announced"]["of"]) == ("2021-07-06", None)
    others = {one["from"]: one["of"]["en"] for one in decision["announced_also"]}
    assert others == {"2020-08": "delivery to OGP", "2020-09": "the draft"}
    for what in others.values():
        assert f"of something else: {what}" in tags
        assert [row[-1] for row in rows].count(what) == 1
    assert "다른 일의 날짜: OGP에 내는 때" in page_of(reader, "/plans/5/timeline/").text


@pytest.mark.parametrize("number", range(1, 7))
def test_every_plan_has_its_pages(number: int, each_reader: Reader) -> None:
    for rest in ("", "timeline/", "how-it-was-made/", "commitments/"):
        page_of(each_reader, f"/plans/{number}/{rest}")


def test_the_sixth_plan_is_there_as_far_as_sources_reach(reader: Reader) -> None:
    plan = reader.get("/plans/6.json").json()

    assert (plan["period"]["from"][:4], plan["period"]["to"][:4]) == ("2023", "2027")
    totals = {total["key"]: total["count"] for total in plan["totals"]}
    assert totals["commitments"] == 10 >= len(plan["commitments"]) > 0
    assert plan["missing"], "what is missing of it is said"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_plan_is_to_be_had_as_a_paper(language: str, each_reader: Reader) -> None:
    page = page_of(each_reader, "/plans/5/")
    address = next(link for link in page.links if link.endswith(f"plan-{language}.pdf"))

    response = each_reader.get(address)

    assert response["Content-Type"] == "application/pdf"
    assert body_of(response).startswith(b"%PDF-")
    assert response["Content-Disposition"].endswith(f'filename="plan-5-{language}.pdf"')


@pytest.mark.parametrize("address", ["/plans/5/plan-fr.pdf", "/plans/6/plan-ko.pdf"])
def test_a_paper_that_was_not_set_is_not_found(address: str, reader: Reader) -> None:
    assert reader.get(address).status_code == 404


# --- commitments ---------------------------------------------------------------------------------


def test_a_name_that_is_odd_in_the_source_is_shown_as_it_stands_there(
    english_reader: Reader,
) -> None:
    words = page_of(english_reader, "/plans/5/commitments/2/").text

    assert "The source writes “Ministry of Personal Management”." in words
    assert "Ministry of Personnel Management" in words


@pytest.mark.parametrize(
    ("commitment", "parts"), [(2, ["2.1", "2.2"]), (4, ["4.1", "4.2"]), (6, [])]
)
def test_a_commitment_shows_its_parts(
    commitment: int, parts: list[str], each_reader: Reader
) -> None:
    page = page_of(each_reader, f"/plans/5/commitments/{commitment}/")
    data = each_reader.get(f"/plans/5/commitments/{commitment}.json").json()

    assert [sub["label"] for sub in data["sub_commitments"]] == parts
    assert [name for name in page.ids if name.startswith("part-")] == [f"part-{p}" for p in parts]


def test_commitment_six_tells_what_is_publicly_known(english_reader: Reader) -> None:
    page = page_of(english_reader, "/plans/5/commitments/6/")

    assert page.heading == "Protect whistleblowers"
    for words in ("Anti-Corruption and Civil Rights Commission", "KR0056"):
        assert words in page.text
    assert any(name.startswith("milestone-6.") for name in page.ids)
    assert "How much was done" in page.text and "What changed" in page.text


def test_milestones_are_a_picture_and_a_table_of_the_same(english_reader: Reader) -> None:
    page = page_of(english_reader, "/plans/5/commitments/6/")
    steps = english_reader.get("/plans/5/commitments/6.json").json()["milestones"]

    drawn = [one.text for one in page.all("text") if one.text.startswith("6.")]
    # Once for a desk and once for a phone.
    assert drawn == 2 * [step["label"] for step in steps]
    assert [name for name in page.ids if name.startswith("milestone-")] == [
        f"milestone-{step['label']}" for step in steps
    ]


def test_a_commitment_without_milestones_has_no_picture(reader: Reader) -> None:
    page = page_of(reader, "/plans/5/commitments/14/")

    assert reader.get("/plans/5/commitments/14.svg").status_code == 404
    assert "/plans/5/commitments/14.svg" not in page.links


@pytest.mark.parametrize(
    ("short", "there"),
    [
        ("/ogp/KR0056", "/plans/5/commitments/6/"),
        ("/ogp/kr0056", "/plans/5/commitments/6/"),
        ("/ogp/KR0054", "/plans/5/commitments/4/#part-4.2"),
        ("/c/5-6", "/plans/5/commitments/6/"),
        ("/c/5-4.1", "/plans/5/commitments/4/#part-4.1"),
        ("/plans/5/commitments/4.1/", "/plans/5/commitments/4/#part-4.1"),
    ],
)
def test_short_and_outside_addresses_lead_to_the_commitment(
    short: str, there: str, each_reader: Reader
) -> None:
    response = each_reader.get(short)

    prefix = "/en" if each_reader.language == "en" else ""
    assert (response.status_code, response["Location"]) == (301, f"{prefix}{there}")


def test_every_outside_identifier_leads_to_its_commitment(reader: Reader) -> None:
    for line in reader.get("/plans/5/commitments.json").json()["commitments"]:
        for identifier in line["identifiers"]:
            response = reader.get(identifier["url"])

            assert response.status_code == 301
            assert response["Location"].partition("#")[0] == line["url"]


# --- lists and tables ----------------------------------------------------------------------------


def test_the_list_of_one_agency_is_shorter_and_says_so(english_reader: Reader) -> None:
    address = "/plans/5/commitments/?agency=acrc"
    page = page_of(english_reader, address)

    assert (
        english_reader.get("/plans/5/commitments.json?agency=acrc").json()["commitments"][0][
            "number"
        ]
        == 6
    )
    assert "3 of them" in page.text
    assert [a.text for a in page.all("a") if a.get("aria-current") == "true"][-1] == (
        "Anti-Corruption and Civil Rights Commission"
    )


@pytest.mark.parametrize(
    ("query", "named"), [("agency=nope", SIX), ("vision=nope", {"anti-corruption"})]
)
def test_a_value_that_is_not_known_is_answered_with_those_that_are(
    query: str, named: set[str], each_reader: Reader
) -> None:
    response = each_reader.get(f"/plans/5/commitments.json?{query}")

    said = response.json()
    assert response.status_code == 400
    assert said.keys() >= {"error", "message", "allowed", "docs"}
    assert named <= set(said["allowed"])


def test_a_key_that_is_not_known_is_answered_with_those_that_are(reader: Reader) -> None:
    response = reader.get("/plans/5/commitments.json?agensy=acrc")

    assert response.status_code == 400
    assert response.json()["allowed"] == ["agency", "vision"]


def test_the_commitments_as_a_table_have_a_row_each(each_reader: Reader) -> None:
    rows = rows_of(each_reader.get("/plans/5/commitments.csv"))

    assert len(rows) == 15 and len({len(row) for row in rows}) == 1
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(1, 15)]
