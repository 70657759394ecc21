"""What was changed of a practice forum's first plan, what waits for a key, and a report put out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

from madang.config.days import on
from madang.drafting.models import Commitment
from madang.drafting.rules.rewriting import draft_of_wording
from madang.drafting.rules.wording import fingerprint
from madang.drafting.versions import as_it_reads
from madang.drafting.wordings import parts_of
from madang.foundation.actors import Actor
from madang.foundation.texts import Text
from madang.members.models import CoChair, Side
from madang.monitoring.actions.assess import begin_assessment, put_assessment_out, write_assessment
from madang.monitoring.assessing import find_assessment, words_digest
from madang.planning.models import Plan
from madang.plans.actions.amend import request_change, turn_change_key
from madang.plans.changing import change_digest, find_change

CHANGED, WAITS = -12, -1
"""Days from today: the evening after the earlier vote, and the last evening."""
BIDDERS = Text(
    {
        "ko": "수의계약 목록을 만드는 사업이 유찰되어 석 달이 늦어졌습니다. 목록 위에 세우는 화면도 그만큼 뒤로 옮깁니다.",
        "en": "The work on the list of direct awards found no bidder and came three months late. "
        "The page that stands on the list moves back with it.",
    }
)
SCHOOLS = Text(
    {
        "ko": "학생회가 시험 기간을 피해 달라고 했습니다. 첫 투표를 2월 말까지 미루자고 합니다.",
        "en": "The student councils asked to keep clear of the exams. The first vote would be put "
        "off to the end of February.",
    }
)
SUMMARY = Text(
    {
        "ko": "첫 반년에는 사람들과 함께 정하는 일을 먼저 했습니다. 예산 용어 풀이집, 공개할 계약 항목, "
        "측정기를 달 곳을 시민과 정했고, 화면을 여는 일은 뒤에 남았습니다.",
        "en": "The first half-year went into deciding together: the glossary of budget terms, the "
        "contract fields to publish and the places of the sensors were settled with citizens. "
        "Opening the pages is still ahead.",
    }
)
CONSULTED = Text(
    {
        "ko": "4월과 9월의 점검 회의, 상인·언론·시민과 가진 모임 세 번.",
        "en": "The review meetings in April and September, and three rounds with traders, press "
        "and citizens.",
    }
)
Seated = Callable[[str, datetime], Actor]


def change(office: Actor, here: datetime, seated: Seated) -> None:
    """A commitment is changed with both keys, and a half-year report is put out."""
    at = on(here, CHANGED, time(19, 5))
    number = _ask(2, "2.3", "2027-12-31", BIDDERS, office, at)
    for side, hour in ((Side.GOVERNMENT, time(20, 12)), (Side.CIVIL_SOCIETY, time(20, 47))):
        _turn(number, side, on(here, CHANGED, hour), seated)
    _report(office, on(here, CHANGED, time(21, 10)))


def ask(office: Actor, here: datetime, seated: Seated) -> None:
    """Another change waits for civil society's key."""
    number = _ask(7, "7.2", "2027-02-28", SCHOOLS, office, on(here, WAITS, time(22, 40)))
    _turn(number, Side.GOVERNMENT, on(here, WAITS, time(23, 5)), seated)


def _ask(number: int, label: str, due: str, reason: Text, office: Actor, at: datetime) -> int:
    plan = Plan.objects.get(number=1)
    row = Commitment.objects.get(plan=plan, number=number)
    draft = draft_of_wording(parts_of(row))
    steps = [replace(step, due=due) if step.label == label else step for step in draft.steps]
    return request_change(
        plan,
        commitment=number,
        draft=replace(draft, steps=steps),
        base=fingerprint(as_it_reads(row)),
        kind="amendment",
        reason=reason,
        by=office,
        at=at,
    ).number


def _turn(number: int, side: str, at: datetime, seated: Seated) -> None:
    change = find_change(Plan.objects.get(number=1), number)
    seat = CoChair.objects.get(side=side).seat
    assert seat
    turn_change_key(change, digest=change_digest(change), by=seated(seat.number, at), at=at)


def _report(office: Actor, at: datetime) -> None:
    begun = begin_assessment(Plan.objects.get(number=1), kind="half_year", by=office, at=at)
    report = find_assessment(1, begun.number)
    write_assessment(
        report,
        summary=SUMMARY,
        consulted=CONSULTED,
        lessons=Text(),
        notes={},
        base=words_digest(report),
        by=office,
        at=at + timedelta(minutes=22),
    )
    put_assessment_out(report, by=office, at=at + timedelta(minutes=31))
