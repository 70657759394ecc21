"""A promise is watched, from its letter to the letter of whoever proposed it.

An update comes late with its reason, a member disputes it, the next meeting has it on its agenda,
the forum states its view there and decides an amendment. "No word" comes with the clock and goes
with the next update. The trail of a proposal ends at its milestone, and its author hears of it.
A citizen says a word about it, which is looked at before it is public.
"""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.checks import found_by_axe, found_too_wide
from tests.journeys.conftest import Alone, Open
from tests.journeys.steps import (
    CO_CHAIRS,
    SECRETARIAT,
    continue_as,
    letter,
    mailed_code,
    press,
    send,
)

pytestmark = pytest.mark.browser

SEOUL = ZoneInfo("Asia/Seoul")
AUTHOR = "jeong-haneul@people.gaon.example"
OPENED = "The pages by programme and neighbourhood are open."
SAID = "Two thirds are done; the rest waits for next year's money."


def the_letter(page: Page, site: str, subject: str) -> str:
    """The link in the newest letter with this subject, as everyone reads it in practice."""
    page.goto(f"{site}/en/practice/letters/")
    page.locator("#asked ~ ul").get_by_role("link", name=re.compile(subject)).first.click()
    found = re.search(r"/u/[\w-]+/", page.locator("main").inner_text())
    assert found, subject
    return found[0]


def said_by_the_clock(page: Page, address: str, word: str) -> None:
    """The worker looks every 15 seconds what is due."""
    for _second in range(40):
        page.goto(address)
        if page.locator("h1 ~ p .tag", has_text=word).count():
            return
        page.wait_for_timeout(1000)
    raise AssertionError(f"{word} never came")


