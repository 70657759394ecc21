"""What a page asks of the database: little, and the same however much there is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.makers.readers import Reader
from tests.pages.many import a_forum_of
from tests.pages.reading import EVERY_PAGE, PAGES, TWINS, body_of

AT_MOST = 6


def asked_by(address: str) -> list[str]:
    """The statements behind a page, once what all pages share is read: forum, seats, sources."""
    Reader("ko").get("/")
    if address == "/":
        cache.clear()
    with CaptureQueriesContext(connection) as captured:
        response = Reader("ko").get(address)
    assert response.status_code == 200, address
    body_of(response)
    return [query["sql"] for query in captured.captured_queries]


@contextmanager
def for_a_while() -> Iterator[None]:
    """A state that is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_a_page_needs_few_queries(korea: Any) -> None:
    for address in [*EVERY_PAGE, *TWINS, "/plans/5/plan-ko.pdf"]:
        asked = asked_by(address)

        assert len(asked) <= AT_MOST, "\n".join([address, *asked])


def test_a_page_needs_as_many_queries_for_a_hundred_and_fifty_rows_as_for_fifteen(
    tmp_path: Path, db: None
) -> None:
    counts: dict[int, dict[str, int]] = {}
    for size in (15, 150):
        with for_a_while():
            a_forum_of(size, tmp_path)
            counts[size] = {a: len(asked_by(a)) for a in [*PAGES.values(), *TWINS]}

    assert counts[150] == counts[15]
    assert {a: n for a, n in counts[150].items() if n > AT_MOST} == {}


def test_a_page_that_was_made_costs_one_query(korea: Any, reader: Reader) -> None:
    reader.get("/plans/5/commitments/")

    with CaptureQueriesContext(connection) as captured:
        again = reader.get("/plans/5/commitments/")

    assert again.status_code == 200
    assert len(captured) == 1
