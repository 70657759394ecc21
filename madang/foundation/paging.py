"""A long list on several pages: which one was asked for, and the links to those beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.http import urlencode

LINES = 40
"""How many rows stand on one page, so that it stays light (PERFORMANCE: 100 kB)."""


def page_asked(asked: str, count: int, size: int) -> tuple[int, int]:
    """The page that was asked for and the last one; what is no page is the nearest that is."""
    last = max(1, -(-count // size))
    page = min(int(asked), last) if asked.isdecimal() and len(asked) < 7 else 1
    return max(1, page), last


def query_of(chosen: Mapping[str, Any]) -> str:
    """What was chosen, as an address says it."""
    return urlencode({key: value for key, value in chosen.items() if value})


def pages_around(
    page: int, last: int, chosen: Mapping[str, Any], key: str = "page"
) -> list[dict[str, Any]]:
    """Links to the pages beside this one, the first and the last; none where there is but one."""
    if last == 1:
        return []
    wanted = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    return [{"number": n, "query": query_of({**chosen, key: n})} for n in wanted]


def page_of(
    rows: Sequence[Any], asked: Mapping[str, str], chosen: Mapping[str, Any], key: str = "page"
) -> dict[str, Any]:
    """The rows of the page that was asked for under `key`, and what `parts/pages.html` shows."""
    page, last = page_asked(asked.get(key, "1"), len(rows), LINES)
    return {
        "lines": rows[(page - 1) * LINES : page * LINES],
        "page": page,
        "pages": pages_around(page, last, chosen, key),
    }
