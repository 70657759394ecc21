"""What a page asks of the database: little, and the same however much there is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from madang.meetings.models import Meeting
from madang.members.actions.move_clock import move_clock
from madang.planning.models import Plan
from madang.record import log
from tests.makers.forgetting import forget_everything
from tests.makers.forums import LOADED, SOMEONE
from tests.makers.readers import Reader
from tests.pages.many import a_forum_of
from tests.pages.reading import EVERY_PAGE, PAGES, TWINS, body_of

AT_MOST = 6


def asked_by(address: str) -> list[str]:
    """The statements behind a page for the first reader after an act, in a fresh process."""
    forget_everything()
    with CaptureQueriesContext(connection) as captured:
        response = Reader("ko").get(address)
    assert response.status_code == 200, address
    body_of(response)
    return [query["sql"] for query in captured.captured_queries]


def walk(addresses: list[str]) -> dict[str, int]:
    """How many statements each page takes; none may take too many."""
    counts = {}
    for address in addresses:
        asked = asked_by(address)
        assert len(asked) <= AT_MOST, "\n".join([address, *asked])
        counts[address] = len(asked)
    return counts


@contextmanager
def for_a_while() -> Iterator[None]:
    """A state that is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_a_page_needs_few_queries(korea: Any) -> None:
    walk([*EVERY_PAGE, *TWINS, "/plans/5/plan-ko.pdf"])


def test_a_page_of_a_forum_that_votes_needs_few_queries(rehearsed_forum: Any) -> None:
    addresses = ["/", "/home.json", "/emblem.svg", "/practice/", "/practice/letters/", "/tour/"]
    for meeting in Meeting.objects.exclude(ballots=None).values_list("address", flat=True):
        addresses += [f"/meetings/{meeting}/", f"/meetings/{meeting}/ballot/"]
        addresses += [f"/meetings/{meeting}/ballot.json", f"/meetings/{meeting}/ballot.csv"]
    for plan in Plan.objects.values_list("number", flat=True):
        addresses += [f"/plans/{plan}/", f"/plans/{plan}.json", f"/plans/{plan}/commitments/"]
    # One entry of each kind, the newest: what it shows depends on the kind.
    kinds = dict(log.entries().order_by("index").values_list("kind", "index"))
    addresses += [f"/record/{index}/" for index in kinds.values()]

    walk(addresses)


def test_a_page_needs_as_many_queries_for_a_hundred_and_fifty_rows_as_for_fifteen(
    tmp_path: Path, db: None
) -> None:
    counts: dict[tuple[int, int], dict[str, int]] = {}
    for size in (15, 150):
        with for_a_while():
            forum = a_forum_of(size, tmp_path)
            counts[size, log.size() % 2] = walk([*PAGES.values(), *TWINS])
            # An odd record ends in a leaf that no subtree holds yet, an even one does not.
            at = LOADED + timedelta(days=size)
            move_clock(forum, to=at + timedelta(days=1), by=SOMEONE, at=at)
            counts[size, log.size() % 2] = walk([*PAGES.values(), *TWINS])

    assert len(counts) == 4
    assert all(found == counts[15, 0] for found in counts.values())


def test_a_page_that_was_made_costs_one_query(korea: Any, reader: Reader) -> None:
    reader.get("/plans/5/commitments/")

    with CaptureQueriesContext(connection) as captured:
        again = reader.get("/plans/5/commitments/")

    assert again.status_code == 200
    assert len(captured) == 1
