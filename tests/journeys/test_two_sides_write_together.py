"""Two sides, a member and an agency write on one commitment at once; not a character is lost."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.checks import found_by_axe, found_too_wide
from tests.journeys.conftest import Alone, Open
from tests.journeys.steps import SECRETARIAT, continue_as, press, send
from tests.journeys.test_agencies_answer import go_by_letter

pytestmark = pytest.mark.browser
CIVIL, OFFICIAL, MEMBER = "kim-doran", "seol-garam", "choi-siul"
"""Who leads the writing for civil society and for the government, and a member of their group."""
DRAFT = "/desk/drafts/3-1/"
PROMISE = "가로수의 자리와 심은 해, 돌본 날을 데이터로 열고"
SAID = {
    "description-en": "The city opens where each tree stands.",
    "done_so_far-ko": "시는 2019년부터 나무마다 번호를 매겨 관리해 왔습니다. 목록은 공개하지 않았습니다.",
    "participation-ko": "학교와 주민 모임이 한 해에 두 번 나무를 함께 살피고 결과를 데이터에 더합니다.",
}
"""What the two type into the form, each without the other's."""
AGENCY = "디지털행정담당관"
OPINION = {
    "words-1": "나무 목록은 다듬는 데 반년이 걸립니다.\n\n그 뒤에는 달마다 열 수 있습니다. 👩‍👩‍👧",
    "wording-1": "가로수의 자리와 심은 해를 먼저 열고, 돌본 날은 반년 뒤에 더합니다.",
}
"""What the agency's focal point types on the mailed page, all the while."""


def text_of(page: Page) -> str:
    return page.locator("section[aria-labelledby=text]").inner_text()


