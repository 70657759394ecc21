"""A practice forum's first ballots and its call, held in the past through the real acts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from madang.ballots.actions.cast import cast_vote
from madang.ballots.actions.close import close_ballot
from madang.ballots.actions.draft import draft_ballot
from madang.ballots.actions.open import open_ballot
from madang.ballots.actions.turn_key import turn_key
from madang.ballots.models import Ballot
from madang.ballots.papers import question_papers
from madang.config import (
    rehearsed_answers,
    rehearsed_call,
    rehearsed_changes,
    rehearsed_comments,
    rehearsed_consultation,
    rehearsed_sorting,
    rehearsed_updates,
    rehearsed_writing,
)
from madang.config.days import on, play
from madang.drafting.actions.fix import fix_versions
from madang.drafting.versions import direction_paper
from madang.foundation.actors import CLOCK, Actor
from madang.foundation.texts import Text
from madang.members.actors import actor_of
from madang.members.models import Account, CoChair, Forum, Holding, lasting
from madang.planning.models import Plan
from madang.plans.actions.due import decisions_due
from madang.record import log

MORNING, EVENING = time(9), time(18)
RECORDED = -39
"""The day on which what the first plan's groups had sorted was entered."""


@dataclass(frozen=True)
class Act:
    """A ballot to be rehearsed. Days are counted from today: -2 is the day before yesterday.

    `seats` answer in this order, `yes` unless `answers` says another choice and a reason; `again`
    is a seat that answers a second time. The last answer comes on the day `answered_by`.
    """

    question: dict[str, str]
    drafted: int
    opens: int
    closes: int
    seats: str
    answers: dict[str, tuple[str, str]]
    answered_by: int
    adopts: bool = False
    again: tuple[str, str] | None = None


EARLIER = Act(
    question={
        "ko": "제2차 실행계획을 기본 방향과 분과가 추린 과제 7개 위에 세우는 데 찬성하십니까?",
        "en": "Do you agree that the second action plan be built on the basic direction and the "
        "seven commitments chosen by the groups?",
    },
    drafted=-20,
    opens=-17,
    closes=-12,
    answered_by=-12,
    seats=(
        "gov-1 cso-3 cso-9 exo-1 cso-14 gov-6 cso-1 cso-7 gov-4 cso-20 cso-2 cso-11 gov-2 cso-5 "
        "cso-17 exo-2 cso-6 cso-13 gov-5 cso-22 cso-10 cso-4 gov-3 cso-18 cso-15 cso-21 "
        "cso-12"
    ),
    answers={
        "cso-7": ("abstain", "The summary in English came two days late. I will read it first."),
        "cso-20": ("yes", "자전거길이 빠진 것은 아쉽지만 통학길 과제에 함께 담겨 찬성합니다."),
        "gov-2": (
            "no",
            "과제 4의 이의 절차를 감사담당관의 인력으로 맡을 수 있는지 아직 살피지 못했습니다.",
        ),
        "cso-6": (
            "recused",
            "My organisation wrote one of the candidates and would be paid to carry it out.",
        ),
        "cso-10": (
            "no",
            "상인들이 낸 제안 열한 건이 한 건도 들지 못했습니다. 그 까닭을 먼저 적어 주십시오.",
        ),
        "cso-18": ("abstain", ""),
        "cso-15": ("no", "분과 회의록이 투표 전날에야 올라와 읽을 시간이 모자랐습니다."),
    },
    again=("cso-7", "yes"),
)
PRESENT = Act(
    question={
        "ko": "제2차 열린정부 실행계획을 이대로 확정하는 데 찬성하십니까?",
        "en": "Do you agree to adopt the second open government action plan as it stands?",
    },
    drafted=-4,
    opens=-2,
    closes=5,
    answered_by=-1,
    adopts=True,
    seats=(
        "exo-1 cso-3 gov-6 cso-14 cso-1 cso-9 gov-1 cso-20 cso-7 gov-4 cso-11 cso-18 cso-6 gov-3 "
        "cso-17 cso-4 cso-13 cso-10 cso-15 cso-21"
    ),
    answers={
        "cso-3": ("yes", "통학길을 어린이와 함께 걷는다는 점이 좋습니다."),
        "gov-1": ("no", "과제 5의 중계 예산이 2028년 중기재정계획에 아직 들어 있지 않습니다."),
        "cso-7": ("yes", "Five languages in commitment 3 is what we asked for. Thank you."),
        "cso-18": ("abstain", ""),
        "cso-6": ("recused", "My organisation will apply for the work on the register."),
        "cso-10": ("no", "과제 6에서 상인 단체가 빌릴 수 있는 시간을 정하지 않았습니다."),
        "cso-15": ("abstain", "과제 2의 살피미에게 줄 수당이 적혀 있지 않습니다."),
    },
)


