"""Answers, through the real actions."""

from datetime import datetime, timedelta
from typing import Any

from madang.calls.actions.answer import publish_replies, write_replies
from madang.calls.rules.replying import Answer, Draft
from madang.foundation.texts import Text
from madang.planning.models import Plan
from tests.makers.calls import CLOSES
from tests.makers.plans import SECRETARY

ANSWERED = CLOSES + timedelta(days=30)
KO = "이 제안은 과제 6에 담았습니다. 정류장 백 곳에 먼저 달고, 해마다 늘리며 결과를 알려 드립니다."
EN = "It became part of commitment 6: a hundred stops first, more each year, and results told."


def an_answer(**other: Any) -> Answer:
    kept: dict[str, Any] = {
        "outcome": "in_plan", "text": Text({"ko": KO, "en": EN}), "agency": "bus",
    }  # fmt: skip
    return Answer(**{**kept, **other})


def write(plan: Plan, *numbers: int, line: str = "", at: datetime = ANSWERED, **other: Any) -> None:
    drafts = [Draft(number, an_answer(**other), line) for number in numbers]
    write_replies(plan, drafts=drafts, by=SECRETARY, at=at)


def publish(plan: Plan, at: datetime = ANSWERED) -> None:
    publish_replies(plan, by=SECRETARY, at=at)
