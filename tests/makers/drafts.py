"""Drafts that people of both sides write together, through the real acts."""

from datetime import datetime, timedelta
from typing import Any

from madang.drafting.actions.lead import name_lead
from madang.drafting.actions.suggest import make_suggestion
from madang.drafting.models import Commitment, Suggestion
from madang.foundation.actors import Actor
from madang.members.actors import actor_of
from madang.members.models import Account
from madang.planning.models import Plan
from tests.makers.plans import SECRETARY, WRITTEN, a_written_commitment, base_of, both

LATER = WRITTEN + timedelta(hours=2)
FIRST, SECOND = "버스 노선을 알립니다.", "요금표를 한곳에 싣습니다."
"""The two paragraphs of a draft's description."""
REASON = "시민이 쉽게 찾을 수 있어야 합니다."


def seated(prefix: str, which: int = 0) -> Actor:
    """Someone who holds a seat of a class, such as `gov`, and chairs nothing."""
    rows = Account.objects.filter(
        person__holdings__seat__number__startswith=prefix, grants=None
    ).order_by("pk")
    found = [actor_of(row, on="2026-03-25") for row in rows.distinct()]
    return [one for one in found if "co_chair" not in one.roles][which]


def a_shared_draft(plan: Plan, **other: Any) -> tuple[Commitment, Actor, Actor]:
    """A commitment whose writing one of each side leads: the government's, civil society's."""
    words = {"description": both(f"{FIRST}\n\n{SECOND}", "Bus lines are told."), **other}
    row = a_written_commitment(plan, **words)
    pair = seated("gov"), seated("cso")
    for side, actor in zip(("government", "civil_society"), pair, strict=True):
        name_lead(row, side=side, person=str(actor.name), by=SECRETARY, at=WRITTEN)
    return row, *pair


def suggest(
    row: Commitment, by: Actor, wording: str = "버스 노선과 시간을 알립니다.", **other: Any
) -> Suggestion:
    """A suggestion to the first paragraph of the description, unless another is named."""
    at: datetime = other.pop("at", LATER)
    given: dict[str, Any] = {
        "path": ("description", "ko"),
        "place": 0,
        "base": base_of(row),
        "reason": REASON,
        "language": "ko",
        **other,
    }
    made = make_suggestion(row, wording=wording, by=by, at=at, **given)
    return Suggestion.objects.get(commitment=row, number=made.suggestion)