def test_from_a_letter_to_the_agenda_and_no_word_comes_and_goes(
    alone: Alone, opened: Open, tmp_path: Path
) -> None:
    # A forum of its own: the clock goes on past what other journeys find open.
    practice, page = alone.site, opened()
    site = f"{practice}/en"

    # An update takes two presses and two inputs: the letter's link, the choice, the sentence, post.
    path = the_letter(page, practice, "과제 2 소식")
    presses, inputs = 1, 0
    page.goto(f"{site}{path}")
    assert page.locator("input:checked").count() == 0
    step = page.locator('[id="status-2.4"]')
    step.get_by_role("radio", name="On track").check()
    step.get_by_label("What was done?").fill("Subcontracts are being listed.")
    inputs += 2
    press(page, page.get_by_role("button", name="Post the update"))
    presses += 1
    assert (presses, inputs) == (2, 2)
    expect(page.locator(".receipt")).to_contain_text("On track")

    # Late, with a new date and a cause, corrected within ten minutes.
    page.get_by_role("link", name="Correct it").click()
    step = page.locator('[id="status-2.4"]')
    step.get_by_role("radio", name="Late").check()
    step.get_by_label("What was done?").fill(SAID)
    step.locator('[name="new_due-2.4"]').fill("2020-01")
    press(page, page.get_by_role("button", name="Post the correction"))
    expect(page.get_by_role("alert")).to_be_visible()
    assert step.get_by_label("What was done?").input_value() == SAID
    step.locator('[name="cause-2.4"]').select_option("budget")
    step.locator('[name="new_due-2.4"]').fill("2099-03")
    press(page, page.get_by_role("button", name="Post the correction"))

    # A member disputes it, with a link; it offers itself for the next agenda.
    continue_as(page, site, "kim-doran")
    page.goto(f"{site}/desk/weigh/1-2.4/")
    page.get_by_label("It is not so").check()
    press(page, page.get_by_role("button", name="Say so"))
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("A link that shows it").fill("https://watch.example/budget")
    press(page, page.get_by_role("button", name="Say so"))
    expect(page.locator("main")).to_contain_text("watch.example/budget")
    page.goto(f"{site}/agenda/")
    expect(page.locator("main")).to_contain_text("1-2.4")

    # The secretariat takes it onto the agenda of a dated meeting.
    continue_as(page, site, SECRETARIAT)
    page.goto(f"{site}/desk/agenda/")
    page.get_by_label("Day of the next meeting").fill(f"{datetime.now(SEOUL):%Y-%m-%d}")
    press(page, page.get_by_role("button", name="Call the meeting"))
    offer = page.locator("#offers ~ ul > li", has=page.locator('a[href$="/milestones/2.4/"]'))
    press(page, offer.get_by_role("button", name="Take it onto the agenda"))
    press(page, offer.locator('a[href*="/meetings/"]'))
    meeting = page.url
    expect(page.locator("#agenda ~ ol a")).to_have_attribute("href", re.compile("milestones/2.4/"))

    # There the forum states its own view, and decides that the commitment is to read otherwise.
    page.goto(f"{site}/desk/views/1-2.4/")
    page.locator('[name="status"]').select_option("late")
    page.locator('[name="text-en"]').fill("The forum saw no list yet.")
    press(page, page.get_by_role("button", name="Enter the view"))
    page.goto(meeting)
    expect(page.locator("#agenda ~ ol")).to_contain_text("The forum saw no list yet.")
    page.goto(f"{site}/desk/plans/1/commitments/2/change/")
    page.locator('[name="reason-en"]').fill("The list needs a budget of its own, voted next year.")
    page.locator('[name="kind"][value="amendment"]').check()
    page.locator('[name="decided_by"]').select_option(f"meeting:{meeting.split('/')[-2]}")
    step = page.get_by_role("group", name="Milestone 2.4")
    step.get_by_label("Due").fill("2099-06-30")
    press(page, page.get_by_role("button", name="Ask for this change"))
    asked = page.url
    for chair in CO_CHAIRS:
        continue_as(page, site, chair)
        page.goto(asked)
        press(page, page.locator('button[value="turn"]'))

    # On the commitment's page the date first promised and the new one, with what decided it, and
    # what members say of the update.
    page.goto(f"{site}/plans/1/commitments/2/")
    row = page.locator('[id="milestone-2.4"]')
    expect(row.locator("del").first).to_be_visible()
    expect(row).to_contain_text("30 June 2099")
    expect(row).to_contain_text("1 that it is not")
    press(page, row.get_by_role("link", name=re.compile("moved by change")))
    expect(page.locator("main")).to_contain_text("the meeting, and both co-chairs’ keys")
    expect(page.locator("del")).to_have_text("2027-12-31")
    expect(page.locator("ins")).to_have_text("2099-06-30")

    # "No word" comes with the clock, and goes with the next update.
    page.goto(f"{site}/practice/")
    for _week in range(2):
        press(page, page.get_by_role("button", name="One week on"))
    late = f"{site}/plans/1/commitments/4/milestones/4.1.3/"
    said_by_the_clock(page, late, "No word")
    path = the_letter(page, practice, "과제 4 소식")
    page.goto(f"{site}{path}")
    step = page.locator('[id="status-4.1.3"]')
    step.get_by_role("radio", name="Stopped").check()
    step.get_by_label("What was done?").fill("One place to search was drawn and tried.")
    step.locator('[name="cause-4.1.3"]').select_option("change_of_government")
    step.locator('[name="reason-4.1.3"]').fill("The new administration joins two websites first.")
    press(page, page.get_by_role("button", name="Post the update"))
    page.goto(late)
    expect(page.locator("h1 ~ p .tag")).to_have_text("Stopped")
    expect(page.locator("main")).to_contain_text("A change of government")

    # A proposal's trail ends at its milestone, and its author hears of it once it is done.
    path = the_letter(page, practice, "과제 1 소식")
    page.goto(f"{site}{path}")
    step = page.locator('[id="status-1.2"]')
    step.get_by_role("radio", name="Done").check()
    step.get_by_label("What was done?").fill(OPENED)
    # Of a hundred megabytes nothing is kept; all that was typed stays, before and after the file.
    large = tmp_path / "all.pdf"
    with large.open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(100 * 1024 * 1024)
    step.get_by_text("Evidence: a link or a file").click()
    step.locator('[name="file-1.2"]').set_input_files(large)
    step.locator('[name="done_on-1.2"]').fill("2099")
    assert press(page, page.get_by_role("button", name="Post the update")).status == 400
    expect(page.get_by_role("alert")).to_contain_text("more than 24 MB")
    expect(step.get_by_label("What was done?")).to_have_value(OPENED)
    expect(step.locator('[name="done_on-1.2"]')).to_have_value("2099")
    expect(step.get_by_role("radio", name="Done")).to_be_checked()
    step.locator('[name="done_on-1.2"]').fill("")
    press(page, page.get_by_role("button", name="Post the update"))
    expect(page.get_by_role("alert")).to_contain_text("evidence")
    step.get_by_label("Link").fill("https://gaon.example/budget/areas")
    press(page, page.get_by_role("button", name="Post the update"))
    letter(page, site, AUTHOR, "이루어졌습니다")
    told = page.locator("main").inner_text()
    assert OPENED in told
    [thread] = re.findall(r"http\S+/proposals/\S+", told)[:1]
    page.goto(thread)
    end = page.locator('main a[href$="#milestone-1.2"], main a[href$="/milestones/1.2/"]').last
    press(page, end)
    expect(page.locator("main")).to_contain_text(OPENED)

    # Anyone may say a word about it; what may hold a telephone number is looked at first.
    wide, axe = opened(scripts=True), Axe()
    wide.goto(f"{site}/plans/1/commitments/1/milestones/1.2/comment/")
    remark = "Nobody at 010-0000-1234 knew of these pages."
    send(wide, {"text": remark, "email": "reader@people.gaon.example"}, "form button")
    found = found_by_axe(axe, wide) + found_too_wide(wide)
    code = mailed_code(page, site, "reader@people.gaon.example")
    send(wide, {"code": code}, "form button")
    expect(wide.locator("main")).not_to_contain_text(remark)
    continue_as(wide, site, SECRETARIAT)
    wide.goto(f"{site}/desk/updates/")
    press(wide, wide.locator('a[href*="/desk/remarks/"]').first)
    expect(wide.locator("main")).to_contain_text("010-0000-1234")
    assert found + found_by_axe(axe, wide) + found_too_wide(wide) == []
    press(wide, 'button[value="publish"]')
    page.goto(f"{site}/plans/1/commitments/1/milestones/1.2/")
    expect(page.locator("main")).to_contain_text(remark)
