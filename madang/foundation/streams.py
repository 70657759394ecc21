"""Long lists sent as they are read: of 180,000 rows some hundreds are in memory at a time."""

import csv
import io
import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from asgiref.sync import sync_to_async
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import translation

from madang.foundation.answers import inert, json_value

PIECE = 500
"""How many rows are read, and sent, at a time."""
WHOLE = 3
"""A head, one piece and an end: what is no longer than that is answered at once."""

Pieces = Iterator[list[Any]]


def pieces(rows: QuerySet[Any], *keys: str) -> Pieces:
    """The rows by these keys, the highest first; the last key tells any two rows apart.

    Each piece is a query of its own that goes on after the last row of the one before. Nothing is
    held open in between, however slowly a reader takes them: no transaction, no connection. What
    is done meanwhile is seen in the pieces still to come; no row that stays is left out or twice.
    """
    rows = rows.order_by(*(f"-{key}" for key in keys))
    piece = list(rows[:PIECE])
    while piece:
        yield piece
        piece = list(rows.filter(_below(piece[-1], keys))[:PIECE]) if len(piece) == PIECE else []


def _below(row: Any, keys: Sequence[str]) -> Q:
    found, same = Q(), Q()
    for key in keys:
        found |= same & Q(**{f"{key}__lt": getattr(row, key)})
        same &= Q(**{key: getattr(row, key)})
    return found


def long_json(
    request: HttpRequest, head: dict[str, Any], name: str, told: Pieces
) -> HttpResponse | StreamingHttpResponse:
    """Open data: `head` with a list called `name` at its end, a row on each line."""
    return _answer(request, _json_parts(head, name, told), "application/json; charset=utf-8")


def _json_parts(head: dict[str, Any], name: str, told: Pieces) -> Iterator[str]:
    start = json.dumps(head, default=json_value, ensure_ascii=False, indent=1)
    yield f"{start.removesuffix('}').rstrip()},\n {json.dumps(name)}: ["
    mark = "\n"
    for piece in told:
        rows = (json.dumps(one, default=json_value, ensure_ascii=False) for one in piece)
        yield mark + ",\n".join(rows)
        mark = ",\n"
    yield "\n]}\n"


def long_csv(
    request: HttpRequest, name: str, headings: Sequence[Any], told: Pieces
) -> HttpResponse | StreamingHttpResponse:
    """A table for a spreadsheet: UTF-8 with a BOM, so that Korean opens; formula cells inert."""
    answer = _answer(request, _csv_parts(headings, told), "text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _csv_parts(headings: Sequence[Any], told: Pieces) -> Iterator[str]:
    yield "\ufeff" + _lines([headings])
    for piece in told:
        yield _lines(piece)


def _lines(rows: Sequence[Sequence[Any]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([inert(cell) for cell in row] for row in rows)
    return out.getvalue()


def _answer(
    request: HttpRequest, parts: Iterator[str], kind: str
) -> HttpResponse | StreamingHttpResponse:
    """The parts at once where they are few, else one after another.

    A streaming answer is sent after its view is done, so each part is made in the reader's
    language anew.
    """
    first = list(islice(parts, WHOLE + 1))
    answer: HttpResponse | StreamingHttpResponse
    if len(first) <= WHOLE:
        answer = HttpResponse("".join(first), content_type=kind)
    else:
        more = _spoken(chain(first, parts) if request.method == "GET" else iter(()))
        # Under ASGI Django would gather a plain iterator whole before it sends the first byte.
        sent = _awaited(more) if hasattr(request, "scope") else iter(more, None)
        answer = StreamingHttpResponse(sent, content_type=kind)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _spoken(parts: Iterator[str]) -> Callable[[], str | None]:
    language = translation.get_language() or "ko"

    def following() -> str | None:
        with translation.override(language):
            return next(parts, None)

    return following


async def _awaited(following: Callable[[], str | None]) -> AsyncIterator[str]:
    # In the request's own thread, whose connection to the database is closed with the request.
    ask = sync_to_async(following, thread_sensitive=True)
    while (part := await ask()) is not None:
        yield part
