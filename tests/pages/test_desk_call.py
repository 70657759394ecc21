"""The secretariat's call: announced after a check, extended, ended and opened again with reasons."""

from datetime import timedelta
from typing import Any

import pytest

from madang.calls.models import Call
from madang.foundation.actors import Role
from madang.planning.models import Plan
from madang.record import log
from madang.web import middleware
from tests.makers.calls import ANNOUNCED, AREAS, CLOSES, DURING, again, an_open_call
from tests.makers.plans import an_announced_plan
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page

GOOD = {
    "opens_on": "2026-03-23",
    "opens_time": "09:00",
    "closes_on": "2026-04-22",
    "closes_time": "18:00",
    "answer_by": "2026-08-31",
    "invitation-ko": "무엇이든 제안해 주십시오.",
    "criteria-1-ko": "여러 사람에게 도움이 되는가",
    "criteria-1-en": "Does it help many?",
    "questions-1-ko": "무엇이 문제입니까?",
    "answer_at-ko": "포럼 누리집",
    "languages": ["ko", "en"],
}


@pytest.fixture
def now(monkeypatch: Any) -> list[Any]:
    moment = [ANNOUNCED + timedelta(hours=1)]
    monkeypatch.setattr(middleware, "_moment", lambda request: moment[0])
    return moment


@pytest.fixture
def plan(practice_forum: Any, now: list[Any]) -> Plan:
    return an_announced_plan(at=ANNOUNCED, areas=AREAS)


@pytest.fixture(params=["ko", "en"])
def officer(request: Any, plan: Plan) -> Reader:
    return a_signed_in_client(Role.SECRETARIAT, request.param)


def address(plan: Plan) -> str:
    return f"/desk/plans/{plan.number}/call/"


def test_the_check_page_says_what_it_proves_and_announces_nothing(
    officer: Reader, plan: Plan
) -> None:
    page = Page(officer.post(address(plan), {**GOOD, "step": "check"}))

    assert page.faults == [] and page.ids_twice == []
    source, days = (
        ("Standard 3", "20 days") if officer.language == "en" else ("기준 3의 최소 요건", "20일")
    )
    assert source in page.text and "3.3" in page.text and "14" in page.text
    assert days in page.text
    assert not Call.objects.exists()


def test_what_the_check_page_sends_on_is_what_is_announced(officer: Reader, plan: Plan) -> None:
    page = Page(officer.post(address(plan), {**GOOD, "step": "check"}))
    sent: dict[str, Any] = {"step": "make"}
    for one in page.all("input"):
        if one.get("type") == "hidden" and one["name"] != "csrfmiddlewaretoken":
            sent.setdefault(one["name"], []).append(one["value"])

    done = officer.post(address(plan), sent)

    call = Call.objects.get()
    assert done.status_code == 302
    assert call.opens_at.isoformat() == "2026-03-23T00:00:00+00:00"
    assert call.closes_at.isoformat() == "2026-04-22T09:00:00+00:00"
    assert (call.languages, call.answer_by, len(call.criteria)) == (["ko", "en"], "2026-08-31", 1)
    assert call.criteria[0]["text"]["en"] == "Does it help many?"
    assert call.notice_reason is None


def test_a_short_notice_asks_for_its_reason_and_then_lets_it_through(
    officer: Reader, plan: Plan
) -> None:
    soon = {**GOOD, "opens_on": "2026-03-06", "step": "check"}

    asked = officer.post(address(plan), soon)
    page = Page(asked)
    assert asked.status_code == 400 and "notice_reason-ko" in page.ids
    assert page.one("input", id="criteria-1-ko")["value"] == GOOD["criteria-1-ko"]
    given = {**soon, "notice_reason-ko": "선거 일정 때문입니다.", "step": "make"}
    assert officer.post(address(plan), given).status_code == 302

    call = Call.objects.get()
    assert call.notice_reason and call.notice_reason.words["ko"] == "선거 일정 때문입니다."
    shown = Page(Reader(officer.language).get(f"/plans/{plan.number}/proposals/"))
    assert "선거 일정 때문입니다." in shown.text


WRONG = {
    "no day": {"opens_on": ""},
    "no such day": {"closes_on": "2026-02-31"},
    "no such hour": {"opens_time": "25:00"},
    "a year beyond all calendars": {"opens_on": "9999-12-31", "closes_on": "9999-12-31"},
    "backwards": {"closes_on": "2026-03-01"},
    "in the past": {"opens_on": "2026-01-01"},
    "no criterion": {"criteria-1-ko": "", "criteria-1-en": ""},
    "no language": {"languages": []},
    "a strange language": {"languages": ["xx"]},
    "no day of the answer": {"answer_by": ""},
    "an answer too early": {"answer_by": "2026-04-01"},
    "too long": {"criteria-1-ko": "가" * 301},
}


@pytest.mark.parametrize("other", WRONG.values(), ids=WRONG)
def test_a_refusal_is_a_sentence_and_what_was_typed_stays(
    other: dict[str, Any], plan: Plan
) -> None:
    officer = a_signed_in_client(Role.SECRETARIAT)
    size = log.size()

    answer = officer.post(address(plan), {**GOOD, **other, "step": "make"})

    page = Page(answer)
    assert answer.status_code == 400 and page.faults == [] and page.ids_twice == []
    assert log.size() == size and not Call.objects.exists()
    assert page.one("input", id="questions-1-ko")["value"] == GOOD["questions-1-ko"]
    [summary] = [one for one in page.all("div") if one.get("role") == "alert"]
    [link] = [a["href"] for a in page.all("a") if (a.get("href") or "").startswith("#")][1:2]
    assert summary and link.removeprefix("#") in page.ids


