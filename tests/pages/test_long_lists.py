"""Long lists as data and as tables: every row once, and no more in memory for more of them."""

import csv
import io
import json
import tracemalloc
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core.cache import cache
from django.db import connection
from django.test import AsyncClient
from django.test.utils import CaptureQueriesContext

from madang.calls.models import Moderation, Proposal
from madang.foundation.streams import PIECE
from madang.planning.models import Plan
from madang.record.guard import writing
from tests.makers.calls import DURING, an_open_call
from tests.makers.readers import HOST, Reader

pytestmark = pytest.mark.usefixtures("practice_forum")
LONG = 3 * PIECE + 17


def a_plan_with(count: int) -> Plan:
    """A plan with so many proposals, as rows alone: a list that came in long ago."""
    plan = an_open_call().plan
    add(plan, 1, count)
    return plan


def add(plan: Plan, first: int, last: int) -> None:
    rows = (
        Proposal(
            plan=plan,
            number=n,
            state="public",
            language="ko",
            title=f"제안 {n}",
            text="버스 정류장 시간표를 소리로 알려 주세요. " * 8,
            channel="form",
            proposed_on="2026-03-25",
            received_at=DURING,
            published_at=DURING,
            nonce=f"row-{n}",
        )
        for n in range(first, last + 1)
    )
    with writing():
        Proposal.objects.bulk_create(rows, batch_size=500)
    cache.clear()


def get(address: str, **options: Any) -> Any:
    return Reader("ko").get(address, **options)


def sent(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


def numbers(table: str) -> list[str]:
    return [row[0] for row in list(csv.reader(io.StringIO(table)))[1:]]


def test_a_long_list_holds_every_row_once_the_newest_first():
    plan = a_plan_with(LONG)
    expected = [f"{plan.number}-{n:04d}" for n in range(LONG, 0, -1)]

    table = get(f"/plans/{plan.number}/proposals.csv")
    data = get(f"/plans/{plan.number}/proposals.json")

    assert table.streaming and data.streaming
    assert numbers(sent(table)) == expected
    told = json.loads(sent(data))
    assert [one["label"] for one in told["proposals"]] == expected
    assert told["plan"]["number"] == plan.number


def test_a_long_table_speaks_the_reader_s_language_to_its_last_row():
    plan = a_plan_with(LONG)

    table = sent(get(f"/en/plans/{plan.number}/proposals.csv"))

    _head, *rows = csv.reader(io.StringIO(table))
    assert len(rows) == LONG
    assert {(row[2], row[4], row[8]) for row in rows} == {
        ("public", "on this site", "not answered yet")
    }
    assert all(row[11].startswith("/en/plans/") for row in rows)


def test_steps_taken_at_one_moment_each_stand_in_the_long_log_once():
    plan = a_plan_with(PIECE)
    steps = [
        Moderation(
            proposal=row, state="public", first="secretariat", asked_at=DURING, done_at=DURING
        )
        for row in Proposal.objects.all()
        for _ in range(3)
    ]
    with writing():
        Moderation.objects.bulk_create(steps, batch_size=500)

    told = json.loads(sent(get(f"/plans/{plan.number}/moderation.json")))
    table = sent(get(f"/plans/{plan.number}/moderation.csv"))

    assert len(told["steps"]) == len(numbers(table)) == 3 * PIECE
    assert {one["label"] for one in told["steps"]} == set(numbers(table))
    assert len({one["label"] for one in told["steps"]}) == PIECE


def test_a_long_list_asks_once_for_each_piece():
    plan = a_plan_with(LONG)
    address = f"/plans/{plan.number}/proposals.csv"
    sent(get(address))

    with CaptureQueriesContext(connection) as asked:
        sent(get(address))

    pieces = [one for one in asked if "answer_reason" in one["sql"]]
    assert len(pieces) == -(-LONG // PIECE)
    assert len(asked) - len(pieces) <= 6


def test_memory_does_not_grow_with_the_rows():
    plan = a_plan_with(LONG)
    address = f"/plans/{plan.number}/proposals.csv"
    peak(address)

    few = peak(address)
    add(plan, LONG + 1, 4 * LONG)
    many = peak(address)

    assert many < 1.3 * few, f"{few} bytes for {LONG} rows, {many} for four times as many"


def peak(address: str) -> int:
    """The most memory while an answer is taken piece by piece and thrown away."""
    cache.clear()
    tracemalloc.start()
    for _part in get(address).streaming_content:
        pass
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_who_has_a_long_list_already_is_told_so():
    plan = a_plan_with(LONG)
    address = f"/plans/{plan.number}/proposals.json"
    first = get(address)
    sent(first)

    again = get(address, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "public, no-cache"


def test_a_long_list_is_sent_in_parts_by_the_web_server_too():
    plan = a_plan_with(LONG)

    async def ask() -> list[bytes]:
        answer: Any = await AsyncClient(headers={"host": HOST}).get(
            f"/plans/{plan.number}/proposals.csv"
        )
        assert answer.is_async, "a plain iterator would be gathered before it is sent"
        return [part async for part in answer]

    parts = async_to_sync(ask)()

    assert len(parts) == 1 + -(-LONG // PIECE)
    assert numbers(b"".join(parts).decode("utf-8-sig"))[-1] == f"{plan.number}-0001"


def test_a_short_list_is_whole_and_kept_as_any_page():
    plan = a_plan_with(3)

    answer = get(f"/plans/{plan.number}/proposals.csv")

    assert not answer.streaming
    assert len(numbers(answer.content.decode("utf-8-sig"))) == 3
    assert answer["ETag"]
