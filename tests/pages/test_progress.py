"""Where promises stand: late first, moved dates beside the old ones, done never averaged with changed."""

import csv
import re
from datetime import UTC, datetime

import pytest

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
