"""A new, real forum: set up from a spreadsheet, and its first vote held, with JavaScript off."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.steps import (
    CODE,
    DIRECTION,
    press,
    send,
    sign_in,
    wait_until,
    write_commitment,
)
from tests.makers.command_line import madang
from tests.makers.new_forum import OFFICER, New
from tests.makers.sheets import HEADINGS, a_spreadsheet, thirty

pytestmark = pytest.mark.browser

MOST_PRESSES, MOST_FIELDS = 9, 12
"""Issue 3: thirty members in ten minutes, at most 9 presses and 12 fields."""
COLLEAGUE = "colleague@sample.example"
SEOUL = ZoneInfo("Asia/Seoul")
ADDRESSES = {row[0]: row[4] for row in thirty()}
CHAIRS = ("m1@sample.example", "m9@sample.example")
BY_MAIL, BY_LETTER = 15, "cso-22"
"""Of thirty seats sixteen are a quorum: fifteen answer by mail, and the one on paper makes it."""


class Hand:
    """Someone at a page, each of whose presses and fields is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses, self.fields = page, 0, 0

    def press(self, target: Locator) -> None:
        self.presses += 1
        press(self.page, target)

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.fields += 1
            self.page.locator(f'main [name="{name.replace("__", "-")}"]').fill(value)

    def choose(self, **values: str) -> None:
        for name, value in values.items():
            self.fields += 1
            self.page.locator(f'main select[name="{name}"]').select_option(value)

    def upload(self, path: Path) -> None:
        self.fields += 1
        self.page.locator('main input[type="file"]').set_input_files(path)


def test_a_forum_is_set_up_and_holds_its_first_vote(
    new_forum: New, opened: Open, tmp_path: Path
) -> None:
    sheet = tmp_path / "members.xlsx"
    sheet.write_bytes(a_spreadsheet([HEADINGS, *thirty()]))
    office, colleague, reader = opened(), opened(), opened()

    # The address that `madang init` names leads over signing in to the four steps.
    sign_in(office, new_forum, OFFICER, "/en/desk/setup/")
    hand = Hand(office)
    the_secretariat_sets_it_up(hand, sheet)
    assert hand.presses <= MOST_PRESSES and hand.fields <= MOST_FIELDS, vars(hand)
    reader.goto(f"{new_forum.site}/en/forum/")
    expect(reader.locator("main")).to_contain_text("견본시 조례 제1호")
    reader.goto(f"{new_forum.site}/en/plans/1/")
    expect(reader.locator("main h1")).to_contain_text("First Action Plan")

    # Plan, commitment, ballot; and each co-chair's key, by signing in.
    the_secretariat_writes_a_plan(office)
    opens, closes = the_secretariat_drafts_a_ballot(office)
    for chair in CHAIRS:
        page = opened()
        sign_in(page, new_forum, chair, "/en/desk/")
        press(page, page.locator("article.door a.button"))
        press(page, page.get_by_role("button", name="Turn my key"))
        page.context.close()

    # It opens by the clock; fifteen answer from their letters, one on paper.
    assert status(reader, new_forum) == "keyed"
    new_forum.clock.move_to(opens + timedelta(minutes=1))
    wait_until(lambda: status(reader, new_forum) == "open")
    for address in list(ADDRESSES.values())[:BY_MAIL]:
        a_member_answers(opened(width=360), new_forum, address)
    a_vote_comes_on_paper(office, colleague, new_forum)
    assert status(reader, new_forum) == "open"

    # It closes by the clock, and everyone reads the result.
    new_forum.clock.move_to(closes + timedelta(seconds=1))
    wait_until(lambda: status(reader, new_forum) == "closed")
    everyone_reads_the_result(reader, new_forum)
    both_keys_publish(opened, new_forum)
    reader.goto(f"{new_forum.site}/en/plans/1/")
    expect(reader.locator("main")).to_contain_text("Edition 1 of its texts is fixed by this hash")
    said = madang("verify", "--data", new_forum.data)
    assert said.returncode == 0, said.stderr
    assert "The record is whole" in said.stdout


# --- setting up ----------------------------------------------------------------------------------


def the_secretariat_sets_it_up(hand: Hand, sheet: Path) -> None:
    main = hand.page.locator("main")
    hand.press(main.get_by_role("link", name="Next: Name and rules"))
    hand.fill(seats__ex_officio="2", seats__government="6", seats__civil_society="22")
    hand.choose(quorum="over-half", majority="over-half-returned", tie="reject")
    hand.fill(source="견본시 조례 제1호", email=COLLEAGUE)
    hand.press(main.get_by_role("button", name="Set the forum up so"))

    hand.upload(sheet)
    hand.press(main.get_by_role("button", name="Check the list"))
    expect(main).to_contain_text("Nothing is kept yet")
    expect(main.locator("svg.seat-chart")).to_be_visible()
    expect(main).not_to_contain_text("not as in the rules")
    hand.press(main.get_by_role("button", name="Register 30 members"))

    hand.press(main.get_by_role("link", name="Next: Plan and dates"))
    hand.fill(title__en="First Action Plan")
    hand.press(main.get_by_role("button", name="Begin the plan"))
    hand.fill(stage__call__from=DIRECTION["stage-call-from"])
    hand.press(main.locator('button[name="save"]'))

    expect(main).to_contain_text("Nothing is missing")
    expect(main).to_contain_text("22 of 22 seats are filled")
    hand.press(main.get_by_role("button", name="Publish plan 1 and its dates"))
    expect(main).to_contain_text("The forum is public")