def test_two_people_a_member_and_an_agency_work_at_once_and_nothing_is_lost(
    alone: Alone, opened: Open
) -> None:
    people = {}
    for person in (CIVIL, OFFICIAL, MEMBER):
        people[person] = page = opened()
        continue_as(page, alone.site, person)
    civil, official, member = people.values()

    # All of them open the text as it stands now; the agency by its letter, without a password.
    agency = opened(width=360)
    go_by_letter(agency, alone.site, "c", f"{AGENCY}의 의견을 묻습니다")
    agency.get_by_label("일부 수용", exact=True).first.check()
    agency.locator("summary", has_text="수정 문안").first.click()
    for name, words in OPINION.items():
        agency.locator(f'[name="{name}"]').fill(words)
    civil.goto(f"{alone.site}{DRAFT}write/")
    official.goto(f"{alone.site}{DRAFT}write/")
    continue_here = member.locator("a", has_text="고치기").filter(has_text="과제를 짧게")
    member.goto(alone.site + DRAFT)
    press(member, continue_here)

    # The first saves; the other, who wrote elsewhere, is shown both and keeps every word.
    send(civil, {"description-en": SAID["description-en"]}, 'button[name="save"]')
    expect(civil).to_have_url(alone.site + DRAFT)
    answer = send(
        official,
        {key: SAID[key] for key in ("done_so_far-ko", "participation-ko")},
        'button[name="save"]',
    )
    assert answer.status == 409
    both = official.locator("#both").inner_text()
    assert SAID["done_so_far-ko"] in both and SAID["participation-ko"] in both
    assert official.locator('[name="description-en"]').input_value() == SAID["description-en"]
    press(official, 'main button[name="save"]')

    # The agency, which began before both, sends: its words stand beside a text that is another now.
    press(agency, agency.get_by_role("button", name="답 보내기"))
    expect(agency.locator("main")).to_contain_text("글이 바뀌었습니다")
    for name, words in OPINION.items():
        assert agency.locator(f'[name="{name}"]').input_value() == words

    # The member, who began before both, suggests for a paragraph that neither touched.
    wording = member.locator("#wording").input_value().replace("돌본 날", "돌본 날과 돌본 사람")
    send(member, {"wording": wording, "reason": "누가 돌보는지도 알아야 합니다."}, "form button")
    expect(member.locator("[role=status]")).to_contain_text("수정안 2")

    # The second rewrites that very paragraph: the suggestion stays, with both texts.
    official.goto(f"{alone.site}{DRAFT}write/")
    offered = official.locator("#because label").filter(has_text=AGENCY)
    for words in OPINION.values():
        expect(offered).to_contain_text(words.split("\n")[0])
    offered.locator("input").check()
    typed = official.locator('[name="description-ko"]').input_value()
    changed = typed.replace("데이터로 열고", "데이터와 지도로 열고")
    send(official, {"description-ko": changed}, 'button[name="save"]')
    civil.goto(alone.site + DRAFT)
    waiting = civil.locator("#s-2")
    expect(waiting).to_contain_text("지금의 글")
    expect(waiting).to_contain_text("데이터와 지도로 열고")
    waiting.locator("summary").click()
    waiting.locator('[value="partly"]').check()
    agreed = changed.replace("돌본 날", "돌본 날과 돌본 사람")
    waiting.locator("[name=wording]").fill(agreed)
    waiting.locator("[name=answer]").fill("지도는 그대로 두고 돌본 사람을 더합니다.")
    press(civil, waiting.locator('[value="answer"]'))

    # The other's first suggestion is declined, with its reason.
    first = civil.locator("#s-1")
    first.locator("summary").click()
    first.locator('[value="declined"]').check()
    first.locator("[name=answer]").fill("두 주는 법이 정한 기간이라 그대로 둡니다.")
    press(civil, first.locator('[value="answer"]'))

    # Every word that anybody typed stands in the text or beside it.
    member.goto(alone.site + DRAFT)
    text = text_of(member)
    for words in (*SAID.values(), agreed):
        assert words in text
    expect(member.locator("main")).to_contain_text(f"{AGENCY}의 협의 의견")
    fates = member.locator("section[aria-labelledby=suggestions]")
    for words in ("일부 받아들임", "받지 않음", "두 주는 법이 정한 기간이라", "네 주 전에"):
        expect(fates).to_contain_text(words)
    member.goto(f"{alone.site}/plans/3/draft/1/history/?from=1&to=5")
    expect(member.locator("dl.diff ins").first).to_be_visible()
    stranger = opened()
    for path in ("/plans/3/draft/1/history/", "/plans/3/draft/1/suggestions/"):
        gone = stranger.goto(alone.site + path)
        assert gone and gone.status == 404


def test_a_suggestion_takes_three_presses_and_two_fields_without_script(
    alone: Alone, opened: Open
) -> None:
    page = opened(width=360)
    continue_as(page, f"{alone.site}/en", MEMBER)
    page.goto(f"{alone.site}/en/desk/drafts/")

    press(page, page.get_by_role("link", name="Trees and shade as data"))
    press(page, page.locator("a", has_text="Suggest a change").first)
    page.locator("#wording").fill("Trees and shade, tree by tree")
    page.locator("#reason").fill("The title should say what is opened.")
    press(page, page.get_by_role("button", name="Make the suggestion"))

    expect(page.locator("[role=status]")).to_contain_text("Suggestion 2 is made")


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_desks_of_those_who_write_are_accessible(
    alone: Alone, opened: Open, language: str
) -> None:
    page, axe = opened(scripts=True), Axe()
    prefix, faults = alone.site + language, {}
    seen = {
        CIVIL: [DRAFT, f"{DRAFT}write/", "/desk/drafts/", "/desk/groups/3-2/", "/desk/drafts/2-2/"],
        MEMBER: [f"{DRAFT}suggest/?piece=description/ko&place=0", f"{DRAFT}?view=clean"],
        SECRETARIAT: ["/plans/2/draft/2/history/", "/plans/2/draft/2/suggestions/", DRAFT],
    }
    for person, addresses in seen.items():
        continue_as(page, prefix, person)
        for address in addresses:
            page.goto(prefix + address)
            faults[person, address] = found_by_axe(axe, page) + found_too_wide(page)

    assert {where: found for where, found in faults.items() if found} == {}