def rehearse(now: datetime, told: Callable[[str], object] = lambda line: None) -> int:
    """Bring the first plan's proposals over with their answers, hold the earlier ballot, open the
    present one, and a call beside them; how many acts.

    `told` hears of each ballot when it stands, for whoever waits. What happened between two
    ballots stands between them: the record's times never go back.
    All of it is a matter of `now` alone, so that two practice forums of one moment are the same.
    """
    before, here = log.size(), now.astimezone(timezone.get_default_timezone())
    office = _secretary(here)
    rehearsed_answers.bring_over(office, here)
    _sort(rehearsed_sorting.FIRST, on(here, RECORDED, rehearsed_sorting.MORNING), here)
    rehearsed_answers.answer(office, here)
    rehearsed_consultation.ask(office, here)
    rehearsed_updates.begin(office, here)
    rehearsed_comments.announce(office, here)
    rehearsed_call.announce(office, here)
    play(
        rehearsed_comments.road(_officers(here), here),
        rehearsed_updates.road(office, here, _seated),
    )
    rehearsed_consultation.answer(here)
    rehearsed_call.open_at_its_time()
    rehearsed_call.send(office, here, first=rehearsed_call.OPENED, last=EARLIER.drafted - 1)
    _play(EARLIER, here)
    told(f"Rehearsed: {EARLIER.question['en']}")
    rehearsed_changes.change(office, here, _seated)
    rehearsed_writing.write_together(office, here, _seated)
    rehearsed_call.send(office, here, first=EARLIER.closes + 1, last=PRESENT.drafted - 1)
    _play(PRESENT, here)
    told(f"Rehearsed: {PRESENT.question['en']}")
    rehearsed_call.send(office, here, first=PRESENT.answered_by, last=0)
    _sort(rehearsed_sorting.PRESENT, on(here, -1, rehearsed_sorting.EVENING), here)
    rehearsed_writing.begin_ahead(office, here, _seated)
    rehearsed_consultation.ask_ahead(office, here)
    rehearsed_changes.ask(office, here, _seated)
    return log.size() - before


def _sort(name: str, begins: datetime, here: datetime) -> None:
    """Let the groups of a plan sit: what a file says of them, where its proposals are there."""
    spec = rehearsed_sorting.read(name)
    rehearsed_sorting.Sitting(spec, begins, _secretary(here), _seated).play()


def _secretary(here: datetime) -> Actor:
    return actor_of(Account.objects.filter(grants__role="secretariat")[0], on=_day(here))


def _officers(here: datetime) -> list[Actor]:
    accounts = Account.objects.filter(grants__role="secretariat").order_by("pk")
    return [actor_of(account, on=_day(here)) for account in accounts]


def _play(act: Act, here: datetime) -> None:
    ballot = _draft(act, here)
    _turn_keys(ballot, act, here)
    assert ballot.opens_at and ballot.closes_at
    open_ballot(ballot, by=CLOCK, at=ballot.opens_at + timedelta(seconds=4))
    for n, (seat, choice, reason, at) in enumerate(_answers(act, here)):
        cast_vote(
            ballot,
            seat=seat,
            choice=choice,
            reason=reason,
            nonce=f"rehearsed-{n}",
            by=_seated(seat, at),
            at=at,
        )
    if act.closes <= 0:
        close_ballot(ballot, by=CLOCK, at=ballot.closes_at + timedelta(seconds=7))
        decisions_due(CLOCK, ballot.closes_at + timedelta(seconds=22))


def _draft(act: Act, here: datetime) -> Ballot:
    plan, at = Plan.objects.get(number=2), on(here, act.drafted, time(10, 12))
    by = actor_of(Account.objects.filter(grants__role="secretariat")[0], on=_day(at))
    if act.adopts:
        fix_versions(plan, by=by, at=at - timedelta(minutes=25))
    draft_ballot(
        Forum.objects.get(pk=1),
        question=Text(act.question),
        # The direction is no plan yet: only what adopts the plan freezes its text.
        decides=plan.ref if act.adopts else f"direction:{plan.number}",
        papers=question_papers(plan) if act.adopts else [direction_paper(plan)],
        written_reason="unavoidable",
        opens_at=on(here, act.opens, MORNING),
        closes_at=on(here, act.closes, EVENING),
        by=by,
        at=at,
    )
    return Ballot.objects.select_related("meeting").latest("pk")


def _turn_keys(ballot: Ballot, act: Act, here: datetime) -> None:
    seats = CoChair.objects.order_by("side").values_list("seat__number", flat=True)
    for seat, hour in zip(seats, (time(11, 40), time(16, 5)), strict=True):
        at = on(here, act.drafted + 1, hour)
        turn_key(ballot, digest=ballot.digest, by=_seated(str(seat), at), at=at)


def _answers(act: Act, here: datetime) -> Iterator[tuple[str, str, str, datetime]]:
    """Who answers what, why and when, spread over the working hours of the open days."""
    given = [(seat, *act.answers.get(seat, ("yes", ""))) for seat in act.seats.split()]
    given += [(*act.again, "")] if act.again else []
    days = act.answered_by - act.opens + 1
    for n, (seat, choice, reason) in enumerate(given):
        # All the days' hours as one line, and the answers along it, none on the stroke.
        along = 35 + n * days * 480 // len(given) + n * 7 % 11
        day, minutes = divmod(along, 530)
        at = on(here, act.opens + day, MORNING) + timedelta(minutes=minutes)
        yield seat, choice, reason, at + timedelta(seconds=n * 17 % 60)


def _day(at: datetime) -> str:
    return timezone.localdate(at).isoformat()


def _seated(seat: str, at: datetime) -> Actor:
    """Whoever sat in a seat at a moment."""
    held = Holding.objects.filter(lasting(_day(at)), seat__number=seat).values("person")
    return actor_of(Account.objects.get(person__in=held), on=_day(at))
