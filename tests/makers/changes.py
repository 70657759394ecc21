"""Changes of an adopted plan, through the real actions."""

from dataclasses import replace
from typing import Any

from madang.drafting.models import Commitment
from madang.drafting.rules.draft import Draft, Step
from madang.drafting.rules.rewriting import draft_of_wording
from madang.drafting.wordings import parts_of
from madang.foundation.texts import Text
from madang.planning.models import Plan
from madang.plans.actions.amend import request_change, turn_change_key
from madang.plans.changing import change_digest
from madang.plans.models import ChangeRequest
from tests.makers.ballots import co_chair, secretary
from tests.makers.editions import KEYED
from tests.makers.plans import base_of

REASON = Text(
    {
        "ko": "예산이 한 해 늦게 서서 마치는 날을 뒤로 옮겨야 합니다.",
        "en": "The budget comes a year later, so the end has to move.",
    }
)


def the_commitment(number: int = 1, *, plan: int = 1) -> Commitment:
    """A commitment of the practice forum's first plan, which is adopted."""
    return Commitment.objects.get(plan__number=plan, number=number)


def as_drafted(row: Commitment, **other: Any) -> Draft:
    """The commitment as a form would hold it, with something else in it."""
    return replace(draft_of_wording(parts_of(row)), **other)


def later(row: Commitment, due: str = "2027-11-30") -> list[Step]:
    """Its milestones with the last one due on another day."""
    steps = list(as_drafted(row).steps)
    return [*steps[:-1], replace(steps[-1], due=due)]


def a_change(row: Commitment | None = None, **other: Any) -> ChangeRequest:
    """A request that waits for the keys: the last milestone comes later."""
    found = row or the_commitment()
    plan = Plan.objects.get(pk=found.plan_id)
    given: dict[str, Any] = {
        "draft": as_drafted(found, steps=later(found)),
        "base": base_of(found),
        "kind": "amendment",
        "reason": REASON,
        "by": secretary(),
        "at": KEYED,
        **other,
    }
    asked = request_change(plan, commitment=found.number, **given)
    return ChangeRequest.objects.get(plan=plan, number=asked.number)


def key_change(change: ChangeRequest, side: str, **other: Any) -> Any:
    """One side's key to a change; the second one puts it in force."""
    fresh = ChangeRequest.objects.select_related("plan", "base").get(pk=change.pk)
    given = {"digest": change_digest(fresh), "by": co_chair(side), "at": KEYED, **other}
    return turn_change_key(fresh, **given)


def in_force(change: ChangeRequest) -> ChangeRequest:
    """The change with both keys."""
    for side in ("government", "civil_society"):
        key_change(change, side)
    return ChangeRequest.objects.get(pk=change.pk)
