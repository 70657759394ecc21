"""Answers: the one shape of data as a page, as JSON, as a table, as a picture."""

import csv
import io
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language

from madang.foundation.dates import PartialDate
from madang.foundation.refusals import NotFound, NotValid
from madang.foundation.texts import Text

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet read a cell as a formula, full-width forms included."""


@dataclass(frozen=True)
class Table:
    """Rows for a spreadsheet under headings; `name` is the file's name without its ending."""

    name: str
    headings: Sequence[Any]
    rows: Iterable[Sequence[Any]] = field(default_factory=list)


def json_value(value: Any) -> Any:
    """What stands in JSON for a value that it has no word for. Raises TypeError for any other."""
    if isinstance(value, Text):
        return value.data()
    if isinstance(value, PartialDate | Promise):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def json_answer(data: Any, status: int = 200) -> HttpResponse:
    """Open data: UTF-8, readable by any program on any site."""
    body = json.dumps(data, default=json_value, ensure_ascii=False, indent=1)
    answer = HttpResponse(body, content_type="application/json; charset=utf-8", status=status)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def inert(cell: Any) -> str:
    """A cell's text that no spreadsheet takes for a formula."""
    if cell is None:
        return ""
    text = str(cell)
    if isinstance(cell, int | float):
        return text
    # A spreadsheet overlooks white space before a formula.
    runs = text.startswith(FORMULA_SIGNS) or text.lstrip().startswith(FORMULA_SIGNS)
    return f"'{text}" if runs else text


def csv_answer(table: Table) -> HttpResponse:
    """A table for a spreadsheet: UTF-8 with a BOM, so that Korean opens; formula cells inert."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([inert(heading) for heading in table.headings])
    writer.writerows([inert(cell) for cell in row] for row in table.rows)
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{table.name}.csv"'
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def svg_answer(drawing: str) -> HttpResponse:
    """A picture by itself. It may load nothing and run nothing."""
    answer = HttpResponse(drawing, content_type="image/svg+xml; charset=utf-8")
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'none'; sandbox"
    return answer


def said(text: Text | None) -> str:
    """The words of a text in the reader's language, or the original's, for tables."""
    return text.say(get_language() or "ko").words if text else ""


def asked(request: HttpRequest, allowed: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The filters a reader asked for.

    Raises NotValid: web.unknown_value, for a value that is not allowed, or, where the answer is
    for a program, web.unknown_key for a key that is not. Other keys on a page are let be: links
    pick up tracking words on their way.
    """
    choices = {key: sorted(values) for key, values in allowed.items()}
    found = {}
    for key, value in request.GET.items():
        if key in choices:
            if value not in choices[key]:
                raise NotValid("web.unknown_value", key=key, value=value, allowed=choices[key])
            found[key] = value
        elif is_twin(request):
            raise _unknown(key, choices)
    return found


def _unknown(key: str, known: Collection[str]) -> NotValid:
    code = "web.unknown_key" if known else "web.no_filters"
    return NotValid(code, key=key, allowed=sorted(known))


def is_twin(request: HttpRequest) -> bool:
    """Whether the answer is for a program rather than a reader."""
    return request.path.endswith((".json", ".csv", ".svg"))


def answer(
    request: HttpRequest,
    twin: str,
    template: str,
    data: dict[str, Any],
    *,
    table: Callable[[], Table] | None = None,
    drawing: Callable[[], str] | None = None,
    filters: Collection[str] = (),
    extra: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Answer with the page or the twin that was asked for.

    `data` is the one shape: the page's context and the JSON. `extra` is for the page alone.
    `filters` are the keys of the query that the view reads.

    Raises NotValid: web.unknown_key, web.no_filters, for any other key from a program.
    """
    for key in request.GET if twin else ():
        if key not in filters:
            raise _unknown(key, filters)
    if twin == "json":
        return json_answer(data)
    if twin == "csv" and table:
        return csv_answer(table())
    # Where nothing is recorded that could be drawn, there is no picture.
    if twin == "svg" and drawing and (picture := drawing()):
        return svg_answer(picture)
    if twin:
        raise NotFound("web.no_such_twin", twin=twin)
    return render(request, template, {**data, **(extra or {})})
