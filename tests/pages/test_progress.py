"""Where promises stand: late first, moved dates beside the old ones, done never averaged with changed."""

import csv
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.makers import united_states
from tests.makers.forums import FORUMS, a_loaded_forum
from tests.pages.reading import Page

ON = datetime(2026, 4, 10, 3, 0, tzinfo=UTC)


@pytest.fixture
def carried_out(db, monkeypatch):
    """The small forum as it reads on 10 April 2026."""
    forum = a_loaded_forum(FORUMS / "carried-out.yaml")
    monkeypatch.setattr("madang.web.middleware._moment", lambda request: ON)
    return forum


def test_the_late_ones_come_first_the_latest_of_them_on_top(carried_out, reader):
    data = reader.get("/plans/1/progress.json").json()

    assert [(one["label"], one["status"]) for one in data["milestones"]] == [
        ("1.2", "late"),
        ("2.1", "late"),
        ("2.2", None),
        ("1.3", None),
        ("1.1", "done"),
    ]
    assert data["counts"] == {"late": 2, "unknown": 2, "done": 1}


def test_a_moved_date_stands_beside_the_old_one(carried_out, english_reader):
    page = Page(english_reader.get("/plans/1/commitments/1/"))

    row = page.one("tr", id="milestone-1.2").text
    assert "31 December 2025 → 30 June 2026" in row
    assert "Money" in row and "Money is short." in row
    step = english_reader.get("/plans/1/commitments/1.json").json()["milestones"][1]
    assert (step["promised"], step["due"]) == ("2025-12-31", "2026-06-30")
    assert step["moved"] == [
        {"from": "2025-12-31", "to": "2026-06-30", "on": "2025-12-01", "change": None}
    ]


def test_what_a_date_says_is_told_apart_from_what_somebody_said(carried_out, english_reader):
    page = Page(english_reader.get("/plans/1/progress/?status=late"))

    assert "its date has passed" in page.text
    assert "said on 1 December 2025" in page.text
    assert "Draw it" in page.text and "Count them" not in page.text


def test_a_foreign_word_stands_beside_ours_and_one_that_fits_none_alone(
    carried_out, english_reader
):
    page = Page(english_reader.get("/plans/1/progress/"))

    assert "(the source writes “Complete”)" in page.text
    assert "fits none of our words" in page.text
    assert "“Parked”" in page.text


def test_evidence_is_a_link_that_hands_nothing_on(carried_out, reader):
    page = Page(reader.get("/plans/1/commitments/1/"))

    [proof] = [a for a in page.all("a") if a.get("href") == "https://works.example/count"]
    assert "noopener" in proof["rel"] and "noreferrer" in proof["rel"]


def test_done_and_changed_stand_side_by_side_and_no_number_is_made_of_them(
    carried_out, english_reader
):
    data = english_reader.get("/plans/1/promised-done-changed.json").json()
    first, second, third = data["commitments"]

    assert first["progress"]["level"] == "limited"
    assert [code["value"] for code in first["done"]] == ["Substantial"]
    assert [code["value"] for code in first["changed"]] == ["Moderate"]
    assert second["changed"] == []
    assert third["progress"] is None
    page = Page(english_reader.get("/plans/1/promised-done-changed/"))
    assert "1 of 3 milestones done; nothing was said of 1 of them" in page.text
    assert "%" not in page.text


OGP = {
    "Completion (End Of Term)": "Substantial",
    "Early Results": "Moderate",
    "Promising": "Yes",
    "Specificity": "Medium",
    "_Relevant": "Yes",
    "Potential Impact": "Transformative",
    "Starred": "No",
    "Potential for Results": "",
}


def test_all_that_the_reviewer_found_is_in_the_table_under_ogp_s_names(carried_out, reader):
    answer = reader.get("/plans/1/promised-done-changed.csv")
    first, second, _third = csv.DictReader(answer.content.decode("utf-8-sig").splitlines())

    assert {name: first[name] for name in OGP} == OGP
    assert not any(second[name] for name in OGP)


STEPS = 150
CSS = len(Path("madang/web/static/css/madang.css").read_bytes())


@pytest.fixture
def long_plan(db, tmp_path):
    """A plan of three commitments with 150 long milestones, each told of twice, on phones too."""
    numbers = range(1, STEPS + 1)
    files = {
        "commitments.json": [
            {
                "commitment_id": f"ZZ10{one}",
                "title": f"A commitment with a long title, number {one}",
                "commitment_detail_sub": "",
            }
            for one in range(3)
        ],
        "subcommitments.json": [
            {
                "commitment_detail_sub_id": f"ZZ10{n % 3}.{n:03d}",
                "title": f"Step {n}: "
                + "count, publish and keep up to date every street lamp, " * 5,
                "commitment_agency": f"Department of Street Lamps and Public Works, Division {n % 30}",
                "body": "Told at length. Evidence: None",
            }
            for n in numbers
        ],
    }
    for name, rows in files.items():
        (tmp_path / name).write_text(json.dumps(rows))
    told = [
        f"203{y}-03-01,ZZ10{n % 3}.{n:03d},,{w}"
        for n in numbers
        for y, w in ((1, "On Track"), (2, "Parked until the new office opens"))
    ]
    (tmp_path / "status_history.csv").write_text("\n".join(["when,sub_commitment,from,to", *told]))
    file = united_states.a_forum_file(tmp_path)
    for commitment in file["plans"][0]["commitments"]:
        for n, step in enumerate(commitment["milestones"]):
            step |= {"from": "2030-01-01", "due": f"2031-{n % 12 + 1:02d}"}
    (tmp_path / "plan.json").write_text(json.dumps(file))
    return a_loaded_forum(tmp_path / "plan.json")


