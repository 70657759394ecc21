"""Plans that are being made, through the real actions."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from madang.drafting.actions.write import write_commitment
from madang.drafting.models import Commitment
from madang.drafting.rules.draft import Draft, Step
from madang.drafting.rules.wording import fingerprint
from madang.drafting.versions import as_it_reads
from madang.foundation.actors import Actor, Role
from madang.foundation.texts import Text
from madang.members.models import Agency, Forum
from madang.planning.actions.announce import announce_plan
from madang.planning.actions.begin import begin_plan
from madang.planning.actions.direct import direct_plan
from madang.planning.models import Plan
from madang.planning.reading import direction_digest
from madang.planning.rules.writing import Direction

WRITTEN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SECRETARY = Actor(roles=frozenset({Role.SECRETARIAT}), name="secretary")
CANARY = "카나리아초안"
"""A word that stands in drafts and nowhere else."""


def both(ko: str, en: str | None = None) -> Text:
    return Text({"ko": ko, "en": en})


OUTLINE = Text({"ko": "다음 실행계획", "en": "The next action plan"})


def a_plan_begun(*, at: datetime = WRITTEN, title: Text | None = None) -> Plan:
    """The forum's next plan, just begun."""
    begun = begin_plan(
        Forum.objects.get(pk=1),
        title=title or both(f"{CANARY} 실행계획", f"{CANARY} plan"),
        starts="2032",
        ends="2033",
        by=SECRETARY,
        at=at,
    )
    return Plan.objects.get(number=begun.number)


def an_announced_plan(*, at: datetime = WRITTEN, areas: Sequence[Text] = ()) -> Plan:
    """The forum's next plan, its outline and timeline public since `at`."""
    plan = a_plan_begun(at=at, title=OUTLINE)
    direction = Direction(
        title=OUTLINE,
        starts="2032",
        ends="2033",
        areas=list(areas),
        announced={"call": ("2031-03", "2031-04")},
    )
    direct_plan(plan, direction=direction, base=direction_digest(plan), by=SECRETARY, at=at)
    announce_plan(plan, by=SECRETARY, at=at)
    return Plan.objects.get(pk=plan.pk)


def a_draft(**other: Any) -> Draft:
    """A commitment with a milestone, led by the forum's first agency."""
    agency = Agency.objects.order_by("position")[0].slug
    kept: dict[str, Any] = {
        "title": both(f"{CANARY} 과제", f"{CANARY} commitment"),
        "description": both(f"{CANARY} 내용을 함께 정한다."),
        "template": {"causes": both(f"{CANARY} 원인")},
        "starts": "2032",
        "ends": "2033-06",
        "leads": [agency],
        "steps": [
            Step(None, both(f"{CANARY} 첫 단계"), both("결과물"), due="2032-12", agency=agency)
        ],
    }
    return Draft(**{**kept, **other})


def a_written_commitment(plan: Plan, *, at: datetime = WRITTEN, **other: Any) -> Commitment:
    """A commitment of the plan, saved once."""
    done = write_commitment(
        plan, number=None, draft=a_draft(**other), base=None, by=SECRETARY, at=at
    )
    return Commitment.objects.get(plan=plan, number=done.number)


def base_of(commitment: Commitment) -> str:
    """What a form opened now would carry."""
    return fingerprint(as_it_reads(commitment))
