"""The steps of the road from a direction to a decision, as a browser takes them.

Fields are found by their names, so that a step is the same in either language.
"""

import re
import time
from collections.abc import Callable, Mapping

from playwright.sync_api import Locator, Page, Response, expect

from tests.makers.new_forum import New

SECRETARIAT, SECOND_OFFICER = "bok-jian", "ryu-deunsol"
CO_CHAIRS = ("do-hanbit", "won-narae")
"""Of the government's side and of civil society's."""
PLAN, MEETING = 4, 8
"""The numbers that the next plan and the next meeting of the practice forum get."""

CODE = r"^\s*(\d{6})\s*$"
"""The line of a letter that is a number to type."""

TITLE = {"title-ko": "가온시 제4차 실행계획", "title-en": "Fourth Action Plan of Gaon"}
PERIOD = {"starts": "2032-01-01", "ends": "2033-12-31"}
DIRECTION = {
    "area-1-ko": "쉬운 행정",
    "area-1-en": "Plain administration",
    "vision-1-ko": "누구나 아는 시정",
    "vision-1-en": "A city everyone can follow",
    "stage-call-from": "2031-03",
    "stage-call-to": "2031-04",
}
COMMITMENT = {
    "title-ko": "공영 주차장 요금 공개",
    "title-en": "What public parking costs, in the open",
    "description-ko": "주차장마다 요금과 면제 기준을 한곳에 싣습니다.",
    "description-en": "Fees and exemptions of every car park stand in one place.",
    "starts": "2032-02",
    "ends": "2033-06",
    "step-1-title-ko": "요금표를 모읍니다",
    "step-1-title-en": "Collect the tables of fees",
    "step-1-output-ko": "공개된 표",
    "step-1-output-en": "A published table",
    "step-1-from": "2032-02",
    "step-1-due": "2032-10",
}


def continue_as(page: Page, prefix: str, person: str) -> Response:
    """Be someone else at one press; it ends at the desk."""
    page.goto(f"{prefix}/practice/")
    return press(page, f'button[value="{person}"]')


def sign_in(page: Page, forum: New, address: str, path: str) -> None:
    """Ask a real forum for a page, and come to it by the number from the mail."""
    had = len(forum.mail.to(address))
    page.goto(f"{forum.site}{path}")
    send(page, {"email": address}, "form button")
    code = forum.mail.wait_for(address, CODE, after=had)
    send(page, {"code": code}, "form button")
    expect(page).to_have_url(f"{forum.site}{path}")


def press(page: Page, button: str | Locator) -> Response:
    """Press what sends a form or leads on, and wait for what comes of it."""
    found = page.locator(button) if isinstance(button, str) else button
    with page.expect_navigation() as gone:
        found.first.click()
    assert gone.value
    return gone.value


def fill(page: Page, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        page.locator(f'[name="{name}"]').fill(value)


def send(page: Page, values: Mapping[str, str], button: str) -> Response:
    """Fill in the page's form and press one of its buttons."""
    fill(page, values)
    return press(page, f"main {button}")


def write_commitment(page: Page) -> Response:
    """Answer the form of a commitment, with a lead, a vision and a milestone, and save it."""
    page.locator('select[name="vision"]').select_option(index=1)
    page.locator('input[name="lead"]').first.check()
    page.locator('select[name="step-1-agency"]').select_option(index=1)
    return send(page, COMMITMENT, 'button[name="save"]')


def wait_until(holds: Callable[[], bool], patience: float = 60) -> None:
    """Look again and again until what the worker does has been done."""
    deadline = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < deadline, "it was waited for in vain"
        time.sleep(0.2)


def letter(page: Page, prefix: str, *said: str) -> Response:
    """The newest letter whose line in the list of letters says all of this."""
    page.goto(f"{prefix}/practice/letters/")
    row = page.locator("main tbody tr")
    for words in said:
        row = row.filter(has_text=words)
    return press(page, row.locator("a"))


def mailed_code(page: Page, prefix: str, email: str) -> str:
    """The number that was mailed last to someone for casting a vote."""
    letter(page, prefix, email)
    found = re.search(CODE, page.locator("main").inner_text(), re.MULTILINE)
    assert found, "no number in the newest letter"
    return found[1]


def mailed_ballot(page: Page, prefix: str, *said: str) -> str:
    """The path of someone's ballot, `/v/…/`, from the newest letter that says all of this."""
    letter(page, prefix, *said)
    found = re.search(r"/v/[\w-]+/", page.locator("main").inner_text())
    assert found, "no ballot in the letter"
    return found[0]
