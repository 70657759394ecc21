"""One proposal from a phone, without script and account, to its trail; a list with broken rows; desks."""

import re
import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.checks import found_by_axe, found_too_wide
from tests.journeys.conftest import Alone, Open, Sites
from tests.journeys.steps import SECRETARIAT, continue_as, fill, letter, press, send, wait_until
from tests.journeys.test_someone_proposes import Counted, mailed
from tests.makers.command_line import madang
from tests.makers.files import WHERE, a_jpeg

pytestmark = pytest.mark.browser
MEMBER = "kim-doran"
"""Works in the second group of the third plan."""
TITLE = "골목 가로등이 언제 고쳐지는지 알려 주세요"
TEXT = (
    "가로등이 꺼졌다고 알려도 언제 고치는지 알 수 없습니다. 신고한 뒤의 일을 볼 수 있으면 합니다."
)
ANSWER = "가로등 신고가 어디까지 갔는지 누리집에서 볼 수 있게 하는 일을 후보에 담아 함께 다룹니다."
EMAIL = "road@citizen.example"


def test_a_proposal_goes_the_whole_road(alone: Alone, opened: Open) -> None:
    phone, desk, letters = opened(width=360), opened(), opened(width=360)
    label = proposed(phone, letters, alone.site)
    number = label.partition("-")[2]
    trail = f"{alone.site}/plans/3/proposals/{number}/"

    candidate = sorted_and_merged(desk, alone.site, int(number))
    answered(desk, alone.site, number, "joined", f"candidate:3-{candidate}")
    asked_again(phone, letters, alone.site, label)
    answered(desk, alone.site, number, "partly", f"candidate:3-{candidate}", wait="asked")

    phone.goto(trail)
    told = phone.locator(".trail").inner_text()
    stops = ["접수", "공개", "분과", "후보", f"후보 {candidate}", "답변함", "재심사", "다시 답변"]
    place = 0
    for words in stops:
        assert words in told[place:], (words, told)
        place = told.index(words, place) + 1
    assert "일부 담김" in phone.locator("main").inner_text()
    assert found_too_wide_without_script(phone) == []
    with phone.expect_download() as got:
        phone.locator("a", has_text="JPG").click()
    kept = Path(str(got.value.path())).read_bytes()
    assert kept.startswith(b"\xff\xd8\xff") and WHERE not in kept
    for said in ("받았습니다", "합쳐", "답변"):
        letter(letters, alone.site, EMAIL, label, said)


def proposed(page: Page, letters: Page, site: str) -> str:
    did = Counted(page)
    page.goto(f"{site}/")
    did.press("제안하기")
    fill(page, {"title": TITLE, "text": TEXT, "email": EMAIL})
    page.locator('[name="agreed"]').check()
    page.locator("summary", has_text="더 적").click()
    photo = FilePayload(name="가로등.jpg", mimeType="image/jpeg", buffer=a_jpeg(turned=6))
    page.locator('[name="file"]').set_input_files(photo)
    did.press("내용 확인하기")
    expect(page.locator("main")).to_contain_text("가로등.jpg")
    did.press("제안 보내기")
    page.locator('[name="code"]').fill(mailed(letters, site, EMAIL))
    did.press("확인하고 접수하기")
    assert did.presses == 4
    found = re.search(r"3-\d{4}", page.locator(".receipt").inner_text())
    assert found
    return found[0]


def sorted_and_merged(page: Page, site: str, number: int) -> int:
    """Placed with a group, made a candidate at one press, and that one let go into another."""
    continue_as(page, site, SECRETARIAT)
    page.goto(f"{site}/desk/plans/3/groups/")
    page.locator("article", has_text="2.").locator("summary").click()
    page.locator("#numbers-2").fill(str(number))
    press(page, page.locator("article", has=page.locator("#numbers-2")).locator('[value="place"]'))
    continue_as(page, site, MEMBER)
    page.goto(f"{site}/desk/groups/3-2/sort/?proposal={number}")
    expect(page.locator("h1")).to_have_text(TITLE)
    press(page, 'button[value="new"]')
    page.goto(f"{site}/plans/3/proposals/{number:04d}/")
    began = page.locator(".trail a", has_text="후보").first.get_attribute("href") or ""
    page.goto(f"{site}/plans/3/candidates/")
    others = page.locator("main a[href*='/candidates/']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    into = next(
        int(n) for n in re.findall(r"/candidates/(\d+)/", " ".join(others)) if n not in began
    )
    page.goto(f"{site}/desk/candidates/3-{into}/")
    page.locator("#others summary").click()
    page.locator(f'[name="others"][value="{began.split("/")[-2]}"]').check()
    press(page, 'button[value="merge"]')
    return into


