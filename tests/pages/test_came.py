"""How a commitment came to be, and who was heard: meetings, suggestions, and who wrote."""

import json
from datetime import timedelta
from typing import Any

import pytest

from madang.drafting.actions.lead import give_to_group
from madang.drafting.actions.suggest import answer_suggestion
from madang.drafting.actions.write import write_draft
from madang.drafting.models import Commitment
from madang.drafting.rules.rewriting import draft_of_wording
from madang.drafting.versions import as_it_reads
from madang.foundation.actors import Role
from madang.planning.models import Plan
from madang.taskforces.actions.groups import form_group
from madang.taskforces.actions.work import call_group_meeting
from madang.taskforces.models import Group
from tests.makers.drafts import LATER, a_shared_draft, suggest
from tests.makers.plans import SECRETARY, WRITTEN, an_announced_plan, base_of, both
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page

pytestmark = pytest.mark.usefixtures("practice_forum")
TODAY = WRITTEN + timedelta(days=30)


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("madang.web.middleware._moment", lambda request: TODAY)


def way(plan: Plan) -> str:
    return f"/plans/{plan.number}/commitments/1/how-it-came-to-be"


def read(address: str, language: str = "ko") -> Any:
    return json.loads(a_signed_in_client(Role.MEMBER, language).get(f"{address}.json").content)


def a_group_that_met(row: Commitment, *days: str) -> Group:
    """A group that drafts a commitment and meets on these days."""
    form_group(row.plan, name=both("교통 분과", "Transport group"), by=SECRETARY, at=WRITTEN)
    group = Group.objects.select_related("plan").get(plan=row.plan)
    give_to_group(row, group=group.number, by=SECRETARY, at=WRITTEN)
    for day in days:
        call_group_meeting(group, held_on=day, agenda=both("안건"), by=SECRETARY, at=WRITTEN)
    return group


def test_the_meetings_of_its_group_stand_on_its_way_those_to_come_do_not() -> None:
    plan = an_announced_plan()
    row, *_ = a_shared_draft(plan)
    a_group_that_met(row, "2026-03-05", "2026-03-19", "2026-12-01")

    steps = {one["key"]: one for one in read(way(plan))["steps"]}

    met = steps["meetings"]
    assert (met["from"], met["to"], met["words"]) == ("2026-03-05", "2026-03-19", "분과 회의 2차례")
    assert met["body"]["en"] == "Transport group"
    assert steps["written"]["body"]["en"] == "Transport group"
    assert read(way(plan), "en")["steps"][0]["words"]


def test_meetings_and_suggestions_stand_in_the_summary(reader: Reader) -> None:
    plan = an_announced_plan()
    row, gov, cso = a_shared_draft(plan)
    a_group_that_met(row, "2026-03-05", "2026-12-01")
    found = suggest(row, cso)
    answer_suggestion(
        found, fate="accepted", answer="", language="ko", by=gov, at=LATER + timedelta(hours=1)
    )
    suggest(
        Commitment.objects.get(pk=row.pk),
        cso,
        "버스 노선을 모두 알립니다.",
        base=base_of(row),
        place=1,
    )
    address = f"/plans/{plan.number}/co-creation"

    heard = read(address)

    assert [one["meetings"] for one in heard["groups"]] == [1]
    assert heard["suggestions"]["fates"] == {"accepted": 1, "waiting": 1}
    assert [one["suggestions"] for one in heard["suggestions"]["about"]] == [2]
    for language, words in (("ko", "회의 1차례"), ("en", "1 meeting")):
        page = Page(a_signed_in_client(Role.MEMBER, language).get(f"{address}/"))
        assert words in page.text and page.faults == []
    # What drafts say, and so what was suggested for them, is public with the drafts.
    assert json.loads(reader.get(f"{address}.json").content)["suggestions"]["all"] == 0


def test_who_wrote_a_draft_without_a_group_is_who_the_record_names() -> None:
    plan = an_announced_plan()
    row, gov, _cso = a_shared_draft(plan)
    draft = draft_of_wording(json.loads(as_it_reads(row)))
    changed = type(draft)(**{**draft.__dict__, "problem": both("문제를 적습니다.")})
    write_draft(row, draft=changed, base=base_of(row), by=gov, at=LATER)

    written = next(one for one in read(way(plan))["steps"] if one["key"] == "written")

    assert written["body"]["en"] == f"The secretariat, {gov.label}"
    assert written["body"]["ko"] == f"사무국, {gov.label}"
