"""What belongs to a row comes with it, as the model would give it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, OuterRef
from django.test.utils import CaptureQueriesContext

from madang.drafting.models import Commitment, SubCommitment
from madang.foundation.gathering import Gathered
from madang.foundation.texts import Kind, Text
from madang.members.models import Account, RoleGrant, Source
from madang.planning.models import Area, Plan, Stage
from madang.record.guard import writing

WORDS = Text({"ko": "“겹”따옴표 \\ ' 줄\n바꿈", "en": None}, {"ko": Kind.WORKING})
GIVEN = datetime(2026, 3, 2, 1, 2, 3, 450000, tzinfo=UTC)


def a_plan(number: int) -> Plan:
    return Plan.objects.create(number=number, title=WORDS)


def test_rows_come_in_their_order_with_their_plan_and_in_one_query() -> None:
    with writing():
        plans = [a_plan(number) for number in (1, 2)]
        for place in (3, 1, 2):
            Area.objects.create(plan=plans[1], position=place, text=Text({"ko": f"영역 {place}"}))
    areas = Gathered(Area.objects.filter(plan=OuterRef("pk")), text="text", number="plan__number")

    with CaptureQueriesContext(connection) as captured:
        found: Any = list(Plan.objects.annotate(area_rows=areas).order_by("number"))

    assert len(captured) == 1
    assert found[0].area_rows == []
    assert found[1].area_rows == [
        {"text": Text({"ko": f"영역 {place}"}), "number": 2} for place in (1, 2, 3)
    ]


def test_an_order_of_its_own_goes_before_the_order_of_the_table() -> None:
    with writing():
        for number in (1, 2, 3):
            a_plan(number)
            Source.objects.create(key=f"source-{number}", title=WORDS, position=number)
    sources = Gathered(Source.objects.order_by(F("key").desc()), key="key")

    found: Any = Plan.objects.annotate(source_rows=sources)[0]

    assert [row["key"] for row in found.source_rows] == ["source-3", "source-2", "source-1"]


def test_words_documents_and_nothing_at_all_come_as_the_model_gives_them() -> None:
    claims = [{"from": "2022", "to": None, "note": {"ko": "“말”"}}]
    with writing():
        plan = a_plan(1)
        Stage.objects.create(plan=plan, key="call", position=1, text=WORDS, announced=claims)
        Stage.objects.create(plan=plan, key="decision", position=2)
    names = ("key", "position", "text", "announced", "actual")
    stages = Gathered(Stage.objects.filter(plan=OuterRef("pk")), **{name: name for name in names})

    found: Any = Plan.objects.annotate(stage_rows=stages).get()

    assert found.stage_rows == list(Stage.objects.values(*names))
    assert found.stage_rows[0]["text"] == WORDS


def test_a_moment_is_the_same_moment() -> None:
    with writing():
        account = Account.objects.create(email="ada@practice.example", key="k")
        for n, ended in enumerate((None, GIVEN)):
            at = GIVEN + timedelta(seconds=n * 0.55)
            grant = RoleGrant(account=account, role="secretariat", granted_at=at, ended_at=ended)
            grant.save()
    grants = RoleGrant.objects.filter(account=OuterRef("pk")).order_by("pk")
    rows = Gathered(grants, given="granted_at", ended="ended_at")

    found: Any = Account.objects.annotate(grant_rows=rows).get()

    assert found.grant_rows == [
        {"given": GIVEN, "ended": None},
        {"given": GIVEN + timedelta(seconds=0.55), "ended": GIVEN},
    ]


def test_a_query_that_can_find_nothing_gives_no_rows() -> None:
    with writing():
        a_plan(1)
    nothing = Gathered(Area.objects.none(), text="text")

    found: Any = Plan.objects.annotate(area_rows=nothing).get()

    assert found.area_rows == []


def test_asking_leaves_nothing_behind_for_the_next_thread() -> None:
    parts = SubCommitment.objects.filter(commitment=OuterRef("pk")).order_by("source__position")
    standing = Commitment.objects.annotate(part_rows=Gathered(parts, label="label"))
    shared = standing.query.annotations["part_rows"].query
    before = dict(shared.alias_refcount)

    list(standing.filter(number=1))

    assert shared.alias_refcount == before