def answered(
    page: Page, site: str, number: str, outcome: str, subject: str, wait: str = "unanswered"
) -> None:
    continue_as(page, site, SECRETARIAT)
    page.goto(f"{site}/desk/replies/?plan=3&wait={wait}&q={TITLE.split()[0]}")
    page.locator(f'[name="numbers"][value="{int(number)}"]').check()
    press(page, "main table ~ p button")
    page.locator(f'[name="outcome"][value="{outcome}"]').check()
    fill(page, {"text-ko": ANSWER, "text-en": "It is dealt with together with others, and told."})
    page.locator('[name="agency"]').select_option(index=1)
    page.locator('[name="subject"]').select_option(subject)
    press(page, 'button[value="check"]')
    press(page, 'button[value="save"]')
    page.goto(f"{site}/desk/replies/publish/?plan=3")
    press(page, "main form button")


def asked_again(page: Page, letters: Page, site: str, label: str) -> None:
    letter(letters, site, EMAIL, label, "답변")
    link = re.search(r"http://\S+/answers?/\S+", letters.locator("main").inner_text())
    assert link, letters.locator("main").inner_text()
    page.goto(link[0])
    press(page, 'button[value="not_helped"]')
    send(
        page,
        {"text": "언제부터 볼 수 있는지, 신고한 사람에게도 알려 주는지 궁금합니다."},
        "[value='ask']",
    )
    expect(page.locator("main")).to_contain_text("다시")


def found_too_wide_without_script(page: Page) -> list[str]:
    width = page.locator("main").bounding_box()
    return [] if width and width["width"] <= 360 else [f"{width}"]


# --- a list as an office has it ------------------------------------------------------------------

ROWS = """번호,제목,내용,지역
A-1,도서관 와이파이가 느립니다,열람실에서 와이파이가 자꾸 끊깁니다. 속도를 재서 알려 주세요.,동구
A-2,,,
A-3,전화로 알려 주세요,제 번호는 010-1234-5678입니다. 공사 일정을 미리 알려 주시면 좋겠습니다.,서구
A-4,주민번호가 든 글,900101-1234567 을 적었습니다. 서류를 줄여 주시면 좋겠습니다.,남구
A-1,도서관 와이파이가 느립니다,열람실에서 와이파이가 자꾸 끊깁니다. 속도를 재서 알려 주세요.,동구
A-6,"=HYPERLINK(""http://x"")",수식처럼 생긴 제목입니다. 글은 글일 뿐이니 그대로 두면 됩니다.,북구
"""


def test_a_list_in_cp949_with_broken_rows_is_seen_and_then_kept(alone: Alone, opened: Open) -> None:
    page = opened()
    continue_as(page, alone.site, SECRETARIAT)
    page.goto(f"{alone.site}/desk/proposals/import/?plan=3")
    sheet = FilePayload(name="제안.csv", mimeType="text/csv", buffer=ROWS.encode("cp949"))
    page.locator('[name="file"]').set_input_files(sheet)
    page.locator('[name="plan"]').select_option("3")
    page.locator('[name="platform"]').fill("동네 게시판")
    press(page, "main form .button")
    here = page.url

    def ready() -> bool:
        page.goto(here)
        return page.locator('button[value="keep"]').count() > 0

    wait_until(ready)
    told = page.locator("main").inner_text()
    assert "도서관 와이파이가 느립니다" in told and "주민등록번호" in told
    states = page.locator("main .filters").inner_text()
    # All six: two that can't be taken, one to look at, one that stands twice, two that are new.
    assert sorted(map(int, re.findall(r"\d+", states))) == [1, 1, 2, 2, 6], states
    press(page, 'button[value="keep"]')
    wait_until(lambda: page.goto(here) is not None and "3건" in page.locator("main").inner_text())
    page.goto(f"{alone.site}/plans/3/proposals/?q=와이파이")
    expect(page.locator("main table")).to_contain_text("동네 게시판")
    page.goto(f"{alone.site}/plans/3/proposals/?q=HYPERLINK")
    expect(page.locator("main table")).to_contain_text('=HYPERLINK("http://x")')


