"""A practice forum's consultation: two agencies are asked about the second plan's drafts, and one
declines; about the third plan's they are asked now.
"""

from datetime import datetime, time, timedelta

from madang.config.days import on
from madang.consultation.actions.answer import give_opinions
from madang.consultation.actions.ask import ask_bodies
from madang.consultation.actions.delegate import delegate_request
from madang.consultation.models import Request
from madang.consultation.rules.answering import Answer
from madang.consultation.rules.words import Channel
from madang.foundation.actors import Actor
from madang.members.actions.focal import name_focal_points
from madang.members.focal import actor_of_focal, focal_point_of
from madang.members.models import Forum
from madang.members.rules.focal import Duty, Post
from madang.planning.models import Plan

PLAN, DRAFTS = 2, (1, 3)
ASKED, DUE, ANSWERED = -39, -14, -22
"""Days from today. They have 25 days; the rule is 21."""
AHEAD, DUE_AHEAD = 3, 21
"""The plan that is being written now, and the last day for what is asked about it."""
POSTS = (
    Post("welfare", "길다온", "gil-daon@practice.example"),
    Post("welfare", "편해든", "pyeon-haedeun@practice.example", duty=Duty.DIRECTOR),
    Post("digital", "탁하늬", "tak-hanui@practice.example"),
)
NOTE = (
    "의결에 올리기 전의 초안입니다. 2028년 예산과 인력으로 할 수 있는지, 고칠 문안이 있는지 "
    "적어 주십시오."
)
SAID = {
    "digital": (
        Answer(
            1,
            "decline",
            "복지 기록을 부서끼리 잇는 일은 개인정보 영향평가를 먼저 해야 합니다. 2028년 상반기에 "
            "시작하는 일정으로는 함께할 수 없습니다.",
            "개인정보 영향평가를 마친 뒤 2028년 하반기부터 창구를 연다.",
            "디지털행정-2417",
        ),
        Answer(3, "accept", "쉬운말팀이 맡겠습니다. 시민 평가단 모집도 함께 하겠습니다."),
    ),
    "welfare": (
        Answer(1, "accept", "", "", "복지-1120"),
        Answer(
            3,
            "partly",
            "복지국의 안내문 14가지도 넣어 주십시오. 다만 법령에 문구가 정해진 통지서는 따로 풀이를 "
            "붙이는 것으로 해 주십시오.",
            "법령에 문구가 정해진 글에는 쉬운 풀이를 붙인다.",
            "복지-1121",
        ),
    ),
}


def ask(office: Actor, here: datetime) -> None:
    """Name who answers for two agencies, and ask both about the same drafts."""
    at = on(here, ASKED, time(15, 20))
    name_focal_points(Forum.objects.get(pk=1), posts=POSTS, by=office, at=at)
    ask_bodies(
        Plan.objects.get(number=PLAN),
        commitments=DRAFTS,
        bodies=tuple(SAID),
        due_on=(here.date() + timedelta(days=DUE)).isoformat(),
        note=NOTE,
        by=office,
        at=at + timedelta(minutes=15),
    )


def answer(here: datetime) -> None:
    """Let both answer: one by the mailed page, one by a colleague to whom it was passed on."""
    request = Request.objects.select_related("plan").get(plan__number=PLAN)
    at = on(here, ANSWERED, time(17, 5))
    delegate_request(
        request,
        name="방슬기",
        email="bang-seulgi@practice.example",
        language="ko",
        by=_speaks("welfare"),
        at=at,
    )
    for n, (agency, answers) in enumerate(SAID.items(), 1):
        give_opinions(
            request,
            answers=answers,
            channel=Channel.PAGE if agency == "digital" else Channel.SHEET,
            by=_speaks(agency),
            at=at + timedelta(minutes=n * 37),
        )


def ask_ahead(office: Actor, here: datetime) -> None:
    """Ask about what is written of the third plan: whoever comes finds a question that waits."""
    plan = Plan.objects.get(number=AHEAD)
    drafts = plan.commitments.filter(withdrawn_at=None).values_list("number", flat=True)
    if not drafts:
        return
    ask_bodies(
        plan,
        commitments=list(drafts),
        bodies=tuple(SAID),
        due_on=(here.date() + timedelta(days=DUE_AHEAD)).isoformat(),
        by=office,
        at=on(here, -1, time(22, 40)),
    )


def _speaks(agency: str) -> Actor:
    focal = focal_point_of(agency)
    assert focal
    return actor_of_focal(focal)
