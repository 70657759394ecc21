"""Calls for proposals and what is proposed, through the real actions."""

from datetime import UTC, datetime, timedelta
from typing import Any

from madang.calls.actions.announce import announce_call
from madang.calls.actions.send import send_proposal
from madang.calls.actions.window import open_call
from madang.calls.intake import features_of
from madang.calls.models import Call, Proposal
from madang.calls.rules.proposing import Words
from madang.calls.rules.window import CallText
from madang.foundation.actors import ANONYMOUS, CLOCK
from madang.foundation.texts import Text
from madang.planning.models import Plan
from madang.record.guard import writing
from tests.makers.plans import SECRETARY, an_announced_plan, both

ANNOUNCED = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OPENS = ANNOUNCED + timedelta(days=20)
CLOSES = OPENS + timedelta(days=30)
DURING = OPENS + timedelta(days=3)
AREAS = [both("투명성", "Transparency"), both("참여", "Participation")]
TITLE = "버스 정류장 시간표를 소리로 알려 주세요"
TEXT = (
    "시각장애인은 정류장에서 다음 버스를 알 수 없습니다. 단추를 누르면 소리로 알려 주면 좋겠습니다."
)


def a_call_text(**other: Any) -> CallText:
    """A call as a secretariat types it, its notice long enough."""
    kept: dict[str, Any] = {
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "answer_by": "2026-08-31",
        "invitation": both("무엇이든 제안해 주십시오.", "Propose anything."),
        "questions": [both("무엇이 문제입니까?", "What is the problem?")],
        "criteria": [both("여러 사람에게 도움이 되는가", "Does it help many?")],
        "languages": ["ko", "en"],
        "answer_at": both("포럼 누리집과 전체회의", "On this site and at the plenary"),
    }
    return CallText(**{**kept, **other})


def a_call(**other: Any) -> Call:
    """A call that is announced for a plan that is."""
    plan = an_announced_plan(at=ANNOUNCED, areas=AREAS)
    announce_call(plan, text=a_call_text(**other), by=SECRETARY, at=ANNOUNCED)
    return Call.objects.get(plan=plan)


def an_open_call(**other: Any) -> Call:
    """A call that the clock opened."""
    call = a_call(**other)
    open_call(call, by=CLOCK, at=call.opens_at)
    return again(call)


def some_words(**other: Any) -> Words:
    """A proposal as someone writes it."""
    kept: dict[str, Any] = {"title": TITLE, "text": TEXT, "language": "ko"}
    return Words(**{**kept, **other})


def a_proposal(
    call: Call, *, email: str = "citizen@example.kr", at: datetime = DURING, **other: Any
) -> Proposal:
    """A proposal that came by the form."""
    count = Proposal.objects.count()
    nonce = f"made-{count}"
    send_proposal(call, words=some_words(**other), email=email, nonce=nonce, by=ANONYMOUS, at=at)
    return Proposal.objects.get(plan=call.plan, nonce=nonce)


def again(call: Call) -> Call:
    """The call as it is now."""
    return Call.objects.select_related("plan").get(pk=call.pk)


def the_plan(call: Call) -> Plan:
    return call.plan


def a_text(words: str) -> Text:
    return both(words, words)


def many(call: Call, count: int, first: int = 1) -> None:
    """So many rows as an import leaves them; what they say is invented."""
    areas = [*call.plan.areas.all(), None]
    rows = [
        Proposal(
            plan=call.plan,
            number=first + n,
            state="public" if n % 17 else "withdrawn",
            language="ko",
            title=f"제안 {n}: 골목길 가로등을 밝게 해 주세요"[:60],
            text=f"{n}번째 골목길이 어둡습니다. " * 20,
            area=areas[n % len(areas)],
            channel="import" if n % 3 else "form",
            platform="가온마루" if n % 3 else "",
            proposed_on="2025-08-04" if n % 3 else None,
            received_at=DURING,
            published_at=DURING,
            outcome=[None, "joined", "not_in_plan"][n % 3],
            nonce=f"many-{first + n}",
        )
        for n in range(count)
    ]
    for row in rows:
        row.features = features_of(row)
    with writing():
        Proposal.objects.bulk_create(rows, batch_size=500)
