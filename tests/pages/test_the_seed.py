"""The fifth plan reads as its source prints it: each title, who leads it, and under which vision."""

import pytest

from tests.makers.readers import Reader
from tests.pages.reading import Page

AS_PRINTED = {
    1: ("Engage youth in policy making and strengthen overseas networking", ["mois"]),
    2: ("Promote the engagement of the underprivileged and their representation", ["mogef", "mpm"]),
    3: ("Engage citizens in policy making", ["mois"]),
    4: (
        "Allow citizens to participate in budgeting to enhance fiscal transparency",
        ["moef", "mois"],
    ),
    5: (
        "Provide an online system for public institutions to order network equipment that matches "
        "their capacity",
        ["msit"],
    ),
    6: ("Protect whistleblowers", ["acrc"]),
    # The source breaks the word at a line's end: "day-to- day".
    7: ("Leverage Big Data to address unfair practices in day-to-day life", ["acrc"]),
    8: (
        "Create a transparent society through collaboration between citizens and government",
        ["acrc"],
    ),
    9: ("Lay the groundwork for civil society to grow", ["mois"]),
    10: ("Enhance digital inclusiveness", ["msit"]),
    11: (
        "Make use of science and digital technologies in tackling issues for local residents",
        ["msit", "mois"],
    ),
    12: ("Disclose data for citizen safety", ["mois"]),
    13: ("Make government data accessible and usable for citizens", ["mois"]),
    14: ("Increase the disclosure of meeting minutes", ["mois"]),
}
VISIONS = [range(1, 5), range(5, 10), range(10, 15)]


@pytest.fixture
def rows(korea):
    return Reader("en").get("/plans/5/commitments.json").json()["commitments"]


def test_each_title_and_who_leads_it_stand_as_they_were_printed(rows):
    found = {
        row["number"]: (
            row["title"]["en"],
            list(dict.fromkeys(lead["slug"] for lead in row["leads"])),
        )
        for row in rows
    }

    assert found == AS_PRINTED


def test_the_three_visions_take_four_five_and_five(rows):
    under: dict[str, list[int]] = {}
    for row in rows:
        under.setdefault(str(row["vision"]), []).append(row["number"])

    assert sorted(under.values()) == [list(numbers) for numbers in VISIONS]


@pytest.mark.parametrize(
    "plan, number, ours", [(5, 3, 6), (5, 10, 5), (6, 1, 3), (5, 6, 0)], ids=str
)
def test_a_number_that_no_source_gives_is_marked_as_given_here(
    korea, english_reader, reader, plan, number, ours
):
    address = f"/plans/{plan}/commitments/{number}/"
    steps = reader.get(f"{address.rstrip('/')}.json").json()["milestones"]
    tags = [
        [one.text for one in Page(who.get(address)).all("span") if one.get("class") == "tag"]
        for who in (english_reader, reader)
    ]
    table = english_reader.get(f"{address.rstrip('/')}.csv").content.decode()

    assert sum(one["numbered_here"] for one in steps) == ours
    assert tags[0].count("number given here") == tags[1].count("여기서 붙인 번호") == ours
    assert table.count("number given here") == ours
    for step in steps[:1]:
        alone = Page(english_reader.get(f"{address}milestones/{step['label']}/"))
        assert ("number given here" in alone.text) is bool(ours)


def test_what_the_source_says_of_the_body_and_of_the_choosing_stands_with_it(
    korea, english_reader, reader
):
    said = {
        "/forum/": ("A domestic OGP public-private consultation body", "국내 OGP 민관 협의체"),
        "/plans/5/how-it-was-made/": (
            "“final commitments are selected through consultation among relevant government bodies”",
            "최종 과제는 관련 정부 기관 사이의 협의로 고른다",
        ),
    }

    for address, (english, korean) in said.items():
        assert english in Page(english_reader.get(address)).text
        assert korean in Page(reader.get(address)).text
    assert reader.get("/forum.json").json()["legal_basis"]["sets_up"]["en"] == said["/forum/"][0]
    totals = reader.get("/plans/5/how-it-was-made.json").json()["totals"]
    chosen = next(one for one in totals if one["key"] == "commitments")
    assert chosen["source"] == "seed"
