"""The sheet of proposals that goes out to whoever answers: locked but for the answer's columns."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation

from madang.calls.models import Proposal, Reply
from madang.calls.rules.replying import CANDIDATE
from madang.calls.words import NOT_IN_PLAN, OUTCOMES

MOST_CELL = 32_000
"""The most characters a spreadsheet keeps in a cell, with some to spare."""
WIDTHS = (10, 34, 60, 16, 18, 28, 60, 40, 34, 24, 14, 22)
OPEN_FROM = 5
"""The first column in which one can write."""


def sheet_of(
    rows: Iterable[Proposal],
    *,
    written: dict[int, Reply],
    agencies: Sequence[str],
    agency: str = "",
    language: str = "ko",
) -> bytes:
    """The sheet as .xlsx; `agency` answers where a row does not say, `agencies` are those to choose.

    What was written before stands in it. Every text is a text, whatever it begins with.
    """
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = _("Answers")
    lists = book.create_sheet(_("Lists"))
    count = 0
    _heading(sheet)
    for count, row in enumerate(rows, 1):
        _row(sheet, count + 1, row, written.get(row.number), agency, language)
    columns = (list(map(str, OUTCOMES.values())), list(map(str, NOT_IN_PLAN.values())), agencies)
    for place, (column, words) in enumerate(zip(("E", "F", "L"), columns, strict=True), 1):
        _choices(sheet, lists, place, column, list(words), count + 1)
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


def _heading(sheet: Any) -> None:
    names = (
        pgettext("column", "Number"),
        pgettext("column", "Title"),
        pgettext("column", "Text"),
        pgettext("column", "Area"),
        # These are read again when the sheet comes back.
        pgettext("column", "Outcome"),
        pgettext("column", "Reason"),
        pgettext("column", "Answer"),
        pgettext("column", "English answer"),
        pgettext("column", "Line"),
        pgettext("column", "Passed on to"),
        pgettext("column", "Commitment"),
        pgettext("column", "Answered by"),
    )
    for column, (name, width) in enumerate(zip(names, WIDTHS, strict=True), 1):
        cell = _put(sheet, 1, column, name)
        cell.font = Font(bold=True)
        if column >= OPEN_FROM:
            cell.fill = PatternFill("solid", fgColor="FFF7E0")
        sheet.column_dimensions[cell.column_letter].width = width


def _row(
    sheet: Any, place: int, row: Proposal, reply: Reply | None, agency: str, language: str
) -> None:
    area = row.area.text.say(language).words if row.area else ""
    told = [row.label, row.title, row.text, area, *_answer(reply, agency, language)]
    for column, value in enumerate(told, 1):
        cell = _put(sheet, place, column, value)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.protection = Protection(locked=column < OPEN_FROM)


def _answer(reply: Reply | None, agency: str, language: str) -> list[str]:
    if reply is None:
        return ["", "", "", "", "", "", "", agency]
    words = reply.text.words
    return [
        str(OUTCOMES[reply.outcome]),
        str(NOT_IN_PLAN[reply.reason]) if reply.reason else "",
        words.get("ko") or "",
        words.get("en") or "",
        reply.line,
        reply.place,
        _subject(reply.subject, language),
        reply.agency.name.say(language).words if reply.agency else agency,
    ]


def _subject(ref: str, language: str) -> str:
    number = ref.rpartition("-")[2]
    return f"{CANDIDATE[language != 'ko']} {number}" if ref.startswith("candidate:") else number


def _put(sheet: Any, row: int, column: int, value: str) -> Any:
    plain = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = sheet.cell(row=row, column=column)
    cell.value = plain if len(plain) <= MOST_CELL else f"{plain[:MOST_CELL]}…"
    if cell.value:
        # A text that begins like a formula stays a text, also after it was touched.
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell


def _choices(sheet: Any, lists: Any, place: int, column: str, words: list[str], last: int) -> None:
    """A column in which one chooses from a list; the list stands in a sheet of its own."""
    if not words:
        return
    for n, word in enumerate(words, 1):
        _put(lists, n, place, word)
    letter = "ABC"[place - 1]
    rule = DataValidation(
        type="list",
        formula1=f"'{lists.title}'!${letter}$1:${letter}${len(words)}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=_("Not on the list"),
        error=_("Choose one of the list."),
    )
    sheet.add_data_validation(rule)
    rule.add(f"{column}2:{column}{max(2, last)}")
