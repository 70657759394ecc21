"""Lists of members, as a secretariat has them: a spreadsheet, a CSV file from Korean Excel."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl

HEADINGS = ["성명", "소속", "직위", "구분", "이메일", "공동위원장"]


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
