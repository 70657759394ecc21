"""The first plan's seventy proposals, sorted and led to milestones as its file says."""

from datetime import datetime, timedelta
from typing import Any

from madang.calls.models import Call, Proposal
from madang.config.rehearsed_sorting import FIRST, Sitting, read
from madang.drafting.models import GrownFrom
from madang.drafting.rules.draft import Step
from madang.foundation.actors import Actor
from madang.members.actors import actor_of
from madang.members.models import Account, Holding
from madang.plans.pages.threads import fate_rows
from madang.record import log
from madang.taskforces.models import Candidate, Group, Placement
from tests.makers.calls import CLOSES, DURING, a_proposal, an_open_call
from tests.makers.plans import SECRETARY, a_written_commitment, both


def seated(seat: str, at: datetime) -> Actor:
    held = Holding.objects.filter(seat__number=seat, ends=None).values("person")
    found = Account.objects.filter(person__in=held) or Account.objects.filter(
        person__holdings__seat__number=seat
    )
    return actor_of(found[0], on=at.date().isoformat())


def spec_for(call: Call) -> dict[str, Any]:
    return {**read(FIRST), "plan": call.plan.number}


def sitting(call: Call) -> Sitting:
    return Sitting(spec_for(call), CLOSES + timedelta(days=1), SECRETARY, seated)


def test_seventy_proposals_reach_their_candidates_and_milestones(practice_forum: Any) -> None:
    call, spec = an_open_call(), read(FIRST)
    for n, row in enumerate(spec["proposals"]):
        email = f"citizen{n}@example.kr"
        words = {"title": row["title"], "text": row["text"], "language": row["language"]}
        a_proposal(call, email=email, at=DURING + timedelta(minutes=n), **words)
    steps = [Step(None, both(f"단계 {n}"), both("결과물"), due="2032-12") for n in range(1, 5)]
    for n in range(8):
        a_written_commitment(call.plan, at=CLOSES, steps=steps, title=both(f"과제 {n}"))

    sitting(call).play()

    plan = call.plan
    assert Group.objects.filter(plan=plan).count() == 3
    assert Candidate.objects.filter(plan=plan).count() == 21
    rows = Placement.objects.filter(proposal__plan=plan)
    public = Proposal.objects.filter(plan=plan, state="public").count()
    assert public >= 69 and rows.exclude(candidate=None).count() == public
    for n, row in enumerate(spec["proposals"], 1):
        placed = rows.filter(proposal__number=n).select_related("candidate").first()
        assert placed is None or placed.candidate.number == row["candidate"]  # type: ignore[union-attr]
    expected = {c["number"]: c.get("milestone") for c in spec["candidates"] if c.get("commitment")}
    led = GrownFrom.objects.filter(commitment__plan=plan, ended_at=None)
    assert {
        one.candidate.number: one.milestone.label if one.milestone else None for one in led
    } == expected
    assert len(list(fate_rows(plan, readable=True))) == 70


def test_where_no_proposals_are_nothing_happens(practice_forum: Any) -> None:
    call, size = an_open_call(), log.size()

    assert sitting(call).play() is None
    assert log.size() >= size and not Group.objects.exists()
