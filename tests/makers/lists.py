"""Lists of members, as a secretariat has them: a spreadsheet, a CSV file from Korean Excel."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import openpyxl

from madang.foundation.actors import Actor, Role
from madang.foundation.texts import Text
from madang.members.actions.found import found_forum
from madang.members.models import Forum
from madang.members.rules.founding import Founding

SECRETARY = Actor(roles=frozenset({Role.SECRETARIAT}))
FOUNDED = datetime(2026, 1, 6, 9, 0, tzinfo=UTC)
HEADINGS = ["성명", "소속", "직위", "구분", "이메일", "공동위원장"]
OFFICER = "office@sample.example"


def thirty() -> list[list[str]]:
    """Thirty members: two ex officio, six of government, twenty-two of civil society."""
    kinds = ["당연직"] * 2 + ["정부"] * 6 + ["시민사회"] * 22
    return [
        [
            f"가상{n}",
            f"견본기관{n}",
            "위원",
            kind,
            f"m{n}@sample.example",
            "예" if n in (1, 9) else "",
        ]
        for n, kind in enumerate(kinds, 1)
    ]


def a_csv(rows: Iterable[Sequence[str]], encoding: str = "cp949") -> bytes:
    """A CSV file in an encoding; Excel in Korea writes CP949."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def a_spreadsheet(rows: Iterable[Sequence[Any]]) -> bytes:
    """A spreadsheet as .xlsx."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_founding(**other: Any) -> Founding:
    """A forum of thirty with its rules, as it is typed."""
    kept = {
        "name": Text({"ko": "견본시 열린포럼", "en": "Sample Open Forum"}),
        "basis": "",
        "seats": {"ex_officio": 2, "government": 6, "civil_society": 22},
        "rules": {
            "quorum": "over-half",
            "majority": "over-half-returned",
            "tie": "reject",
            "early-close": "yes",
        },
        "in_force_from": "2026-01-01",
        "source": "견본시 조례 제1호",
    }
    return Founding(**{**kept, **other})


def a_founded_forum(**other: Any) -> Forum:
    """The open installation's forum, set up for thirty."""
    found_forum(Forum.objects.get(pk=1), given=a_founding(**other), by=SECRETARY, at=FOUNDED)
    return Forum.objects.get(pk=1)
