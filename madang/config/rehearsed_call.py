"""A practice forum's call for its third plan, opened in the past and open still, with proposals."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from madang.calls.actions.announce import announce_call
from madang.calls.actions.send import send_proposal
from madang.calls.actions.window import open_call
from madang.calls.models import Call
from madang.calls.rules.proposing import Words
from madang.calls.rules.window import CallText
from madang.foundation.actors import ANONYMOUS, CLOCK, Actor
from madang.foundation.texts import Text
from madang.planning.actions.announce import announce_plan
from madang.planning.actions.direct import direct_plan
from madang.planning.models import Plan, StageKey
from madang.planning.reading import direction_digest
from madang.planning.rules.writing import Direction

ANNOUNCED, OPENED, CLOSES, ANSWERED = -38, -21, 14, 74
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


SENT = (
    Sent(
        -21,
        10,
        "골목 가로등이 꺼진 곳을 지도에 보여 주세요",
        "밤에 꺼진 가로등을 신고해도 언제 고치는지 알 수 없습니다. 신고와 수리 날짜를 지도에 "
        "함께 보여 주면 같은 곳을 여러 번 신고하지 않아도 됩니다.",
        0,
    ),
    Sent(
        -21,
        14,
        "Bus changes in languages other than Korean",
        "When a bus route changes, the notice at the stop is in Korean only. Please publish route "
        "changes in the five languages the city already uses for health notices.",
        1,
        "Gaon Newcomers’ Table",
        "en",
    ),
    Sent(
        -21,
        19,
        "민원 답변에 담당자와 날짜를 적어 주세요",
        "민원을 넣으면 ‘검토하겠습니다’로 끝납니다. 누가 언제까지 무엇을 하는지 적고, 지난 답변도 "
        "찾아볼 수 있게 해 주세요.",
        1,
    ),
    Sent(
        -11,
        9,
        "동네 예산 회의를 저녁과 주말에도 열어 주세요",
        "주민참여예산 회의가 평일 낮에만 열려 일하는 사람은 갈 수 없습니다. 저녁이나 주말에 한 번은 "
        "열고, 못 온 사람도 의견을 낼 수 있게 해 주세요.",
        2,
        "솔내마을 부모모임",
    ),
    Sent(
        -10,
        12,
        "가로등 고장 신고가 어디까지 갔는지 알려 주세요",
        "꺼진 가로등을 전화로 신고했는데 한 달이 지나도 소식이 없었습니다. 접수번호로 처리 과정을 볼 "
        "수 있으면 좋겠습니다.",
        0,
    ),
    Sent(
        -9,
        20,
        "공사 안내를 한 달 전에 문자로 보내 주세요",
        "집 앞 도로 공사를 아침에야 알게 됩니다. 어느 길을 언제 막는지 한 달 전에 알리고, 바뀌면 다시 "
        "알려 주세요.",
        0,
    ),
    Sent(
        -8,
        11,
        "시의 계약 내용을 표로 내려받게 해 주세요",
        "누구와 얼마에 계약했는지 한 건씩 눌러야만 볼 수 있습니다. 한 해의 계약을 표 하나로 내려받을 "
        "수 있으면 시민이 함께 살펴볼 수 있습니다.",
        2,
    ),
    Sent(
        -7,
        16,
        "어려운 행정 낱말을 쉬운 말로 바꿔 주세요",
        "‘기 송부한 서류’처럼 알기 어려운 말이 많습니다. 공문과 안내문을 시민과 함께 읽고 쉬운 말로 "
        "고치는 모임을 열어 주세요.",
        1,
        "한글사랑 가온",
    ),
    Sent(
        -6,
        18,
        "휠체어로 갈 수 있는 길을 알려 주세요",
        "어느 길에 턱이 있고 어느 승강기가 고장인지 알 수 없습니다. 시가 아는 것을 지도에 열고, 다녀 본 "
        "사람이 고칠 수 있게 해 주세요.",
        0,
    ),
    Sent(
        -5,
        13,
        "어린이도 예산에 의견을 낼 수 있게 해 주세요",
        "놀이터와 도서관은 어린이가 쓰지만 어린이에게 묻지 않습니다. 학교에서 의견을 모아 예산 회의에 "
        "내는 자리를 해마다 열어 주세요.",
        2,
    ),
    Sent(
        -5,
        21,
        "밤길이 무섭습니다. 어두운 골목을 함께 찾아요",
        "어두운 골목을 시가 다 알 수는 없습니다. 주민이 찾은 곳을 모으고, 고친 곳과 못 고친 곳과 그 이유를 "
        "달마다 알려 주세요.",
        0,
    ),
    Sent(
        -1,
        19,
        "Open the minutes of the district committees",
        "District committees decide on markets, noise and parking, but their minutes are not "
        "published. Please publish them within two weeks, with what was decided and why.",
        1,
        "",
        "en",
    ),
    Sent(
        -1,
        21,
        "재난 문자를 다시 볼 수 있게 해 주세요",
        "재난 문자를 지우면 무엇이었는지 다시 볼 수 없습니다. 그날 무엇을 알렸는지 누리집에 모아 두면 "
        "나중에 확인할 수 있습니다.",
    ),
)


def announce(by: Actor, here: datetime) -> None:
    """Write the third plan’s timeline, announce it and its call, and let the call open."""
    plan = Plan.objects.get(number=3)
    at = _on(here, ANNOUNCED, time(9, 30))
    days: dict[str, tuple[str | None, str | None]] = {
        key: (_day(here, start), _day(here, end)) for key, (start, end) in TIMELINE.items()
    }
    direction = Direction(
        title=plan.title, starts=plan.starts, ends=plan.ends, areas=AREAS, announced=days
    )
    direct_plan(plan, direction=direction, base=direction_digest(plan), by=by, at=at)
    announce_plan(plan, by=by, at=at + timedelta(minutes=20))
    text = CallText(
        opens_at=_on(here, OPENED, time(9)),
        closes_at=_on(here, CLOSES, time(18)),
        answer_by=_day(here, ANSWERED),
        invitation=INVITATION,
        questions=list(QUESTIONS),
        criteria=list(CRITERIA),
        languages=["ko", "en"],
        answer_at=PLACE,
    )
    announce_call(plan, text=text, by=by, at=at + timedelta(hours=1))
    open_call(Call.objects.get(plan=plan), by=CLOCK, at=text.opens_at + timedelta(seconds=6))


def send(here: datetime, *, first: int, last: int) -> None:
    """Send what came from one day to another, and not later than now."""
    call = Call.objects.get(plan__number=3)
    for n, one in enumerate(SENT):
        at = _on(here, one.day, time(one.hour, n * 7 % 60))
        if first <= one.day <= last and at < here:
            words = Words(
                title=one.title,
                text=one.text,
                language=one.language,
                area=one.area,
                name=one.name,
            )
            send_proposal(
                call,
                words=words,
                email=f"citizen{n + 1}@people.gaon.example",
                nonce=f"rehearsed-{n}",
                by=ANONYMOUS,
                at=at,
            )


def _on(here: datetime, days: int, hour: time) -> datetime:
    day = here.date() + timedelta(days=days)
    return datetime.combine(day, hour, here.tzinfo).astimezone(UTC)


def _day(here: datetime, days: int) -> str:
    return (here.date() + timedelta(days=days)).isoformat()
