"""A promise is watched: a letter, an update late with its reason, a member who disputes it, the
agenda, a comment, and "no word" that comes with the clock and goes with the next update.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Alone, Open
from tests.journeys.steps import continue_as, press

pytestmark = pytest.mark.browser

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


def test_from_a_letter_to_the_agenda_and_no_word_comes_and_goes(alone: Alone, opened: Open) -> None:
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

    # On the commitment's page the old date and the new one, and what members say of it.
    page.goto(f"{site}/plans/1/commitments/2/")
    row = page.locator('[id="milestone-2.4"]')
    expect(row.locator("del")).to_be_visible()
    expect(row).to_contain_text("March 2099")
    expect(row).to_contain_text("1 that it is not")

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
