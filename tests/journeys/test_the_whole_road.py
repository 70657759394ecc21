"""From a direction to a published plan, walked in the practice forum with JavaScript off."""

import hmac
import json
import re
import time
from collections import Counter
from fractions import Fraction
from hashlib import sha256
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Alone, Open
from tests.journeys.steps import (
    CO_CHAIRS,
    DIRECTION,
    MEETING,
    PERIOD,
    PLAN,
    SECRETARIAT,
    TITLE,
    continue_as,
    letter,
    mailed_code,
    press,
    send,
    write_commitment,
)
from tests.makers.command_line import madang

pytestmark = pytest.mark.browser

MEMBER, SEAT = "marcus-oduya@practice.example", "cso-16"
MOST_PRESSES = 4
PATIENCE = 60
"""How long, in seconds, the worker may take to set the papers."""


def test_a_plan_goes_from_its_direction_to_its_edition(alone: Alone, opened: Open) -> None:
    prefix = f"{alone.site}/en"
    page, outside = opened(), opened()

    # The secretariat: a plan, its direction, a commitment.
    continue_as(page, prefix, SECRETARIAT)
    the_secretariat_makes_a_plan(page)
    the_secretariat_drafts_a_ballot(page)
    expect(page).to_have_url(re.compile(rf"/meetings/{MEETING}/ballot/$"))

    before = outside.goto(f"{prefix}/plans/{PLAN}/")
    assert before and before.status == 404

    # The co-chairs: each is told at the desk, and turns a key on the exact text.
    for person in CO_CHAIRS:
        the_one_next_thing(page, prefix, person)
        press(page, page.get_by_role("button", name="Turn my key"))
    expect(page.locator("main")).to_contain_text("It opens by itself at its time")
    assert twin(page, alone)["status"] == "keyed"
    outside.goto(f"{prefix}/plans/{PLAN}/")
    expect(outside.locator("h1")).to_have_text(TITLE["title-en"])

    # The clock, and a member who answers from the letter.
    page.goto(f"{prefix}/practice/")
    press(page, page.get_by_role("button", name="To the opening of the vote"))
    assert twin(page, alone)["status"] == "open"
    presses = a_member_answers_from_the_letter(opened(width=360), opened(width=360), prefix)
    assert presses <= MOST_PRESSES
    assert twin(page, alone)["turnout"]["answered"] == 1
    assert not twin(page, alone).get("votes")

    # Everyone else; with the last seat's answer it closes.
    outside.goto(f"{prefix}/practice/")
    form = outside.locator(f'form:has(input[name="ballot"][value="{MEETING}"])')
    press(outside, form.get_by_role("button", name="The other seats answer", exact=True))
    outside.goto(f"{prefix}/meetings/{MEETING}/ballot/")
    expect(outside.locator("h1")).to_contain_text("Approved")
    counted_again(outside, alone)

    # Both keys publish.
    for person in CO_CHAIRS:
        the_one_next_thing(page, prefix, person)
        press(page, page.locator(f'form[action$="/desk/publish/{PLAN}/"] button'))
    expect(page.locator("main")).to_contain_text("This plan is published")
    everyone_reads_the_edition(outside, alone)
    said = madang("verify", "--data", alone.data)
    assert said.returncode == 0, said.stderr
    assert "The record is whole" in said.stdout


# --- the secretariat -----------------------------------------------------------------------------


def the_secretariat_makes_a_plan(page: Page) -> None:
    press(page, page.get_by_role("link", name="Plans being prepared"))
    press(page, page.get_by_role("link", name="Begin the next plan"))
    send(page, {**TITLE, **PERIOD}, "form button")
    expect(page).to_have_url(re.compile(rf"/desk/plans/{PLAN}/direction/$"))
    send(page, DIRECTION, 'button[name="save"]')
    press(page, page.get_by_role("link", name="Write a new commitment"))
    write_commitment(page)
    expect(page.locator("h1")).to_contain_text("What public parking costs")


def the_secretariat_drafts_a_ballot(page: Page) -> None:
    press(page, page.locator("nav ol").get_by_role("link", name="My desk"))
    press(page, page.get_by_role("link", name="Draft a ballot in writing"))
    press(page, page.locator(f'main a[href$="?plan={PLAN}"]'))
    page.get_by_label("a quorum could hardly be reached in a sitting").check()
    press(page, page.get_by_role("button", name="Next: check everything"))
    expect(page.locator("main")).to_contain_text("What public parking costs")
    press(page, page.get_by_role("button", name="Lay it before the co-chairs"))


def the_one_next_thing(page: Page, prefix: str, person: str) -> None:
    """Sign in as someone and press what the desk offers first."""
    continue_as(page, prefix, person)
    press(page, page.locator("article.door a.button"))


# --- a member ------------------------------------------------------------------------------------


