"""`/desk/letters/`: which letters did not leave, and why; neither what they say nor to whom."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from madang.letters.models import LetterStatus
from madang.letters.unsent import TOLD, kind_words, masked, problem_words, unsent
from madang.web.typed import moment_of

MOST = 200


def letters(request: Any) -> HttpResponse:
    """The letters that could not be sent, or that wait far too long."""
    rows = unsent(moment_of(request)).defer("body", "subject")
    shown = {
        "rows": [
            {
                "kind": kind_words(row),
                "to": masked(row.to),
                "written_at": row.written_at,
                "tries": row.tries,
                "failed": row.status == LetterStatus.FAILED,
                "next_try_at": row.next_try_at,
                "problem": problem_words(row),
            }
            for row in rows[:MOST]
        ],
        "count": rows.count(),
        "most": MOST,
        "days": TOLD.days,
    }
    return render(request, "web/desk_letters.html", shown)
