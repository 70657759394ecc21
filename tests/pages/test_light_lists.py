"""Lists of 150: no page outgrows what a page may weigh, and nothing on it is lost."""

import json
from pathlib import Path

import pytest

from tests.makers.forums import a_loaded_forum
from tests.pages.reading import Page

ROWS = 150
PLANS = 30
"""Sixty years of them."""
LONG = "count, publish and keep up to date every street lamp, " * 3
STYLE = len(Path("madang/web/static/css/madang.css").read_bytes())
BYTES_AT_MOST = 100_000
EVERYTHING = {"source": "list"}


def both(words):
    return {"ko": f"{words} 빠짐없이 세고 알립니다", "en": words}


def a_commitment(n):
    return {
        "number": n,
        "title": both(f"Promise {n}: {LONG}"),
        "leads": [{"agency": slug} | EVERYTHING for slug in ("lamps", f"division-{n}")],
        "review": [
            {"measure": "completion", "value": "Substantial"} | EVERYTHING,
            {"measure": "early_results", "value": "Moderate"} | EVERYTHING,
        ],
        "milestones": [
            {
                "label": f"{n}.1",
                "title": both(f"Step {n}: {LONG}"),
                "agency": "lamps",
                "due": f"2025-{n % 12 + 1:02d}-28",
                "history": [
                    {"on": "2025-01-09", "word": "Parked for want of an office"} | EVERYTHING
                ],
            }
            | EVERYTHING
        ],
    } | EVERYTHING


@pytest.fixture
def long_lists(db, tmp_path):
    """30 plans, of which the newest has 150 commitments; one agency of 151 leads them all."""
    numbers = range(1, ROWS + 1)
    name = "Division of Street Lamps and Public Works"
    file = {
        "madang": 1,
        "languages": ["ko", "en"],
        "sources": {"list": {"title": both("A list")}},
        "forum": {
            "name": both("Long forum"),
            "body": "body",
            "bodies": [{"slug": "body", "name": both("Long forum")} | EVERYTHING],
            "seat_classes": [],
        },
        "agencies": [
            {"slug": "lamps", "name": both("Lamp office")} | EVERYTHING,
            *({"slug": f"division-{n}", "name": both(f"{name} {n}")} | EVERYTHING for n in numbers),
        ],
        "plans": [
            {
                "number": n,
                "title": both(f"Plan number {n} for open government and street lamps"),
                "status": "published",
                "period": {"from": "2024", "to": "2025"} | EVERYTHING,
                "commitments": [a_commitment(m) for m in (numbers if n == PLANS else [1])],
            }
            | EVERYTHING
            for n in range(1, PLANS + 1)
        ],
    }
    (tmp_path / "long.json").write_text(json.dumps(file))
    return a_loaded_forum(tmp_path / "long.json")


PLACES = [
    "/agencies/lamps/?led=2&page=3",
    "/agencies/",
    "/agencies/lamps/",
    "/plans/side-by-side/",
    f"/plans/{PLANS}/commitments/",
    f"/plans/{PLANS}/promised-done-changed/",
]


@pytest.mark.parametrize("address", PLACES)
def test_a_page_stays_light_however_long_its_list(address, long_lists, each_reader):
    answer = each_reader.get(address)

    assert len(answer.content) + STYLE <= BYTES_AT_MOST
    assert not Page(answer).faults


def rows_of(page, step):
    """The commitments or milestones that the page's own rows lead to."""
    found = {one["href"] for one in page.all("a") if one.get("class") == "words"}
    return {one for one in found if ("#milestone-" in one) == step}


@pytest.mark.parametrize(
    ("address", "step", "in_all"),
    [
        (f"/plans/{PLANS}/commitments/?agency=lamps&page=", False, ROWS),
        (f"/plans/{PLANS}/promised-done-changed/?page=", False, ROWS),
        ("/agencies/lamps/?page=2&led=", False, ROWS + PLANS - 1),
        ("/agencies/lamps/?led=2&page=", True, ROWS + PLANS - 1),
    ],
)
def test_every_row_stands_on_one_of_the_pages(address, step, in_all, long_lists, english_reader):
    last = -(-in_all // 40)
    pages = [Page(english_reader.get(f"{address}{n}")) for n in range(1, last + 1)]

    rows = [rows_of(page, step) for page in pages]
    assert [len(one) for one in rows] == [40] * (last - 1) + [in_all - 40 * (last - 1)]
    assert len(set().union(*rows)) == in_all
    chosen = address.partition("?")[2]
    leads = {one["href"].partition("#")[0] for one in pages[0].all("a")}
    assert set(f"{chosen}2".split("&")) in [set(one.removeprefix("?").split("&")) for one in leads]


@pytest.mark.parametrize("asked", ["0", "99", "x", "9" * 30])
@pytest.mark.parametrize("address", ["/agencies/lamps/?led=", "/agencies/lamps/?page="])
def test_what_is_no_page_is_the_nearest_one(address, asked, long_lists, reader):
    assert reader.get(f"{address}{asked}").status_code == 200


def test_the_data_has_every_row(long_lists, reader):
    agency = reader.get("/agencies/lamps.json").json()
    assert len(agency["commitments"]) == len(agency["milestones"]) == ROWS + PLANS - 1
    for name in ("commitments", "promised-done-changed"):
        data = reader.get(f"/plans/{PLANS}/{name}.json").json()
        table = reader.get(f"/plans/{PLANS}/{name}.csv").content.decode("utf-8-sig")
        assert len(data["commitments"]) == ROWS == len(table.splitlines()) - 1
