"""A candidate on its whole way: draft, suggestions, agencies, the public, the freeze, the ballot."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Alone, Open
from tests.journeys.steps import (
    CO_CHAIRS,
    CODE,
    MEETING,
    SECRETARIAT,
    continue_as,
    fill,
    letter,
    press,
    send,
)
from tests.journeys.test_agencies_answer import go_by_letter
from tests.journeys.test_someone_comments import move_to, put_before_the_public
from tests.journeys.test_two_sides_write_together import CIVIL, MEMBER, OFFICIAL

pytestmark = pytest.mark.browser
DESK, DRAFT, COMMITMENT = "/desk/drafts/3-2/", "/plans/3/draft/", "/plans/3/commitments/2/"
PROMISE = "시는 골목마다 무엇을 언제 고쳤는지 다음 날까지 공개합니다."
TEXT = {
    "description-ko": PROMISE,
    "description-en": "By the next day the city publishes what was mended in each lane.",
    "starts": "2030-02",
    "ends": "2031-12",
    "step-1-title-ko": "고친 곳을 날마다 싣습니다",
    "step-1-title-en": "Publish each day what was mended",
    "step-1-output-ko": "날마다 나오는 목록",
    "step-1-output-en": "A list that comes out every day",
    "step-1-from": "2030-02",
    "step-1-due": "2030-12",
}
TAKEN = ("다음 날까지", "이틀 안에")
"""What a suggestion changes and is accepted for."""
ALSO = "고치지 못한 곳과 그 까닭도 함께 싣습니다."
"""What stands in the text since a comment asked for it."""
SAID = {
    "디지털행정담당관": (
        "일부 수용",
        "목록은 매주 낼 수 있고, 날마다 내려면 인력이 더 필요합니다.",
    ),
    "복지국": ("불수용", "골목 수리는 복지국이 하는 일이 아니어서 함께할 수 없습니다."),
}
ASKED = "고치지 못한 곳도 왜 못 고쳤는지 함께 알려 주세요."
EMAIL = "lane@citizen.example"
WAY = (
    *("call", "candidate", "suggestions", "consultation", "written"),
    *("comments", "meetings", "answers", "vote"),
)
"""The steps of its way that the record tells, in their order."""


def test_a_candidate_goes_to_the_ballot(alone: Alone, opened: Open) -> None:
    site, page, outside, letters = alone.site, opened(), opened(width=360), opened()
    title = grown(page, site)
    written(page, site)
    suggested(page, site)
    asked(page, site)
    for name in SAID:
        says(opened(width=360), site, name)

    opens, closes = put_before_the_public(page, site)
    move_to(page, site, opens)
    number = comment(outside, letters, site)
    move_to(page, site, closes)
    answered(page, site, number)
    outside.goto(f"{site}{DRAFT}2/")
    expect(outside.locator("ins").first).to_have_text(ALSO)

    laid_before_the_forum(page, site)
    frozen(page, site)
    decided(page, outside, site)
    came(outside, site, title)


def grown(page: Page, site: str) -> str:
    """A proposal becomes a candidate, the candidate a draft of its group; what it is called."""
    continue_as(page, site, CIVIL)
    page.goto(f"{site}/desk/groups/3-2/sort/")
    title = page.locator("h1").inner_text()
    press(page, 'button[value="new"]')
    page.goto(f"{site}/desk/groups/3-2/")
    page.locator("#grow summary").click()
    page.locator("#grow label", has_text=title).locator("input").check()
    press(page, '#grow button[value="grow"]')
    expect(page).to_have_url(f"{site}{DESK}")
    continue_as(page, site, SECRETARIAT)
    for side, person in (("government", OFFICIAL), ("civil_society", CIVIL)):
        page.goto(f"{site}{DESK}")
        page.locator("summary", has_text="정하기").click()
        page.locator(f'[name="side"][value="{side}"]').check()
        page.locator("#person").select_option(person)
        press(page, 'button[value="lead"]')
    return title


def written(page: Page, site: str) -> None:
    continue_as(page, site, CIVIL)
    page.goto(f"{site}{DESK}write/")
    page.locator('input[name="lead"]').first.check()
    page.locator('select[name="step-1-agency"]').select_option(index=1)
    send(page, TEXT, 'button[name="save"]')
    expect(page).to_have_url(f"{site}{DESK}")


def suggested(page: Page, site: str) -> None:
    """A member suggests twice; one who leads accepts the one, the other declines the other."""
    continue_as(page, site, MEMBER)
    for new, reason in (
        (PROMISE.replace(*TAKEN), "하루는 밤에 고친 곳을 싣기에 짧습니다."),
        (PROMISE.replace("골목마다", "큰길마다"), "큰길부터 하면 좋겠습니다."),
    ):
        page.goto(f"{site}{DESK}suggest/?piece=description/ko&place=0")
        send(page, {"wording": new, "reason": reason}, "form button")
    for person, number, fate, why in (
        (CIVIL, 2, "declined", "이 과제는 골목을 두고 한 약속입니다."),
        (OFFICIAL, 1, "accepted", ""),
    ):
        continue_as(page, site, person)
        page.goto(f"{site}{DESK}")
        one = page.locator(f"#s-{number}")
        one.locator("summary").click()
        one.locator(f'[value="{fate}"]').check()
        one.locator("[name=answer]").fill(why)
        press(page, one.locator('[value="answer"]'))
    expect(page.locator("section[aria-labelledby=text]")).to_contain_text(TAKEN[1])
    fates = page.locator("section[aria-labelledby=suggestions]")
    for words in ("받아들임", "받지 않음", "골목을 두고 한 약속"):
        expect(fates).to_contain_text(words)


def asked(page: Page, site: str) -> None:
    continue_as(page, site, SECRETARIAT)
    page.goto(f"{site}/desk/plans/3/consult/")
    page.locator('[name="commitments"][value="2"]').check()
    for box in page.locator('[name="commitments"]:checked:not([value="2"])').all():
        box.uncheck()
    for name in SAID:
        page.locator("#bodies label", has_text=name).locator("input").check()
    press(page, 'button[value="ask"]')


def says(page: Page, site: str, name: str) -> None:
    """Two presses and two fields, from the letter, without a password."""
    stance, words = SAID[name]
    go_by_letter(page, site, "c", f"{name}의 의견을 묻습니다")
    page.get_by_label(stance, exact=True).first.check()
    page.locator("#words-2").fill(words)
    press(page, page.get_by_role("button", name="답 보내기"))
    expect(page.locator("[role=status]")).to_contain_text("답을 받았습니다")


def comment(page: Page, letters: Page, site: str) -> int:
    page.goto(f"{site}{DRAFT}2/")
    press(page, page.get_by_role("link", name="의견 쓰기"))
    fill(page, {"text": ASKED, "email": EMAIL})
    page.locator('[name="agreed"]').check()
    press(page, page.get_by_role("button", name="내용 확인하기"))
    press(page, page.get_by_role("button", name="의견 보내기"))
    letter(letters, site, EMAIL)
    found = re.search(CODE, letters.locator("main").inner_text(), re.MULTILINE)
    assert found
    page.locator('[name="code"]').fill(found[1])
    press(page, page.get_by_role("button", name="확인하고 접수하기"))
    return int(page.url.partition("?")[0].split("/")[-2])


def answered(page: Page, site: str, number: int) -> None:
    """The text takes the comment up, the answer says so, and both come out."""
    continue_as(page, site, CIVIL)
    page.goto(f"{site}{DESK}write/")
    field = page.locator('[name="description-ko"]')
    field.fill(f"{field.input_value()} {ALSO}")
    for said in (f"의견 3-{number}", "디지털행정담당관"):
        page.locator("#because label", has_text=said).locator("input").check()
    press(page, 'main button[name="save"]')
    # The paragraph says what it was changed for, and so does the version.
    for address in (DESK, "/plans/3/draft/2/history/"):
        page.goto(site + address)
        for said in (f"의견 {number}", "디지털행정담당관의 협의 의견"):
            expect(page.locator("main")).to_contain_text(said)
    continue_as(page, site, SECRETARIAT)
    page.goto(f"{site}/desk/comments/3-{number}/")
    page.locator('[name="fate"][value="taken_up"]').check()
    page.locator('[name="changed"]').select_option(index=1)
    reason = "고치지 못한 곳과 그 까닭도 싣는다고 설명에 적었습니다. 고맙습니다."
    send(page, {"reason-ko": reason}, 'button[value="answer"]')
    press(page, 'button[value="publish"]')


def laid_before_the_forum(page: Page, site: str) -> None:
    page.goto(f"{site}/desk/ballots/new/?plan=3")
    page.locator('[name="reason"], [name="written_reason"]').first.check()
    press(page, 'button[value="check"]')
    press(page, 'button[value="make"]')
    for person in CO_CHAIRS:
        continue_as(page, site, person)
        press(page, page.locator("article.door a.button"))
        press(page, 'button[value="turn"]')


def frozen(page: Page, site: str) -> None:
    """Nobody writes on it any more; what is put to the vote is these words by their hash."""
    continue_as(page, site, CIVIL)
    page.goto(f"{site}{DESK}")
    expect(page.locator("main form")).to_have_count(0)
    said = page.context.request.get(f"{site}/meetings/{MEETING}/ballot.json").json()
    papers = {one["ref"]: one["sha256"] for one in said["papers"]}
    kept = page.context.request.get(f"{site}/plans/3/draft/2/history.json").json()
    newest = max(kept["versions"], key=lambda one: one["number"])
    assert papers["commitment:3-2"] == newest["sha256"]


def decided(page: Page, outside: Page, site: str) -> None:
    page.goto(f"{site}/practice/")
    press(page, 'button[value="opening"]')
    outside.goto(f"{site}/practice/")
    form = outside.locator(f'form:has(input[name="ballot"][value="{MEETING}"])')
    press(outside, form.locator("button").first)
    outside.goto(f"{site}/meetings/{MEETING}/ballot/")
    expect(outside.locator("h1")).to_contain_text("가결")


def came(page: Page, site: str, title: str) -> None:
    """The way of the commitment from what is kept: every body with its days, in their order."""
    page.goto(f"{site}{COMMITMENT}how-it-came-to-be/")
    expect(page.locator("main")).to_contain_text(title)
    told = page.locator("ol.trail li").all_inner_texts()
    steps = page.context.request.get(f"{site}{COMMITMENT}how-it-came-to-be.json").json()["steps"]
    assert len(told) == len(steps)
    found = {step["key"]: step for step in steps}
    assert list(found) == [key for key in WAY if key in found] and len(found) == len(WAY)
    assert all(step["from"] and step["body"] for step in steps)
    assert [step["from"] for step in steps] == sorted(step["from"] for step in steps)
    # Each agency that was asked is a step of its own, with what it said.
    for name, (stance, _words) in SAID.items():
        assert any(name in line and stance in line for line in told), told
    for body, words in (
        ("시민", "제안 1건"),
        ("위원", "2건"),
        ("포럼", "가결"),
        ("사무국", "답변"),
    ):
        assert any(body in line and words in line for line in told), told