# --- counted, and for every eye ------------------------------------------------------------------


INTO_ONE = """
from django.utils import timezone
from madang.calls.importing import import_in_parts, read_list
from madang.foundation.actors import LOADER
from madang.planning.models import Plan
from madang.record.guard import writing
from madang.taskforces.models import Candidate, Origin

plan, now = Plan.objects.get(number=3), timezone.now()
candidate = Candidate.objects.get(plan=plan, number=1)
rows = [f"Z-{n},쓰레기통 {n}번을 늘려 주세요,공원 {n}번 자리에 쓰레기통이 없어 불편합니다." for n in range(27)]
lines = read_list(plan, chr(10).join(["번호,제목,내용", *rows]).encode(), "이웃 게시판")
done = list(import_in_parts(plan, lines=lines, file="0" * 64, rows=27, by=LOADER, at=lambda: now))
with writing():
    Origin.objects.filter(candidate=candidate, ended_at=None).update(ended_at=now)
    for one in plan.proposals.filter(platform="이웃 게시판"):
        Origin.objects.create(proposal=one, candidate=candidate, made_at=now)
"""
"""Twenty-seven proposals that a group has sorted into the first candidate."""


def test_twenty_seven_are_answered_as_one(alone: Alone, opened: Open) -> None:
    """One answer for what was sorted together, a line for one of them, and all on one day.

    Six presses from the list of answers, and seven fields; nothing is done once for each of the
    twenty-seven. Source: UX.md P7 and §4, goals 3 and 10.
    """
    made = madang("manage", "--data", alone.data, "shell", "-c", INTO_ONE)
    assert made.returncode == 0, made.stderr
    page = opened()
    continue_as(page, alone.site, SECRETARIAT)
    page.goto(f"{alone.site}/desk/replies/?plan=3")
    did, began = Counted(page), time.monotonic()

    did.type("candidate", "1")
    did.press("찾기")
    expect(page.locator('[name="numbers"]:checked')).to_have_count(27)
    did.press("고른 제안에 답변")
    did.choose("outcome", "not_in_plan")
    did.choose("reason", "needs_work")
    did.choose("agency", "")
    did.type("text-ko", ANSWER)
    did.type("text-en", "It needs more thought, and is carried to the next call.")
    line = page.locator('[name^="line-"]').first.get_attribute("name") or ""
    did.type(line, "3번 자리는 올해 살펴봅니다.")
    did.press("다음")
    # Three of them as they will read it, and the others by name.
    expect(page.locator("#others ~ ul li")).to_have_count(27 - 3)
    did.press("저장")
    did.press("모두 공개")
    did.press("공개")

    assert (did.presses, len(did.fields), did.ticks) == (6, 7, 0)
    assert time.monotonic() - began < 120
    page.goto(f"{alone.site}/plans/3/proposals/?source=이웃 게시판&outcome=not_in_plan")
    expect(page.locator("main table tbody tr")).to_have_count(27)


def test_the_desks_of_this_road_are_accessible(sites: Sites, opened: Open) -> None:
    axe, faults = Axe(), {}
    addresses = (
        *("/desk/proposals/", "/desk/proposals/new/", "/desk/proposals/import/"),
        *("/desk/replies/?plan=3", "/desk/replies/write/?plan=3&numbers=1&numbers=2"),
        *("/desk/replies/publish/?plan=3", "/desk/replies/sheets/?plan=3"),
        *("/desk/plans/3/groups/", "/plans/3/proposals/new/", "/plans/3/proposals/0001/mine/"),
    )
    for language in ("", "/en"):
        for width in (360, 1280):
            page = opened(scripts=True, width=width)
            continue_as(page, sites.practice + language, SECRETARIAT)
            for address in addresses:
                page.goto(sites.practice + language + address)
                found = found_by_axe(axe, page) + found_too_wide(page)
                faults[f"{language}{address} {width}"] = found
    assert {address: found for address, found in faults.items() if found} == {}
