"""Taking over a list of proposals: sent, shown row by row, kept at a press, cancelled at another."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from madang.calls.models import ImportedList, Proposal
from madang.foundation.actors import Role
from madang.planning.models import Plan
from madang.web import middleware
from madang.web.timer import DUE
from tests.makers.calls import CLOSES, a_call
from tests.makers.plans import SECRETARY
from tests.makers.proposal_lists import ROWS, a_list
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page

ADDRESS = "/desk/proposals/import/"
BROKEN = [
    *ROWS,
    ["104", "", "", "", "", "", ""],
    ["105", "=1+1", "<b>굵게</b> 내용", "", "x", "", ""],
]


@pytest.fixture
def plan(practice_forum: Any, monkeypatch: Any) -> Plan:
    monkeypatch.setattr(middleware, "_moment", lambda request: CLOSES)
    return a_call().plan


@pytest.fixture(params=["ko", "en"])
def officer(request: Any, plan: Plan) -> Reader:
    return a_signed_in_client(Role.SECRETARIAT, request.param)


def send(officer: Reader, plan: Plan, content: bytes, **more: Any) -> Any:
    file = SimpleUploadedFile("list.csv", content)
    return officer.post(
        ADDRESS, {"plan": str(plan.number), "platform": "국민생각함", "file": file, **more}
    )


def test_a_list_is_shown_before_anything_is_kept(officer: Reader, plan: Plan) -> None:
    sent = send(officer, plan, a_list(BROKEN))
    assert sent.status_code == 302

    page = Page(officer.get(sent["Location"].removeprefix("/en")))

    assert page.faults == [] and page.ids_twice == []
    assert not Proposal.objects.exists()
    words = page.text
    # What can't be taken stands on top, with why; what needs attention after it.
    label = "Row" if officer.language == "en" else "행"
    numbers = [one for one in page.all("td") if one.get("data-label") == label]
    assert [str(n) for n in (5, 6, 2, 3, 4)] == [one.text.strip() for one in numbers]
    assert "<b>굵게</b> 내용" in words and "국민생각함" in words
    assert [one["value"] for one in page.all("button") if one.get("name") == "step"] == [
        "keep",
        "cancel",
    ]


def test_one_press_keeps_them_and_a_second_changes_nothing(officer: Reader, plan: Plan) -> None:
    there = send(officer, plan, a_list(BROKEN))["Location"].removeprefix("/en")

    assert officer.post(there, {"step": "keep"}).status_code == 302
    assert officer.post(there, {"step": "keep"}).status_code == 409

    page = Page(officer.get(there))
    assert Proposal.objects.count() == 4 and page.faults == []
    assert f"{plan.number}-0004" in page.text
    start = Page(officer.get(ADDRESS))
    assert start.faults == [] and "list.csv" in start.text
    again = send(officer, plan, a_list(BROKEN))["Location"].removeprefix("/en")
    assert "keep" not in [one.get("value") for one in Page(officer.get(again)).all("button")]


def test_a_large_list_shows_how_far_it_is_and_is_cancelled(officer: Reader, plan: Plan) -> None:
    rows = [[str(n), f"제안 {n}", "가나다라 " * 80, "", "", "", ""] for n in range(900)]
    there = send(officer, plan, a_list(rows))["Location"].removeprefix("/en")
    reading = Page(officer.get(there))
    assert reading.faults == [] and ImportedList.objects.get().state == "reading"
    DUE["calls.import"](SECRETARY, CLOSES)
    ready = Page(officer.get(f"{there}?state=new&page=3"))
    assert ready.faults == [] and "3 / 18" in ready.text

    assert officer.post(there, {"step": "cancel"}).status_code == 302

    gone = Page(officer.get(there))
    assert gone.faults == [] and not gone.all("button")[1:] and not Proposal.objects.exists()


def test_pasted_rows_are_a_list_too_and_stay_when_refused(officer: Reader, plan: Plan) -> None:
    wrong = officer.post(ADDRESS, {"plan": str(plan.number), "rows": "이름\t소속\n가\t나"})
    page = Page(wrong)
    assert wrong.status_code == 400 and page.faults == []
    assert "가\t나" in wrong.content.decode()
    good = {"plan": str(plan.number), "rows": "제목\t내용\n버스\t버스가 늦습니다"}
    assert officer.post(ADDRESS, good).status_code == 302


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"plan": "99"},
        {"plan": "5", "rows": "가" * 400_001},
        {"plan": "5", "platform": "가" * 121},
    ],
)
def test_what_is_missing_is_a_sentence(plan: Plan, given: dict[str, str]) -> None:
    officer = a_signed_in_client(Role.SECRETARIAT)

    answer = officer.post(ADDRESS, given)

    assert answer.status_code == 400 and Page(answer).faults == []
    assert officer.get(f"{ADDRESS}99/").status_code == 404
    assert officer.post(f"{ADDRESS}99/", {"step": "keep"}).status_code == 404