def a_member_answers_from_the_letter(page: Page, other: Page, prefix: str) -> int:
    """By keyboard alone, from the letter to the receipt; how many presses that took.

    The number is read in another window, as a mail is.
    """
    presses = 0

    def pressed(target: Locator, key: str) -> None:
        nonlocal presses
        reach(page, target)
        page.keyboard.press(key)
        presses += 1

    letter(page, prefix, MEMBER, "vote is asked")
    with page.expect_navigation():
        pressed(page.locator("section.letter a[href*='/v/']"), "Enter")
    expect(page.locator("main")).to_contain_text(f"The ballot of seat {SEAT}")
    pressed(page.locator("#choice-yes"), "Space")
    with page.expect_navigation():
        pressed(page.get_by_role("button", name="Check my answer"), "Enter")
    expect(page.locator("main")).to_contain_text("Not sent yet")
    reach(page, page.locator("#code"))
    page.keyboard.type(mailed_code(other, prefix, MEMBER))
    with page.expect_navigation():
        pressed(page.get_by_role("button", name="Cast the vote"), "Enter")
    expect(page.locator("h1")).to_have_text("Your vote was received")
    expect(page.locator("main")).to_contain_text(f"{MEETING}-1-{SEAT}-1")
    return presses


def reach(page: Page, target: Locator) -> None:
    """Go with the Tab key until the focus is on it."""
    focused = target.and_(page.locator(":focus"))
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused.count():
            return
    raise AssertionError(f"the Tab key does not reach {target}")


# --- what anyone can check -----------------------------------------------------------------------


def read(page: Page, alone: Alone, path: str) -> Any:
    answer = page.context.request.get(f"{alone.site}{path}")
    assert answer.ok, path
    return answer.json()


def twin(page: Page, alone: Alone) -> Any:
    return read(page, alone, f"/meetings/{MEETING}/ballot.json")


def counted_again(page: Page, alone: Alone) -> None:
    """Count from the data alone, and hold every answer against its entry of the record."""
    ballot = twin(page, alone)
    votes = ballot["votes"]
    count = Counter(vote["choice"] for vote in votes)
    returned = count["yes"] + count["no"] + count["abstain"]
    there = len(ballot["roll"]) - count["recused"]
    quorum, majority = (Fraction(rule["figure"]["fraction"]) for rule in ballot["rules"][:2])

    assert len(votes) == len({vote["seat"] for vote in votes}) == 30
    assert ballot["counts"] == {
        **{key: count[key] for key in ("yes", "no", "abstain", "recused")},
        "not_returned": 0,
    }
    assert returned > quorum * there
    assert count["yes"] > majority * returned
    assert ballot["outcome"] == "approved"
    assert [(line["part"], line["whole"]) for line in ballot["threshold"]] == [
        (returned, there),
        (count["yes"], returned),
    ]
    for vote in votes:
        _stands_in_the_record(read(page, alone, f"/record/{vote['entry']}.json"), vote)


def _stands_in_the_record(entry: Any, vote: Any) -> None:
    says = json.loads(entry["leaf"])
    assert entry["leaf_hash"] == sha256(b"\x00" + entry["leaf"].encode()).hexdigest()
    assert (says["t"], says["d"]["seat"]) == ("ballot.cast", vote["seat"])
    assert set(vote["openings"]) == set(says["c"]) - {"actor"}
    for field, opening in vote["openings"].items():
        assert opening["value"] == vote[field]
        # What was committed when the vote was cast, made anew from what was opened at the close.
        bare = {"f": field, "i": says["i"], "v": opening["value"]}
        message = json.dumps(bare, ensure_ascii=False, separators=(",", ":")).encode()
        found = hmac.new(bytes.fromhex(opening["key"]), message, "sha256").hexdigest()
        assert found == says["c"][field]


def everyone_reads_the_edition(page: Page, alone: Alone) -> None:
    """The edition stands on the plan's page in both languages, and its papers by their hashes."""
    deadline = time.monotonic() + PATIENCE
    while len((edition := read(page, alone, f"/plans/{PLAN}.json")["edition"])["papers"]) < 2:
        assert time.monotonic() < deadline, "the papers were not set"
        time.sleep(0.5)

    page.goto(f"{alone.site}/en/plans/{PLAN}/")
    expect(page.locator("h1")).to_have_text(TITLE["title-en"])
    expect(page.locator("main")).to_contain_text("Edition 1 of its texts is fixed by this hash")
    expect(page.locator("main")).to_contain_text(edition["sha256"])
    expect(page.get_by_role("link", name="The plan in Korean (PDF)")).to_be_visible()
    page.goto(f"{alone.site}/plans/{PLAN}/")
    expect(page.locator("h1")).to_have_text(TITLE["title-ko"])
    for paper in (*edition["papers"], *twin(page, alone)["decision_papers"]):
        body = page.context.request.get(f"{alone.site}{paper['url']}").body()
        assert sha256(body).hexdigest() == paper["sha256"]
