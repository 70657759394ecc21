"""A spreadsheet that goes out and comes back: locked but for the columns one writes in."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

MOST_CELL = 32_000
"""The most characters a spreadsheet keeps in a cell, with some to spare."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """A column: its heading and width; whether one writes in it, and what one may choose there."""

    heading: str
    width: int
    is_open: bool = False
    choices: Sequence[str] = ()


def locked_sheet(title: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as .xlsx. Every text is a text, whatever it begins with."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = title
    lists = book.create_sheet(_("Lists"))
    _heading(sheet, columns)
    count = 0
    for count, row in enumerate(rows, 1):
        _row(sheet, count + 1, columns, row)
    chosen = [(n, one) for n, one in enumerate(columns, 1) if one.choices]
    for place, (column, one) in enumerate(chosen, 1):
        _choose(sheet, lists, place, column, one.choices, count + 1)
    lists.sheet_state = "hidden"
    lists.protection.sheet = True
    sheet.freeze_panes = "C2"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.protection.autoFilter = False
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _heading(sheet: Any, columns: Sequence[Column]) -> None:
    from openpyxl.styles import Font, PatternFill

    for place, one in enumerate(columns, 1):
        cell = _put(sheet, 1, place, one.heading)
        cell.font = Font(bold=True)
        if one.is_open:
            cell.fill = PatternFill("solid", fgColor="FFF7E0")
        sheet.column_dimensions[cell.column_letter].width = one.width


def _row(sheet: Any, number: int, columns: Sequence[Column], row: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Protection

    for place, (one, value) in enumerate(zip(columns, row, strict=True), 1):
        cell = _put(sheet, number, place, value)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.protection = Protection(locked=not one.is_open)


def _put(sheet: Any, row: int, column: int, value: str) -> Any:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    plain = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = sheet.cell(row=row, column=column)
    cell.value = plain if len(plain) <= MOST_CELL else f"{plain[:MOST_CELL]}…"
    if cell.value:
        # A text that begins like a formula stays a text, also after it was touched.
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell


def _choose(
    sheet: Any, lists: Any, place: int, column: int, words: Sequence[str], last: int
) -> None:
    """Let one choose from a list in a column; the list stands in a sheet of its own."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for n, word in enumerate(words, 1):
        _put(lists, n, place, word)
    beside, there = get_column_letter(place), get_column_letter(column)
    rule = DataValidation(
        type="list",
        formula1=f"'{lists.title}'!${beside}$1:${beside}${len(words)}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=_("Not on the list"),
        error=_("Choose one of the list."),
    )
    sheet.add_data_validation(rule)
    rule.add(f"{there}2:{there}{max(last, 2)}")