def test_the_form_is_filled_with_what_a_call_says(plan: Plan) -> None:
    officer = a_signed_in_client(Role.SECRETARIAT)
    officer.post(address(plan), {**GOOD, "step": "make"})

    page = Page(officer.get(address(plan)))
    assert page.one("input", id="opens-day")["value"] == "2026-03-23"
    assert page.one("input", id="criteria-1-en")["value"] == "Does it help many?"
    changed = officer.post(address(plan), {**GOOD, "answer_by": "2026-09-30", "step": "make"})

    assert changed.status_code == 302 and Call.objects.get().answer_by == "2026-09-30"


def test_more_room_is_made_and_nothing_lost(plan: Plan) -> None:
    officer = a_signed_in_client(Role.SECRETARIAT)

    page = Page(officer.post(address(plan), {**GOOD, "step": "more"}))

    assert "criteria-4-ko" in page.ids
    assert page.one("input", id="criteria-1-ko")["value"] == GOOD["criteria-1-ko"]


def test_an_unannounced_plan_says_what_comes_first(practice_forum: Any, now: Any) -> None:
    officer = a_signed_in_client(Role.SECRETARIAT)

    page = Page(officer.get("/desk/plans/2/call/"))
    refused = officer.post("/desk/plans/2/call/", {**GOOD, "step": "make"})

    assert "/desk/plans/2/announce/" in page.links and refused.status_code == 409


def test_its_course_takes_a_reason_each_time(practice_forum: Any, now: list[Any]) -> None:
    call, officer = an_open_call(), a_signed_in_client(Role.SECRETARIAT)
    now[0] = DURING
    there = address(call.plan)
    later = {"step": "extend", "extend_on": "2026-05-01", "extend_time": "18:00"}

    without = officer.post(there, later)
    assert without.status_code == 400 and Page(without).faults == []
    assert Page(without).one("input", id="extend-day")["value"] == "2026-05-01"
    assert officer.post(there, {**later, "extend_reason-ko": "명절"}).status_code == 302
    assert again(call).closes_at > CLOSES
    assert officer.post(there, {"step": "end", "end_reason-ko": "제안 없음"}).status_code == 302
    assert again(call).status == "ended"
    page = Page(officer.get(there))
    assert page.faults == [] and "제안 없음" in page.text
    reopen = {"step": "reopen", "reopen_on": "2026-06-01", "reopen_time": "18:00"}
    assert officer.post(there, {**reopen, "reopen_reason-ko": "다시"}).status_code == 302
    assert again(call).status == "announced"
    assert officer.post(there, {"step": "close"}).status_code in (200, 400)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_close_after_the_answers_asks_for_a_later_day_and_keeps_what_was_typed(
    practice_forum: Any, now: list[Any], language: str
) -> None:
    call, officer = an_open_call(), a_signed_in_client(Role.SECRETARIAT, language)
    now[0] = DURING
    there = address(call.plan)
    assert Page(officer.get(there)).one("input", id="extend_answer_by")["value"] == "2026-08-31"
    far = {
        "step": "extend",
        "extend_on": "2026-10-01",
        "extend_time": "18:00",
        "extend_answer_by": "2026-09-15",
        "extend_reason-ko": "명절",
        "extend_reason-en": "A holiday",
    }

    refused = officer.post(there, far)

    page = Page(refused)
    words = "더 늦은 날" if language == "ko" else "Choose a later day"
    assert refused.status_code == 400 and page.faults == [] and words in page.text
    for name in ("extend_on", "extend_answer_by"):
        assert page.one("input", name=name)["value"] == far[name]
    assert "명절" in page.html and again(call).closes_at == CLOSES
    assert officer.post(there, {**far, "extend_answer_by": "2026-11-30"}).status_code == 302
    assert again(call).answer_by == "2026-11-30"


# --- held elsewhere ------------------------------------------------------------------------------

PAST = {"step": "record", "past_from_on": "2026-01-05", "past_to_on": "2026-01-30"}


def test_a_call_that_is_over_is_recorded_with_its_days(officer: Reader, plan: Plan) -> None:
    form = Page(officer.get(address(plan)))
    assert form.faults == [] and form.ids_twice == []
    done = officer.post(address(plan), {**PAST, "past_answer_by": "2026-03-31"})

    assert done.status_code == 302
    call = Call.objects.get(plan=plan)
    assert (call.status, call.announced_at, call.answer_by) == ("closed", None, "2026-03-31")
    assert (call.closes_at - call.opens_at).days == 26
    assert log.last("call.recorded", about=call.ref)
    assert Page(officer.get(f"/plans/{plan.number}/proposals/")).faults == []


@pytest.mark.parametrize(
    "other",
    [
        {"past_to_on": "2030-01-01"},
        {"past_to_on": "2026-01-01"},
        {"past_from_on": ""},
        {"past_from_on": "언젠가"},
        {"past_answer_by": "2026"},
        {"past_to_on": "9999-12-31"},
    ],
)
def test_what_can_not_have_been_is_said_and_stays_typed(
    other: dict[str, str], officer: Reader, plan: Plan
) -> None:
    answer = officer.post(address(plan), {**PAST, **other})

    page = Page(answer)
    assert answer.status_code == 400 and page.faults == [] and "past" in page.ids
    assert not Call.objects.exists()
