"""Announcing a plan: its outline is public from then on, its commitments are not."""

from typing import Any

import pytest

from madang.drafting.actions.write import write_commitment
from madang.foundation.actors import CLOCK
from madang.foundation.refusals import NotNow
from madang.planning.actions.announce import announce_plan
from madang.planning.actions.freeze import freeze_plan
from madang.planning.models import Plan
from madang.record import log
from tests.makers.plans import (
    CANARY,
    SECRETARY,
    WRITTEN,
    a_draft,
    a_plan_begun,
    a_written_commitment,
    an_announced_plan,
)


def test_an_announced_plan_is_known_to_all_and_its_text_is_not(practice_forum: Any) -> None:
    plan = an_announced_plan()

    assert (plan.status, plan.announced_at) == ("announced", WRITTEN)
    assert (plan.is_hidden, plan.is_draft) == (False, True)
    entry = log.last("plan.announced", about=plan.ref)
    assert entry and log.said(entry)["d"]["announced"] == {
        "call": {"from": "2031-03", "to": "2031-04"}
    }


def test_without_a_timeline_there_is_nothing_to_announce(practice_forum: Any) -> None:
    plan = a_plan_begun()

    with pytest.raises(NotNow, match=r"planning\.no_timeline"):
        announce_plan(plan, by=SECRETARY, at=WRITTEN)


def test_a_plan_is_announced_once(practice_forum: Any) -> None:
    plan = an_announced_plan()

    with pytest.raises(NotNow, match=r"planning\.announced_before"):
        announce_plan(plan, by=SECRETARY, at=WRITTEN)


def test_a_plan_known_from_a_source_keeps_its_state(practice_forum: Any) -> None:
    plan = Plan.objects.get(number=2)
    if not plan.stages.exclude(announced=[]).exists():
        pytest.fail("the practice forum's second plan has its timeline")

    announce_plan(plan, by=SECRETARY, at=WRITTEN)

    plan.refresh_from_db()
    assert (plan.status, plan.is_draft, plan.announced_at) == ("recorded", False, WRITTEN)


def test_the_record_calls_its_commitments_drafts_still(practice_forum: Any) -> None:
    plan = an_announced_plan()

    a_written_commitment(plan)

    newest = log.entries()[0]
    assert newest.about == f"draft:{plan.number}-1"
    assert all(CANARY.encode() not in bytes(entry.leaf) for entry in log.entries())


def test_it_is_written_on_and_put_before_the_forum_as_any_other(practice_forum: Any) -> None:
    plan = an_announced_plan()
    write_commitment(plan, number=None, draft=a_draft(), base=None, by=SECRETARY, at=WRITTEN)

    freeze_plan(plan, ballot="ballot:8", by=CLOCK, at=WRITTEN)

    plan.refresh_from_db()
    assert (plan.status, plan.is_draft) == ("before_forum", False)
