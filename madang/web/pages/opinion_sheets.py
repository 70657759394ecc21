"""A sheet of opinions that came back: read, shown row by row, and kept once it was seen.

Between the two presses the rows travel in the form, signed; nothing is kept of them meanwhile.
"""

from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from madang.calls.rules.importing import ATTENTION, NEW, REFUSED, SAME
from madang.consultation.rules.answering import (
    EMPTY,
    SHEET,
    SHEET_STATES,
    Answer,
    SheetKnown,
    SheetLine,
    read_sheet,
)
from madang.consultation.words import STANCES
from madang.foundation.refusals import NotValid
from madang.foundation.tables import Row, rows_of_file, rows_of_text
from madang.web.pages.desk_import import MOST_PASTED, say

SALT = "madang.web.opinions"
STATES = {
    NEW: _("new answer"),
    SAME: _("said already"),
    ATTENTION: _("takes the place of another"),
    REFUSED: _("can’t be taken"),
    EMPTY: _("no answer yet"),
}


def rows_sent(request: HttpRequest) -> list[Row]:
    """The rows of a file or of pasted text.

    Raises NotValid: web.too_much, foundation.file_too_large, and what `foundation.tables` raises.
    """
    if upload := request.FILES.get("file"):
        if (upload.size or 0) > SHEET.bytes:
            most = SHEET.bytes // 1024**2
            raise NotValid("foundation.file_too_large", most=most, field="file")
        return rows_of_file(upload.read(), SHEET)
    text = str(request.POST.get("rows", ""))
    if len(text) > MOST_PASTED:
        raise NotValid("web.too_much", most=MOST_PASTED, field="rows")
    return rows_of_text(text, SHEET)


def rows_seen(request: HttpRequest) -> list[Row]:
    """The rows that were shown, from the form they travelled in.

    Raises NotValid: consultation.rows_gone.
    """
    try:
        kept = signing.loads(request.POST.get("seen", ""), salt=SALT)
        return [Row(int(number), dict(cells)) for number, cells in kept]
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise NotValid("consultation.rows_gone", field="file") from error


def preview(rows: list[Row], known: SheetKnown) -> dict[str, Any]:
    """What a page shows of the rows before any is kept; what needs mending comes first."""
    lines = list(read_sheet(rows, known))
    counts = {state: sum(line.state == state for line in lines) for state in SHEET_STATES}
    ordered = sorted(lines, key=lambda line: SHEET_STATES.index(line.state))
    packed = [[row.number, dict(row.cells)] for row in rows]
    return {
        "totals": [(STATES[state], counts[state]) for state in SHEET_STATES if counts[state]],
        "coming": counts[NEW] + counts[ATTENTION],
        "refused": counts[REFUSED],
        "lines": [_shown(line) for line in ordered],
        "seen": signing.dumps(packed, salt=SALT, compress=True),
    }


def answers_in(rows: list[Row], known: SheetKnown) -> list[Answer]:
    """The answers of a sheet that are to be kept.

    Raises NotValid: consultation.rows_refused, where a row can't be taken.
    """
    lines = list(read_sheet(rows, known))
    if refused := [str(line.row) for line in lines if line.state == REFUSED]:
        numbers = ", ".join(refused[:10])
        raise NotValid(
            "consultation.rows_refused", count=len(refused), numbers=numbers, field="file"
        )
    return [line.answer for line in lines if line.answer and line.state in (NEW, ATTENTION)]


def _shown(line: SheetLine) -> dict[str, Any]:
    return {
        "row": line.row,
        "number": line.number,
        "state": STATES[line.state],
        "warned": line.state in (REFUSED, ATTENTION),
        "notes": [say(note) for note in line.notes],
        "answer": line.answer,
        "stance": STANCES[line.answer.stance] if line.answer else "",
    }
