"""A plan that can be put before the forum, through the real actions."""

from datetime import datetime, timedelta

from madang.drafting.actions.write import write_commitment
from madang.drafting.rules.draft import Draft
from madang.foundation.texts import Text
from madang.members.models import Forum
from madang.planning.actions.begin import begin_plan
from madang.planning.models import Plan
from tests.makers.ballots import DRAFTED, secretary

TITLE = Text({"ko": "가온시 새 실행계획", "en": "New Action Plan of Gaon"})


def a_plan_in_preparation(commitments: int = 2, *, at: datetime = DRAFTED) -> Plan:
    """A plan that was begun and has commitments, and no ballot yet."""
    by = secretary(at)
    begun = begin_plan(
        Forum.objects.get(pk=1), title=TITLE, starts="2028-01-01", ends="2029-12-31", by=by, at=at
    )
    plan = Plan.objects.get(number=begun.number)
    for n in range(1, commitments + 1):
        a_commitment(plan, n, at=at + timedelta(minutes=n))
    return plan


def a_commitment(plan: Plan, n: int, *, at: datetime) -> None:
    """A further commitment of a plan."""
    draft = Draft(title=Text({"ko": f"과제 {n}", "en": f"Commitment {n}"}))
    write_commitment(plan, number=None, draft=draft, base=None, by=secretary(at), at=at)
