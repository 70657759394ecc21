"""A practice forum's drafts: how a group wrote the second plan's, and begins one of the third's."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from madang.config.days import on
from madang.drafting.actions.grow import grow_draft
from madang.drafting.actions.lead import give_to_group, name_lead
from madang.drafting.actions.suggest import answer_suggestion, make_suggestion
from madang.drafting.models import Commitment, Suggestion
from madang.drafting.rules.paragraphs import paragraphs, piece_at
from madang.drafting.rules.wording import fingerprint
from madang.drafting.versions import as_it_reads
from madang.foundation.actors import Actor
from madang.foundation.texts import Text
from madang.members.models import Side
from madang.planning.models import Plan
from madang.taskforces.actions.candidates import write_candidate
from madang.taskforces.actions.groups import form_group, join_group
from madang.taskforces.actions.work import (
    call_group_meeting,
    finish_homework,
    give_homework,
    note_group_meeting,
)
from madang.taskforces.models import Candidate, Group
from madang.taskforces.rules.weighing import CandidateText

Seated = Callable[[str, datetime], Actor]
WRITTEN, BEGUN = -11, -1
"""The day on which the second plan was written on, and the evening the third's draft begins."""
STEP = timedelta(minutes=9)
GROUP = Text({"ko": "함께 쓰는 분과", "en": "Group that drafts together"})
SCOPE = Text({"ko": "제2차 계획의 과제 문안", "en": "The wording of the second plan"})
WORKERS = ("gov-2", "cso-2", "cso-8", "gov-5")
LEADS = {Side.GOVERNMENT: "gov-2", Side.CIVIL_SOCIETY: "cso-2"}
AGENDA = Text({"ko": "과제 2와 4의 문안", "en": "The wording of commitments 2 and 4"})
NOTES = Text(
    {
        "ko": "저녁에도 여는 쉼터의 수를 적기로 했습니다. 수당은 예산을 본 뒤에 다시 봅니다.",
        "en": "The number of shelters open in the evening goes into the text. Whether helpers are "
        "paid is looked at again once the budget is known.",
    }
)
TASK = Text(
    {
        "ko": "쉼터 130곳이 저녁 몇 시까지 여는지 알아보기",
        "en": "Find out until when each of the 130 shelters is open",
    }
)


@dataclass(frozen=True)
class Said:
    """A suggestion: to which paragraph's words, what instead, why; what became of it, and why."""

    commitment: int
    path: tuple[str, ...]
    old: str
    new: str
    reason: str
    seat: str
    fate: str = ""
    answer: str = ""
    settled: str = ""
    by: str = "gov-2"


SUGGESTED = (
    Said(
        2,
        ("milestones", "2.2", "output", "ko"),
        "여름 내내 날마다 나오는 데이터",
        "여름 내내 날마다 나오는 데이터(여닫는 시간과 빈자리)",
        "무엇이 담긴 데이터인지 적어야 나중에 확인할 수 있습니다.",
        "cso-8",
        "accepted",
    ),
    Said(
        2,
        ("milestones", "2.2", "output", "en"),
        "Daily data all summer",
        "Daily data all summer: hours and free seats",
        "The English text should say the same as the Korean one.",
        "cso-2",
        "accepted",
    ),
    Said(
        2,
        ("milestones", "2.1", "output", "ko"),
        "살피미 60명과 살피는 법",
        "살피미 60명과 살피는 법, 한 달 10만 원의 수당",
        "수당이 없으면 시간을 낼 수 있는 사람만 살피미가 됩니다.",
        "cso-14",
        "declined",
        "수당은 예산이 정해진 뒤에 다시 봅니다. 약속할 수 없는 것을 적지 않겠습니다.",
    ),
    Said(
        4,
        ("milestones", "4.1", "title", "ko"),
        "",
        " — 시민이 읽는 목록으로",
        "행정 안에서만 보는 목록이 되지 않게 해 주십시오.",
        "cso-8",
        "partly",
        "제목은 짧게 두고, 누구나 읽는다는 뜻만 담습니다.",
        "(모두가 읽는 목록)",
    ),
)
PROBLEM = Text(
    {
        "ko": "길가의 나무가 왜 사라지는지, 그늘이 어디 있는지 시민은 알 수 없습니다.\n\n"
        "시는 나무마다 번호를 매겨 두었지만 그 목록은 공개된 적이 없습니다.",
        "en": "Residents cannot learn why a street tree is gone, or where there is shade.\n\n"
        "The city has numbered every tree, but its list was never made public.",
    }
)
PROMISE = Text(
    {
        "ko": "가로수의 자리와 심은 해, 돌본 날을 데이터로 열고, 베기 두 주 전에 이유와 자리를 "
        "알려 의견을 듣습니다.",
    }
)
AHEAD = Text(
    {
        "ko": "나무 목록을 가진 부서와 자료의 상태 알아보기",
        "en": "Find out which department holds the list of trees, and in what state",
    }
)
NEXT = Text({"ko": "과제 1의 초안과 수정안", "en": "The draft of commitment 1, and suggestions"})


