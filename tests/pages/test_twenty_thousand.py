"""A call with 20,000 proposals: its pages ask no more and weigh no more than those of a small one."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.calls.models import Call, Proposal
from madang.foundation.actors import Role
from madang.planning.models import Plan
from madang.record.guard import writing
from madang.taskforces.models import Candidate, Group, Placement
from madang.taskforces.rules.words import Choice
from tests.makers.calls import DURING, an_open_call, many
from tests.makers.forgetting import forget_everything
from tests.makers.groups import SORTED, a_candidate, a_group, a_placed, members
from tests.makers.housekeeping import counted
from tests.makers.readers import Reader, a_signed_in_client, someone_of_a_group
from tests.makers.replies import publish, write

FEW, ALL = 60, 20_000
BYTES_AT_MOST = 100_000
PUBLIC_AT_MOST = 6


def placed(call: Call, group: Group, candidate: Candidate, first: int) -> None:
    """What lies from a number on in the group, two thirds of it sorted, a sixth in a candidate."""
    choices = (Choice.JOIN, Choice.LATER, Choice.OTHER_BODY, None, None, Choice.NOT_IN_PLAN)
    rows = Proposal.objects.filter(plan=call.plan, number__gte=first).only("pk", "number")
    with writing():
        placements = (
            Placement(
                proposal=row,
                group=group,
                choice=(choice := choices[row.number % len(choices)]),
                candidate=candidate if choice == Choice.JOIN else None,
                placed_at=DURING,
                sorted_at=SORTED + timedelta(seconds=row.number) if choice else None,
            )
            for row in rows
        )
        Placement.objects.bulk_create(placements, batch_size=500)


def grow(call: Call, group: Group, candidate: Candidate, up_to: int) -> None:
    first = Proposal.objects.filter(plan=call.plan).count() + 1
    many(call, up_to - first + 1, first)
    placed(call, group, candidate, first)
    counted()


def public(plan: Plan) -> list[str]:
    there = f"/plans/{plan.number}"
    asked = (
        "",
        "area=1",
        "outcome=joined",
        "state=withdrawn",
        "source=form",
        "group=1",
        "sorted=no",
    )
    return [
        *(f"{there}/proposals/?{one}" for one in (*asked, "q=가로등", "page=400")),
        f"{there}/proposals/0001/",
        f"{there}/how-it-was-made/",
        f"{there}/groups/1/",
        f"{there}/candidates/",
        f"{there}/candidates/1/",
        f"{there}/moderation/",
        f"{there}/co-creation/",
        f"/find-my-proposal/?q={plan.number}-0412",
        "/find-my-proposal/?q=가로등",
    ]


def desk(plan: Plan) -> list[str]:
    number = plan.number
    return [
        "/desk/",
        f"/desk/groups/{number}-1/",
        f"/desk/groups/{number}-1/sort/",
        f"/desk/candidates/{number}-1/",
        f"/desk/replies/?plan={number}",
        f"/desk/proposals/?plan={number}",
    ]


def taken(reader: Reader, addresses: list[str]) -> dict[str, tuple[int, int]]:
    """For each page how many statements it asks, read for the first time, and how many bytes it has."""
    found = {}
    for address in addresses:
        forget_everything()
        with CaptureQueriesContext(connection) as captured:
            answer = reader.get(address)
        assert answer.status_code == 200, address
        found[address] = (len(captured.captured_queries), len(answer.content))
    return found


def test_pages_ask_and_weigh_the_same_with_twenty_thousand(practice_forum: Any) -> None:
    call = an_open_call()
    group = a_group(call)
    first, _second = a_placed(group, 2)
    candidate = a_candidate(first, members(1)[0])
    write(call.plan, 1)
    publish(call.plan)
    grow(call, group, candidate, FEW)
    worker = Reader("ko")
    worker.force_login(someone_of_a_group(group))
    readers = {
        "anyone": (Reader("ko"), public(call.plan)),
        "who works in the group": (worker, desk(call.plan)[:4]),
        "the secretariat": (a_signed_in_client(Role.SECRETARIAT, "ko"), desk(call.plan)[3:]),
    }
    before = {who: taken(*asks) for who, asks in readers.items()}

    grow(call, group, candidate, ALL)

    assert Placement.objects.filter(group=group).count() == ALL
    for who, asks in readers.items():
        for address, (statements, size) in taken(*asks).items():
            assert statements <= before[who][address][0], (who, address)
            assert size <= BYTES_AT_MOST, (who, address, size)
            assert who != "anyone" or statements <= PUBLIC_AT_MOST, (address, statements)
    # What is not listed for want of room is named by its number.
    part = {"step": "split", "part-ko": "떼어 낸 것", "numbers": f"{call.plan.number}-15006, 15012"}
    assert worker.post(desk(call.plan)[3], part).status_code == 302
    moved = Placement.objects.filter(candidate__number=2).values_list("proposal__number", flat=True)
    assert sorted(moved) == [15_006, 15_012]