def the_secretariat_writes_a_plan(page: Page) -> None:
    page.goto(f"{_site(page)}/en/desk/plans/1/direction/")
    send(page, DIRECTION, 'button[name="save"]')
    press(page, page.get_by_role("link", name="Write a new commitment"))
    write_commitment(page)
    expect(page.locator("main h1")).to_contain_text("What public parking costs")


def the_secretariat_drafts_a_ballot(page: Page) -> tuple[datetime, datetime]:
    """Draft it as it is suggested; when it opens and closes."""
    press(page, page.locator("nav ol").get_by_role("link", name="My desk"))
    press(page, page.get_by_role("link", name="Draft a ballot in writing"))
    page.get_by_label("a quorum could hardly be reached in a sitting").check()
    form = {
        name: page.locator(f'[name="{name}"]').input_value()
        for name in ("opens_on", "opens_time", "closes_on", "closes_time")
    }
    press(page, page.get_by_role("button", name="Next: check everything"))
    press(page, page.get_by_role("button", name="Lay it before the co-chairs"))
    expect(page).to_have_url(re.compile(r"/meetings/1/ballot/$"))
    return tuple(
        datetime.fromisoformat(f"{form[f'{end}_on']}T{form[f'{end}_time']}").replace(tzinfo=SEOUL)
        for end in ("opens", "closes")
    )  # type: ignore[return-value]


# --- the vote ------------------------------------------------------------------------------------


def status(page: Page, forum: New) -> str:
    return str(ballot(page, forum)["status"])


def ballot(page: Page, forum: New) -> dict:
    answer = page.context.request.get(f"{forum.site}/meetings/1/ballot.json")
    return answer.json() if answer.ok else {"status": "unknown"}


def a_member_answers(page: Page, forum: New, address: str) -> None:
    """From the letter to the receipt."""
    link = forum.mail.wait_for(address, r"(http://\S+/v/[\w-]+/)")
    had = len(forum.mail.to(address))
    page.goto(f"{forum.site}/en{urlsplit(link).path.removeprefix('/en')}")
    page.locator("#choice-yes").check()
    press(page, "main form button")
    code = forum.mail.wait_for(address, CODE, after=had)
    page.locator("#code").fill(code)
    press(page, page.get_by_role("button", name="Cast the vote"))
    expect(page.locator("h1")).to_have_text("Your vote was received")
    page.context.close()


def a_vote_comes_on_paper(office: Page, colleague: Page, forum: New) -> None:
    path = "/en/desk/ballots/1/paper/"
    office.goto(f"{forum.site}{path}")
    office.locator("#seat").select_option(BY_LETTER)
    office.locator("#choice-yes").check()
    office.locator("#channel-letter").check()
    send(office, {"document": "2026-1"}, 'button[value="vote"]')
    # Whoever entered it can't confirm it, and until someone does it is no vote.
    expect(office.locator('button[value="confirm-vote"]')).to_have_count(0)
    assert ballot(office, forum)["turnout"]["answered"] == BY_MAIL

    sign_in(colleague, forum, COLLEAGUE, path)
    press(colleague, colleague.locator('main button[value="confirm-vote"]'))
    assert ballot(office, forum)["turnout"]["answered"] == BY_MAIL + 1


def everyone_reads_the_result(page: Page, forum: New) -> None:
    page.goto(f"{forum.site}/en/meetings/1/ballot/")
    expect(page.locator("h1")).to_contain_text("Approved")
    expect(page.locator("main")).to_contain_text("on paper")
    found = ballot(page, forum)
    assert found["counts"]["yes"] == BY_MAIL + 1 and found["counts"]["not_returned"] == 14
    assert (found["threshold"][0]["part"], found["threshold"][0]["whole"]) == (16, 30)
    on_paper = [vote["seat"] for vote in found["votes"] if vote["channel"] == "letter"]
    assert on_paper == [BY_LETTER]


def both_keys_publish(opened: Open, forum: New) -> None:
    for chair in CHAIRS:
        page = opened()
        sign_in(page, forum, chair, "/en/desk/")
        press(page, page.locator("article.door a.button"))
        press(page, page.locator('form[action$="/desk/publish/1/"] button'))
    expect(page.locator("main")).to_contain_text("This plan is published")


def _site(page: Page) -> str:
    parts = urlsplit(page.url)
    return f"{parts.scheme}://{parts.netloc}"