def write_together(office: Actor, here: datetime, seated: Seated) -> None:
    """Let a group write on two of the second plan's commitments, with suggestions and answers."""
    plan, moments = Plan.objects.get(number=2), _moments(on(here, WRITTEN, time(9, 30)))
    if Commitment.objects.filter(plan=plan, number__in=[2, 4]).count() != 2:
        return
    group = _form(plan, office, moments, seated)
    for number in (2, 4):
        row = _row(plan, number)
        give_to_group(row, group=group.number, by=office, at=next(moments))
        for side, seat in LEADS.items():
            at = next(moments)
            name = str(seated(seat, at).name)
            name_lead(row, side=side, person=name, by=office, at=at)
    day = on(here, WRITTEN, time(12)).date().isoformat()
    at = next(moments)
    by = seated("cso-2", at)
    call_group_meeting(group, held_on=day, agenda=AGENDA, place="가온시청 열린방", by=by, at=at)
    give_homework(group, task=TASK, due=day, by=by, at=next(moments))
    for one in SUGGESTED:
        _play(_row(plan, one.commitment), one, moments, seated)
    note_group_meeting(group.meetings.get(), notes=NOTES, by=by, at=next(moments))
    finish_homework(group.homework.get(), by=by, at=next(moments))


def begin_ahead(office: Actor, here: datetime, seated: Seated) -> None:
    """Let a group of the third plan begin a draft from what it has, with a suggestion that waits."""
    plan, moments = Plan.objects.get(number=3), _moments(on(here, BEGUN, time(21, 50)), seconds=20)
    row = (
        Candidate.objects.filter(plan=plan, number=1).select_related("plan", "group__plan").first()
    )
    if row is None:
        return
    at = next(moments)
    by = seated("cso-2", at)
    text = CandidateText(title=row.title, problem=PROBLEM, promise=PROMISE)
    write_candidate(row, text=text, by=by, at=at)
    fresh = Candidate.objects.select_related("plan", "group__plan").get(pk=row.pk)
    made = grow_draft(fresh, by=by, at=next(moments))
    draft = _row(plan, made.number)
    for side, seat in LEADS.items():
        at = next(moments)
        name_lead(draft, side=side, person=str(seated(seat, at).name), by=office, at=at)
    group = fresh.group
    due = on(here, BEGUN + 14, time(12)).date().isoformat()
    give_homework(group, task=AHEAD, due=due, by=by, at=next(moments))
    day = on(here, BEGUN + 7, time(12)).date().isoformat()
    call_group_meeting(group, held_on=day, agenda=NEXT, place="화상", by=by, at=next(moments))
    waiting = Said(
        made.number,
        ("description", "ko"),
        "두 주 전에",
        "네 주 전에",
        "두 주로는 주민 모임을 열고 의견을 모을 수 없습니다.",
        "cso-8",
    )
    _play(draft, waiting, moments, seated)


def _form(plan: Plan, office: Actor, moments: Iterator[datetime], seated: Seated) -> Group:
    formed = form_group(plan, name=GROUP, scope=SCOPE, by=office, at=next(moments))
    group = Group.objects.select_related("plan").get(plan=plan, number=formed.number)
    for seat in WORKERS:
        at = next(moments)
        join_group(group, person=str(seated(seat, at).name), by=office, at=at)
    return group


def _row(plan: Plan, number: int) -> Commitment:
    return Commitment.objects.select_related("plan", "group__plan").get(plan=plan, number=number)


def _play(row: Commitment, one: Said, moments: Iterator[datetime], seated: Seated) -> None:
    text = as_it_reads(row)
    now = paragraphs(piece_at(json.loads(text), one.path))
    place = next((n for n, words in enumerate(now) if one.old in words), 0)
    new = now[place].replace(one.old, one.new) if one.old else now[place] + one.new
    at = next(moments)
    common: dict[str, Any] = {"language": one.path[-1]}
    made = make_suggestion(
        row,
        path=one.path,
        place=place,
        base=fingerprint(text),
        wording=new,
        reason=one.reason,
        by=seated(one.seat, at),
        at=at,
        **common,
    )
    if not one.fate:
        return
    at = next(moments)
    found = Suggestion.objects.select_related("commitment__plan").get(
        commitment=row, number=made.suggestion
    )
    answer_suggestion(
        found,
        fate=one.fate,
        answer=one.answer,
        wording=f"{now[place]} {one.settled}" if one.settled else None,
        base=fingerprint(as_it_reads(row)),
        by=seated(one.by, at),
        at=at,
        **common,
    )


def _moments(begins: datetime, *, seconds: float = STEP.total_seconds()) -> Iterator[datetime]:
    while True:
        yield begins
        begins += timedelta(seconds=seconds)
