"""Tables for spreadsheets: no word that came from a file is ever run as a formula."""

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.makers.readers import Reader
from tests.pages.many import a_forum_of
from tests.pages.reading import PAGES, TWINS, Page

SIGNS = {
    "an equals sign": "=",
    "a plus": "+",
    "a minus": "-",
    "an at": "@",
    "a tab": "\t",
    "a full-width equals sign": "＝",
    "a space and an equals sign": " =",
}
MARKUP = '<script>alert(1)</script><b onclick="x">&amp;\''
TABLES = [address for address in TWINS if address.endswith(".csv")]


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_no_cell_is_a_formula_whatever_a_file_says(
    sign: str, tmp_path: Path, db: None, each_reader: Reader
) -> None:
    a_forum_of(8, tmp_path, odd=sign)

    hostile = 0
    for address in TABLES:
        response = each_reader.get(address)
        assert response.status_code == 200
        for row in csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")):
            for cell in row:
                assert not cell.strip().startswith(("=", "+", "@", "＝", "－", "＋", "＠"))
                assert not cell.strip().startswith("-") or cell[1:].isdigit()
                hostile += cell.startswith("'")
    assert hostile > 20, "the words of the file are in the tables"


def test_markup_in_a_file_is_only_words(tmp_path: Path, db: None, each_reader: Reader) -> None:
    a_forum_of(8, tmp_path, odd=MARKUP)

    for address in [*PAGES.values(), *TWINS]:
        response = each_reader.get(address)
        assert (address, response.status_code) == (address, 200)
        if response["Content-Type"].startswith("text/html"):
            page = Page(response)
            assert page.faults == [] and page.inline == []
            assert not [one for one in page.elements if one.get("onclick")]
        if response["Content-Type"].startswith("image/svg"):
            ElementTree.fromstring(response.content)
            assert b"<script" not in response.content
