"""Bodies asked about the drafts of a plan, through the real acts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from madang.consultation.actions.answer import give_opinions
from madang.consultation.actions.ask import ask_bodies
from madang.consultation.models import Request
from madang.consultation.rules.answering import Answer
from madang.consultation.rules.words import Channel
from madang.members.focal import actor_of_focal, focal_point_of
from madang.planning.models import Plan
from tests.makers.focal import NAMED, a_focal_point
from tests.makers.plans import SECRETARY

ASKED = NAMED + timedelta(hours=2)
DUE_ON = "2026-03-23"
"""The last day of three weeks from the day on which they are asked."""
REASON = "2028년 예산에 아직 담기지 않았습니다."


def a_request(
    *commitments: int,
    bodies: Sequence[str] = ("finance", "audit"),
    at: datetime = ASKED,
    due_on: str = DUE_ON,
    plan: int = 2,
    **other: Any,
) -> Request:
    """The bodies, each with a focal point, asked about drafts of a plan (5 and 6 of the second)."""
    for slug in bodies:
        if focal_point_of(slug) is None:
            a_focal_point(slug, at=at)
    event = ask_bodies(
        Plan.objects.get(number=plan),
        commitments=commitments or (5, 6),
        bodies=bodies,
        due_on=due_on,
        by=SECRETARY,
        at=at,
        **other,
    )
    return Request.objects.select_related("plan").get(plan__number=plan, number=event.number)


def says(
    request: Request,
    agency: str,
    *answers: Answer,
    at: datetime = ASKED + timedelta(days=3),
    channel: str = Channel.PAGE,
) -> Any:
    """What the focal point of a body answers."""
    focal = focal_point_of(agency)
    assert focal
    return give_opinions(request, answers=answers, channel=channel, by=actor_of_focal(focal), at=at)
