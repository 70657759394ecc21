"""A practice forum's call for its third plan, opened in the past and open still, with proposals."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from madang.calls.actions.announce import announce_call
from madang.calls.actions.enter import enter_proposal
from madang.calls.actions.send import send_proposal
from madang.calls.actions.window import open_call
from madang.calls.models import Call
from madang.calls.rules.proposing import Words
from madang.calls.rules.window import CallText
from madang.calls.rules.words import Channel
from madang.config.days import on
from madang.config.rehearsed_sorting import PRESENT, read
from madang.foundation.actors import ANONYMOUS, CLOCK, Actor
from madang.foundation.texts import Text
from madang.planning.actions.announce import announce_plan
from madang.planning.actions.direct import direct_plan
from madang.planning.models import Plan, StageKey
from madang.planning.reading import direction_digest
from madang.planning.rules.writing import Direction

ANNOUNCED, OPENED, CLOSES, ANSWERED = -38, -21, 14, 74
BEFORE_BALLOT, LAST_DAY = -5, -1
"""Days from today. The timeline is public 17 days before the call opens; 14 are asked for."""
TIMELINE = {
    StageKey.PLANNING: (-60, -38),
    StageKey.CALL: (OPENED, CLOSES),
    StageKey.TASK_FORCE: (CLOSES + 1, 60),
    StageKey.DECISION: (90, 120),
}
AREAS = (
    Text({"ko": "안전한 골목과 길", "en": "Safe streets and lanes"}),
    Text({"ko": "알기 쉬운 행정", "en": "Plain administration"}),
    Text({"ko": "함께 정하는 예산", "en": "Budgets decided together"}),
)
INVITATION = Text(
    {
        "ko": "가온에서 살며 불편했던 것, 시가 함께 열어 주었으면 하는 것을 적어 주십시오. "
        "짧아도 괜찮습니다.",
        "en": "Write what troubles you in Gaon and what the city should open up together with "
        "you. It may be short.",
    }
)
QUESTIONS = (
    Text({"ko": "지금 무엇이 문제입니까?", "en": "What is the problem now?"}),
    Text({"ko": "무엇이 열리면 나아집니까?", "en": "What would get better if it were open?"}),
)
CRITERIA = (
    Text({"ko": "여러 사람에게 도움이 되는가", "en": "Does it help many people?"}),
    Text({"ko": "정보를 열거나 함께 정하게 하는가", "en": "Does it open or share decisions?"}),
    Text({"ko": "두 해 안에 시가 할 수 있는가", "en": "Can the city do it in two years?"}),
)
PLACE = Text(
    {
        "ko": "이 누리집과 가온시청 1층 열린방",
        "en": "On this site, and in the open room at City Hall",
    }
)


@dataclass(frozen=True)
class Sent:
    """A proposal of an invented citizen: on which day from today, at what time."""

    day: int
    hour: int
    title: str
    text: str
    area: int | None = None
    name: str = ""
    language: str = "ko"
    channel: str = Channel.FORM


HOURS = (10, 12, 14, 16, 19, 20)
"""At which hours of a day the first, the second … came."""


def sent() -> list[Sent]:
    """What citizens proposed, from the file of invented proposals, in its order."""
    found: list[Sent] = []
    for row in read(PRESENT)["proposals"]:
        # While the present ballot is drafted and begins, nothing is entered beside it.
        day = BEFORE_BALLOT if BEFORE_BALLOT < row["day"] < LAST_DAY else row["day"]
        # What comes after the ballot's last answer of that day comes in its evening.
        hours = HOURS[4:] if day == LAST_DAY else HOURS
        on_day = sum(1 for one in found if one.day == day)
        found.append(
            Sent(
                day=day,
                hour=hours[min(on_day, len(hours) - 1)],
                title=row["title"],
                text=row["text"],
                name=row["name"],
                language=row["language"],
                channel=row["channel"],
            )
        )
    return found


def announce(by: Actor, here: datetime) -> None:
    """Write the third plan’s timeline, announce it and its call."""
    plan = Plan.objects.get(number=3)
    at = on(here, ANNOUNCED, time(9, 30))
    days: dict[str, tuple[str | None, str | None]] = {
        key: (_day(here, start), _day(here, end)) for key, (start, end) in TIMELINE.items()
    }
    direction = Direction(
        title=plan.title, starts=plan.starts, ends=plan.ends, areas=AREAS, announced=days
    )
    direct_plan(plan, direction=direction, base=direction_digest(plan), by=by, at=at)
    announce_plan(plan, by=by, at=at + timedelta(minutes=20))
    text = CallText(
        opens_at=on(here, OPENED, time(9)),
        closes_at=on(here, CLOSES, time(18)),
        answer_by=_day(here, ANSWERED),
        invitation=INVITATION,
        questions=list(QUESTIONS),
        criteria=list(CRITERIA),
        languages=["ko", "en"],
        answer_at=PLACE,
    )
    announce_call(plan, text=text, by=by, at=at + timedelta(hours=1))


def open_at_its_time() -> None:
    """Let the clock open the call."""
    call = Call.objects.get(plan__number=3)
    open_call(call, by=CLOCK, at=call.opens_at + timedelta(seconds=6))


def send(by: Actor, here: datetime, *, first: int, last: int) -> None:
    """Send what came from one day to another, and not later than now; `by` enters the paper."""
    call = Call.objects.get(plan__number=3)
    for n, one in enumerate(sent()):
        at = on(here, one.day, time(one.hour, n * 2 % 60))
        if first <= one.day <= last and at < here:
            words = Words(
                title=one.title,
                text=one.text,
                language=one.language,
                area=one.area,
                name=one.name,
            )
            nonce = f"rehearsed-{n}"
            if one.channel != Channel.FORM:
                enter_proposal(
                    call,
                    words=words,
                    channel=one.channel,
                    proposed_on=_day(here, one.day),
                    nonce=nonce,
                    by=by,
                    at=at,
                )
                continue
            email = f"citizen{n + 1}@people.gaon.example"
            send_proposal(call, words=words, email=email, nonce=nonce, by=ANONYMOUS, at=at)


def _day(here: datetime, days: int) -> str:
    return (here.date() + timedelta(days=days)).isoformat()
