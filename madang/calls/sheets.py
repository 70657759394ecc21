"""The sheet of proposals that goes out to whoever answers: locked but for the answer's columns."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from madang.calls.models import Proposal, Reply
from madang.calls.rules.replying import CANDIDATE
from madang.calls.words import NOT_IN_PLAN, OUTCOMES
from madang.foundation.sheets import Column, locked_sheet


def sheet_of(
    rows: Iterable[Proposal],
    *,
    written: dict[int, Reply],
    agencies: Sequence[str],
    agency: str = "",
    language: str = "ko",
) -> bytes:
    """The sheet as .xlsx; `agency` answers where a row does not say, `agencies` are those to choose.

    What was written before stands in it.
    """
    outcomes, reasons = list(map(str, OUTCOMES.values())), list(map(str, NOT_IN_PLAN.values()))
    columns = [
        Column(pgettext("column", "Number"), 10),
        Column(pgettext("column", "Title"), 34),
        Column(pgettext("column", "Text"), 60),
        Column(pgettext("column", "Area"), 16),
        # These are read again when the sheet comes back.
        Column(pgettext("column", "Outcome"), 18, True, outcomes),
        Column(pgettext("column", "Reason"), 28, True, reasons),
        Column(pgettext("column", "Answer"), 60, True),
        Column(pgettext("column", "English answer"), 40, True),
        Column(pgettext("column", "Line"), 34, True),
        Column(pgettext("column", "Passed on to"), 24, True),
        Column(pgettext("column", "Commitment"), 14, True),
        Column(pgettext("column", "Answered by"), 22, True, agencies),
    ]
    told = (_row(row, written.get(row.number), agency, language) for row in rows)
    return locked_sheet(_("Answers"), columns, told)


def _row(row: Proposal, reply: Reply | None, agency: str, language: str) -> list[str]:
    area = row.area.text.say(language).words if row.area else ""
    return [row.label, row.title, row.text, area, *_answer(reply, agency, language)]


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
