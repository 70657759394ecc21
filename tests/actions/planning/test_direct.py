"""Beginning and directing a plan, and what a ballot does to its text."""

import pytest

from madang.foundation.actors import CLOCK
from madang.foundation.refusals import NotNow, NotValid
from madang.members.models import Forum
from madang.planning.actions.begin import begin_plan
from madang.planning.actions.direct import direct_plan
from madang.planning.actions.freeze import freeze_plan, thaw_plan
from madang.planning.models import Plan
from madang.planning.reading import direction_digest, direction_parts
from madang.planning.rules.writing import Direction, Heading
from madang.record import log
from tests.makers.plans import CANARY, SECRETARY, WRITTEN, a_plan_begun, a_written_commitment, both

pytestmark = pytest.mark.usefixtures("forum")


def a_direction(**other):
    kept = {
        "title": both(f"{CANARY} 실행계획", f"{CANARY} plan"),
        "starts": "2032",
        "ends": "2033",
        "areas": [both("돌봄"), both("공간")],
        "visions": [Heading(None, both(f"{CANARY} 비전"))],
        "announced": {"call": ("2031-03", "2031-04")},
    }
    return Direction(**{**kept, **other})


def direct(plan, **other):
    base = other.pop("base", None) or direction_digest(Plan.objects.get(pk=plan.pk))
    return direct_plan(plan, direction=a_direction(**other), base=base, by=SECRETARY, at=WRITTEN)


def test_a_plan_gets_the_next_number_and_is_a_draft():
    plan = a_plan_begun()

    assert (plan.number, plan.status, plan.is_draft, plan.source) == (2, "preparing", True, None)
    said = log.said(log.entries()[0])
    assert (said["t"], said["d"]["about"], said["d"]["number"]) == ("plan.begun", "draft:2", 2)


@pytest.mark.parametrize(
    ("title", "starts", "ends", "code"),
    [
        ("", "2030", "2031", "planning.no_title"),
        ("제목", "", "2031", "planning.no_period"),
        ("제목", "2030", "2029-12", "planning.ends_before_it_begins"),
        ("제목", "2030-13", "2031", "planning.not_a_date"),
    ],
)
def test_a_plan_begins_with_a_name_and_a_period(title, starts, ends, code):
    with pytest.raises(NotValid) as refused:
        begin_plan(
            Forum.objects.get(pk=1),
            title=both(title),
            starts=starts,
            ends=ends,
            by=SECRETARY,
            at=WRITTEN,
        )

    assert refused.value.code == code


def test_one_save_of_the_direction_is_one_entry_without_its_words():
    plan, size = a_plan_begun(), log.size()

    direct(plan)

    assert log.size() == size + 1
    assert direction_parts(plan)["visions"][0]["key"] == "vision-1"
    assert direction_parts(plan)["announced"] == {"call": {"from": "2031-03", "to": "2031-04"}}
    assert all(CANARY.encode() not in bytes(entry.leaf) for entry in log.entries())


def test_two_who_direct_at_once_lose_nothing():
    plan = a_plan_begun()
    base = direction_digest(plan)
    direct(plan)

    with pytest.raises(NotNow, match=r"planning\.changed_meanwhile"):
        direct(plan, base=base, areas=[both("다른 방향")])

    assert [area["ko"] for area in direction_parts(plan)["areas"]] == ["돌봄", "공간"]


def test_a_direction_sent_twice_is_saved_once():
    plan = a_plan_begun()
    base = direction_digest(plan)
    direct(plan)

    with pytest.raises(NotNow, match=r"planning\.nothing_changed"):
        direct(plan, base=base, visions=[Heading("vision-1", both(f"{CANARY} 비전"))])


def test_a_vision_keeps_its_key_and_stays_while_commitments_stand_under_it():
    plan = a_plan_begun()
    direct(plan)
    a_written_commitment(plan, vision="vision-1")

    direct(plan, visions=[Heading("vision-1", both("고친 비전"))])
    with pytest.raises(NotNow, match=r"planning\.vision_in_use"):
        direct(plan, visions=[Heading(None, both("새 비전"))])

    assert [(v.key, v.text.words["ko"]) for v in plan.visions.all()] == [("vision-1", "고친 비전")]


def test_before_the_forum_a_plan_is_seen_by_all_and_written_by_nobody():
    plan = a_plan_begun()

    freeze_plan(plan, ballot="ballot:8", by=CLOCK, at=WRITTEN)

    plan.refresh_from_db()
    assert (plan.status, plan.frozen_by) == ("before_forum", "ballot:8")
    with pytest.raises(NotNow, match=r"planning\.before_forum"):
        direct(plan)


def test_what_was_shown_stays_shown_when_the_forum_did_not_adopt_it():
    plan = a_plan_begun()
    freeze_plan(plan, ballot="ballot:8", by=CLOCK, at=WRITTEN)

    thaw_plan(plan, ballot="ballot:8", by=CLOCK, at=WRITTEN)

    direct(plan)
    plan.refresh_from_db()
    assert (plan.status, plan.frozen_by) == ("before_forum", None)
