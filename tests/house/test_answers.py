"""The one shape of data: as JSON any program reads, as a table no spreadsheet runs."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from django.test import RequestFactory
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from madang.foundation.answers import (
    FORMULA_SIGNS,
    Table,
    answer,
    asked,
    csv_answer,
    inert,
    json_answer,
    svg_answer,
)
from madang.foundation.dates import PartialDate
from madang.foundation.refusals import NotFound, NotValid
from madang.foundation.texts import Text

CELLS = {
    "nothing": (None, ""),
    "a number": (12, "12"),
    "a negative number": (-12, "-12"),
    "a fraction": (-0.5, "-0.5"),
    "words": ("열린정부", "열린정부"),
    "a formula": ("=1+1", "'=1+1"),
    "a call": ("@SUM(A1)", "'@SUM(A1)"),
    "a plus": ("+82-2-123", "'+82-2-123"),
    "a minus as words": ("-12", "'-12"),
    "behind spaces": ("  =cmd|' /C calc'!A0", "'  =cmd|' /C calc'!A0"),
    "behind a tab": ("\t=1+1", "'\t=1+1"),
    "behind a return": ("\r=1+1", "'\r=1+1"),
    "behind a line's end": ("\n=1+1", "'\n=1+1"),
    "full-width": ("＝1+1", "'＝1+1"),
}


@pytest.mark.parametrize(("cell", "shown"), CELLS.values(), ids=CELLS)
def test_a_cell_is_never_a_formula(cell, shown):
    assert inert(cell) == shown


@given(st.text(max_size=12))
def test_no_text_whatever_is_a_formula(words):
    shown = inert(words)

    assert not shown.strip().startswith(FORMULA_SIGNS[:4])
    assert shown.removeprefix("'") == words.removeprefix("'")


def test_a_table_opens_in_a_spreadsheet_with_its_korean():
    table = Table("agencies", ["기관", "수"], [["행정안전부", 3], ["=1", None]])

    sent = csv_answer(table)

    rows = list(csv.reader(io.StringIO(sent.content.decode("utf-8-sig"))))
    assert sent.content.startswith(b"\xef\xbb\xbf")
    assert rows == [["기관", "수"], ["행정안전부", "3"], ["'=1", ""]]
    assert sent["Content-Disposition"] == 'attachment; filename="agencies.csv"'


def test_open_data_is_plain_json_for_any_site():
    words = Text.of({"ko": "계획", "en": None, "kind": {"ko": "official"}})
    at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    data = {
        "title": words,
        "from": PartialDate("2021"),
        "on": date(2021, 8, 27),
        "at": at,
        "word": gettext_lazy(""),
    }

    sent = json_answer(data)

    found = json.loads(sent.content)
    assert found["title"] == {"ko": "계획", "en": None}
    assert (found["from"], found["on"], found["at"]) == (
        "2021",
        "2021-08-27",
        "2026-01-05T09:00:00Z",
    )
    assert sent["Access-Control-Allow-Origin"] == "*"


def test_what_has_no_json_is_an_error_of_ours_and_never_guessed():
    with pytest.raises(TypeError):
        json_answer({"at": object()})


def test_a_picture_loads_nothing_and_runs_nothing():
    assert "default-src 'none'" in svg_answer("<svg/>")["Content-Security-Policy"]


ALLOWED = {"agency": ["acrc", "mois"]}


def test_a_filter_that_is_known_is_taken():
    request = RequestFactory().get("/plans/5/commitments/?agency=acrc&utm_source=mail")

    assert asked(request, ALLOWED) == {"agency": "acrc"}


@pytest.mark.parametrize(
    ("address", "code"),
    [
        pytest.param("/commitments/?agency=none", "web.unknown_value", id="a value on a page"),
        pytest.param(
            "/commitments.json?agency=none", "web.unknown_value", id="a value of a program"
        ),
        pytest.param("/commitments.json?agensy=acrc", "web.unknown_key", id="a key of a program"),
    ],
)
def test_a_filter_that_is_not_known_is_refused_with_those_that_are(address, code):
    with pytest.raises(NotValid) as refused:
        asked(RequestFactory().get(address), ALLOWED)

    assert refused.value.code == code
    assert refused.value.facts["allowed"] in (["acrc", "mois"], ["agency"])


@pytest.mark.parametrize("twin", ["csv", "svg", "xml"])
def test_a_twin_that_a_page_has_not_is_not_found(twin):
    with pytest.raises(NotFound, match=r"web\.no_such_twin"):
        answer(RequestFactory().get(f"/about.{twin}"), twin, "web/about.html", {})