@pytest.mark.parametrize("page", [1, 2, 4])
def test_a_page_of_progress_stays_light_however_long_the_plan(long_plan, english_reader, page):
    answer = english_reader.get(f"/plans/5/progress/?page={page}")

    assert len(answer.content) + CSS <= 100_000
    assert not Page(answer).faults


def test_every_milestone_stands_on_one_of_the_pages_and_all_of_them_in_the_data(
    long_plan, english_reader
):
    pages = [Page(english_reader.get(f"/plans/5/progress/?page={n}")) for n in range(1, 5)]

    links = [{one for one in page.links if "milestone-" in one} for page in pages]
    assert [len(one) for one in links] == [40, 40, 40, 30] and len(set().union(*links)) == STEPS
    assert pages[1].one("a", aria__current="page").text.split()[-1] == "2"
    assert len(english_reader.get("/plans/5/progress.json").json()["milestones"]) == STEPS
    assert "150 milestones" in pages[3].text


@pytest.mark.parametrize("asked", ["0", "99", "x", "-1", "9" * 30, "٣"])
def test_what_is_no_page_is_the_nearest_one(long_plan, reader, asked):
    assert reader.get("/plans/5/progress/", {"page": asked}).status_code == 200
    assert reader.get("/plans/5/progress.json", {"page": asked}).status_code == 400


def test_what_was_chosen_goes_along_to_the_next_page(long_plan, reader):
    page = Page(reader.get("/plans/5/progress/?status=unknown"))

    assert "?status=unknown&page=2" in {one.get("href") for one in page.all("a")}


def test_a_commitment_s_head_says_state_day_and_next_date(carried_out, english_reader):
    header = Page(english_reader.get("/plans/1/commitments/1/")).one("header", class_="numbered")

    assert "Late" in header.text
    assert "as of" in header.text
    assert "next date: milestone 1.2, 30 June 2026" in header.text


def test_agencies_show_how_late_they_are(carried_out, reader):
    lamps, works = sorted(
        reader.get("/agencies.json").json()["agencies"], key=lambda one: one["slug"]
    )

    assert (lamps["milestones"], lamps["done"], lamps["late"]) == (3, 1, 1)
    assert (works["milestones"], works["late"]) == (2, 1)
    assert lamps["most_days"] > works["most_days"] > 0
    own = reader.get("/agencies/lamps.json").json()["milestones"]
    assert [one["label"] for one in own] == ["1.2", "1.3", "1.1"]


def test_plans_stand_side_by_side_and_what_nobody_recorded_is_no_zero(carried_out, reader):
    [plan] = reader.get("/plans/side-by-side.json").json()["plans"]

    assert (plan["commitments"], plan["milestones"], plan["done"], plan["late"]) == (3, 5, 1, 2)
    assert (plan["completed"], plan["changed"], plan["reviewed"]) == (1, 1, 1)


def test_a_plan_of_which_nothing_was_reported_has_nulls(korea, reader):
    plans = {one["number"]: one for one in reader.get("/plans/side-by-side.json").json()["plans"]}

    assert plans[5]["done"] is None and plans[5]["changed"] == 4
    assert plans[1]["milestones"] is None
    assert {one["status"] for one in reader.get("/plans/5/progress.json").json()["milestones"]} == {
        None
    }


def test_the_chart_marks_the_old_end_and_the_day(carried_out, reader):
    drawing = reader.get("/plans/1/progress.svg").content.decode()

    assert drawing.count('stroke-dasharray="3 2"') == 1
    assert drawing.count('stroke-dasharray="5 4"') == 1


@pytest.mark.parametrize("query", ["?status=nonsense", "?agency=nobody", "?colour=red"])
def test_what_cannot_be_asked_is_answered_with_a_sentence(carried_out, reader, query):
    answer = reader.get(f"/plans/1/progress.json{query}")

    assert answer.status_code == 400
    assert answer.json()["error"]


def test_the_rules_of_the_day_stand_on_the_page_of_changes(carried_out, reader):
    rules = reader.get("/plans/1/changes.json").json()["rules"]

    assert [(rule["figure"], rule["in_force"]) for rule in rules] == [
        ({"years": 1}, False),
        ({"years": 2}, True),
    ]


@pytest.mark.parametrize("address", ["/plans/1/progress/", "/plans/1/commitments/2/"])
def test_on_a_phone_the_label_stands_over_the_bar_and_no_word_leaves_the_picture(
    rehearsed_forum, reader, address
):
    html = reader.get(address).content.decode()

    wide, phone = re.findall(r'<svg class="(milestones[^"]*)" viewBox="0 0 ([0-9.]+)', html)
    assert (wide[0], phone[0]) == ("milestones", "milestones phone")
    assert float(phone[1]) <= 340
    drawing = html[html.index('class="milestones phone"') :]
    assert all(float(x) >= 0 for x in re.findall(r'<text x="([0-9.-]+)"', drawing))
    years = re.findall(r'<text x="([0-9.]+)"[^>]*text-anchor="middle"', drawing)
    assert years and all(float(x) >= 17 for x in years)
