"""A call's course: announced by the secretariat, opened and closed by the clock, moved with reasons."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from madang.calls.actions.announce import announce_call, revise_call
from madang.calls.actions.author import withdraw_proposal
from madang.calls.actions.stop_letters import stop_letters
from madang.calls.actions.window import (
    close_call,
    end_call,
    extend_call,
    open_call,
    reopen_call,
)
from madang.calls.due import close_due, open_due
from madang.calls.models import Call, Contact, Proposal
from madang.foundation.actors import ANONYMOUS, CLOCK
from madang.foundation.refusals import NotAllowed, NotNow, NotValid
from madang.letters.models import Letter
from madang.planning.models import Plan
from madang.record import log
from madang.record.guard import writing
from tests.makers.calls import (
    ANNOUNCED,
    AREAS,
    CLOSES,
    DURING,
    OPENS,
    a_call,
    a_call_text,
    a_proposal,
    again,
    an_open_call,
)
from tests.makers.plans import SECRETARY, a_plan_begun, an_announced_plan, both
from tests.makers.readers import Reader
from tests.pages.reading import Page

WHY = both("더 많은 분의 제안을 듣고자 합니다.", "We want to hear from more people.")
SECOND = timedelta(seconds=1)
FAR = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)


def said(kind: str, call: Call) -> Any:
    entry = log.last(kind, about=call.ref)
    return entry and log.said(entry)


def test_an_announced_call_says_its_notice_in_the_record(practice_forum: Any) -> None:
    call = a_call()

    facts = said("call.announced", call)["d"]
    assert (call.status, call.announced_at, call.criteria[0]["key"]) == (
        "announced",
        ANNOUNCED,
        "1",
    )
    assert facts["notice"] == {"days": 20, "asked": 14}
    assert "criteria" not in facts and len(facts["sha256"]) == 64


def test_a_plan_nobody_knows_of_has_no_call(practice_forum: Any) -> None:
    with pytest.raises(NotNow, match=r"calls\.plan_not_announced"):
        announce_call(a_plan_begun(), text=a_call_text(), by=SECRETARY, at=ANNOUNCED)


def test_a_short_notice_needs_a_reason_which_is_kept_and_committed(practice_forum: Any) -> None:
    plan = an_announced_plan(at=ANNOUNCED, areas=AREAS)
    soon = a_call_text(opens_at=ANNOUNCED + timedelta(days=3))

    with pytest.raises(NotValid, match=r"calls\.notice_short"):
        announce_call(plan, text=soon, by=SECRETARY, at=ANNOUNCED)
    assert not Call.objects.exists()
    given = a_call_text(opens_at=ANNOUNCED + timedelta(days=3), notice_reason=WHY)
    announce_call(plan, text=given, by=SECRETARY, at=ANNOUNCED)

    call = Call.objects.get()
    assert call.notice_reason == WHY
    assert "reason" in said("call.announced", call)["c"]


def test_a_reason_nobody_needs_is_not_kept(practice_forum: Any) -> None:
    assert a_call(notice_reason=WHY).notice_reason is None


def test_a_plan_has_one_call(practice_forum: Any) -> None:
    call = a_call()

    with pytest.raises(NotNow, match=r"calls\.there_is_one"):
        announce_call(call.plan, text=a_call_text(), by=SECRETARY, at=ANNOUNCED)


def test_a_call_is_rewritten_until_it_opens(practice_forum: Any) -> None:
    call = a_call()

    revise_call(call, text=a_call_text(answer_by="2026-09-30"), by=SECRETARY, at=ANNOUNCED)
    open_call(call, by=CLOCK, at=OPENS)

    assert again(call).answer_by == "2026-09-30"
    with pytest.raises(NotNow, match=r"calls\.opened_before"):
        revise_call(call, text=a_call_text(), by=SECRETARY, at=ANNOUNCED)


@pytest.mark.parametrize("act", [open_call, close_call])
def test_no_person_opens_or_closes_it(act: Any, practice_forum: Any) -> None:
    with pytest.raises(NotAllowed):
        act(a_call(), by=SECRETARY, at=OPENS)


def test_the_clock_opens_and_closes_it_at_its_times_once(practice_forum: Any) -> None:
    call = a_call()

    assert (open_due(CLOCK, OPENS - SECOND), close_due(CLOCK, OPENS)) == (0, 0)
    assert (open_due(CLOCK, OPENS), open_due(CLOCK, OPENS)) == (1, 0)
    a_proposal(again(call))
    assert (close_due(CLOCK, CLOSES - SECOND), close_due(CLOCK, CLOSES)) == (0, 1)

    call = again(call)
    assert (call.status, call.closed_at) == ("closed", CLOSES)
    assert said("call.closed", call)["d"]["proposals"] == 1


def test_the_timeline_tells_when_it_really_was(practice_forum: Any) -> None:
    call = an_open_call()
    stage = Plan.objects.get(pk=call.plan_id).stages.get(key="call")
    assert stage.actual == [{"from": "2026-03-22", "to": None, "source": None, "note": None}]

    close_call(call, by=CLOCK, at=CLOSES)

    stage.refresh_from_db()
    assert stage.actual[0]["to"] == "2026-04-21"
    assert stage.announced[0]["from"] == "2031-03"


def test_an_extended_call_stays_open_and_says_why(practice_forum: Any) -> None:
    call = an_open_call()

    extend_call(call, until=CLOSES + timedelta(days=7), reason=WHY, by=SECRETARY, at=DURING)

    call = again(call)
    assert (call.status, call.closes_at, call.reason) == (
        "open",
        CLOSES + timedelta(days=7),
        WHY,
    )
    assert close_due(CLOCK, CLOSES) == 0
    assert "reason" in said("call.extended", call)["c"]


@pytest.mark.parametrize(
    ("answer_by", "code"),
    [
        ("", "calls.answer_before_close"),
        ("2026-10-01", "calls.answer_before_close"),
        ("2026-10", "calls.no_answer_date"),
        ("20261231", "calls.no_answer_date"),
    ],
)
def test_a_call_never_closes_after_its_answers_are_due(
    answer_by: str, code: str, practice_forum: Any
) -> None:
    call = an_open_call()
    told: dict[str, Any] = {"until": FAR, "reason": WHY, "answer_by": answer_by, "by": SECRETARY}

    with pytest.raises(NotValid, match=code):
        extend_call(call, **told, at=DURING)
    close_call(again(call), by=CLOCK, at=CLOSES)
    with pytest.raises(NotValid, match=code):
        reopen_call(again(call), **told, at=CLOSES + SECOND)

    assert (again(call).closes_at, again(call).answer_by) == (CLOSES, "2026-08-31")


def test_the_day_of_the_answers_moves_with_the_close_and_the_record_says_so(
    practice_forum: Any,
) -> None:
    call = an_open_call()
    day = "2026-12-31"

    extend_call(call, until=FAR, reason=WHY, answer_by=day, by=SECRETARY, at=DURING)
    assert (again(call).closes_at, again(call).answer_by) == (FAR, day)
    assert said("call.extended", call)["d"]["answer_by"] == day

    close_call(again(call), by=CLOCK, at=FAR)
    later = datetime(2027, 1, 10, 9, 0, tzinfo=UTC)
    told: dict[str, Any] = {"until": later, "reason": WHY, "by": SECRETARY, "at": FAR + SECOND}
    reopen_call(again(call), **told, answer_by="2027-03-31")
    assert (again(call).closes_at, again(call).answer_by) == (later, "2027-03-31")
    assert said("call.reopened", call)["d"]["answer_by"] == "2027-03-31"


def test_whoever_waits_is_told_once_that_the_day_of_the_answers_moved(
    practice_forum: Any, django_assert_max_num_queries: Any
) -> None:
    call = an_open_call()
    for n in range(8):
        a_proposal(call, email=f"c{n}@example.kr")
    stopped, gone, answered = Proposal.objects.order_by("number")[:3]
    stop_letters(stopped, by=ANONYMOUS, at=DURING)
    withdraw_proposal(gone, by=ANONYMOUS, at=DURING)
    with writing():
        Proposal.objects.filter(pk=answered.pk).update(outcome="in_plan")
        Contact.objects.filter(email="c7@example.kr").update(language="en")

    extend_call(call, until=CLOSES + SECOND, reason=WHY, by=SECRETARY, at=DURING)
    assert not Letter.objects.filter(kind="proposal.answer_day").exists()
    with django_assert_max_num_queries(40):
        extend_call(
            again(call), until=FAR, reason=WHY, answer_by="2026-12-31", by=SECRETARY, at=DURING
        )

    letters = Letter.objects.filter(kind="proposal.answer_day")
    assert sorted(letters.values_list("to", flat=True)) == [f"c{n}@example.kr" for n in range(3, 8)]
    korean, english = letters.get(to="c3@example.kr"), letters.get(to="c7@example.kr")
    assert "2026. 12. 31." in korean.body and "2026. 8. 31." in korean.body
    assert "31 December 2026" in english.subject and WHY.words["en"] in english.body
    assert english.language == "en" and "Stop the letters" in english.body


def test_the_windows_before_stay_to_be_read(practice_forum: Any, each_reader: Reader) -> None:
    call = an_open_call()
    extend_call(call, until=FAR, reason=WHY, answer_by="2026-12-31", by=SECRETARY, at=DURING)
    close_call(again(call), by=CLOCK, at=FAR)
    later = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    told: dict[str, Any] = {"reason": both("다시 받습니다", "Once more"), "by": SECRETARY}
    reopen_call(again(call), until=later, at=FAR + SECOND, **told)
    there = f"/plans/{call.plan.number}/proposals"

    page = Page(each_reader.get(f"{there}/"))
    earlier = json.loads(each_reader.get(f"{there}.json").content)["call"]["earlier"]

    assert [one["answer_by"] for one in earlier] == ["2026-08-31", "2026-12-31"]
    assert [one["closed_at"] is None for one in earlier] == [True, False]
    assert [one["reason"]["ko"] for one in earlier] == [WHY.words["ko"], "다시 받습니다"]
    assert page.faults == [] and page.ids_twice == []
    part = page.html[page.html.index('id="call"') :]
    for words in (earlier[0]["reason"], earlier[1]["reason"]):
        assert str(words[each_reader.language]) in part
    assert {"ko": "2026. 8. 31.", "en": "31 August 2026"}[each_reader.language] in part


def test_a_call_ends_without_a_result_and_its_proposals_stay(practice_forum: Any) -> None:
    call = an_open_call()
    kept = a_proposal(call)

    end_call(call, reason=WHY, by=SECRETARY, at=DURING)

    assert (again(call).status, again(call).closed_at) == ("ended", DURING)
    kept.refresh_from_db()
    with pytest.raises(NotNow, match=r"calls\.not_open"):
        a_proposal(again(call), at=DURING)


def test_a_call_that_is_over_opens_again_by_the_clock(practice_forum: Any) -> None:
    call = an_open_call()
    close_call(call, by=CLOCK, at=CLOSES)
    later = CLOSES + timedelta(days=10)

    reopen_call(call, until=later, reason=WHY, by=SECRETARY, at=CLOSES + timedelta(days=1))

    assert again(call).status == "announced"
    assert open_due(CLOCK, CLOSES + timedelta(days=1)) == 1
    assert (again(call).status, again(call).closes_at, again(call).closed_at) == (
        "open",
        later,
        None,
    )


def test_one_that_ended_before_it_opened_opens_again_at_once(practice_forum: Any) -> None:
    call = a_call()
    end_call(call, reason=WHY, by=SECRETARY, at=ANNOUNCED)

    reopen_call(call, until=CLOSES, reason=WHY, by=SECRETARY, at=ANNOUNCED + SECOND)

    assert open_due(CLOCK, ANNOUNCED + SECOND) == 1
