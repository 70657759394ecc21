"""A list of members as it comes: a spreadsheet, a CSV file, pasted rows. Bytes in, rows out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from madang.foundation import tables
from madang.foundation.tables import MOST_COLUMNS as MOST_COLUMNS
from madang.foundation.tables import Shape, one_line

MOST_ROWS = 2000
COLUMNS = {
    "name": "이름 성명 성함 위원명 위원 name fullname membername",
    "organisation": "소속 소속기관 기관 기관명 단체 단체명 organisation organization affiliation",
    "office": "직위 직책 직함 office position jobtitle post",
    "side": "구분 위원구분 부문 구성 side class kind",
    "email": "전자우편 이메일 전자메일 메일 이메일주소 전자우편주소 email mail emailaddress",
    "seat": "자리 좌석 자리번호 seat seatnumber",
    "chair": "공동위원장 위원장 cochair chair",
    "language": "언어 language lang",
}
"""What each column may be called, in Korean and English, without spaces and signs."""
HEADINGS = {
    "name": "이름",
    "organisation": "소속",
    "office": "직위",
    "side": "구분",
    "email": "전자우편",
    "seat": "자리",
    "chair": "공동위원장",
    "language": "언어",
}
SHAPE = Shape(
    columns=COLUMNS,
    headings=HEADINGS,
    needed=(("name",), ("side", "seat")),
    rows=MOST_ROWS,
    bytes=2 * 1024 * 1024,
)


@dataclass(frozen=True)
class Row:
    """A member as a row of the list says it; `number` is the row's in the file."""

    number: int
    cells: Mapping[str, str] = field(default_factory=dict)

    def __getattr__(self, name: str) -> str:
        if name not in COLUMNS:
            raise AttributeError(name)
        return self.cells.get(name, "")


def rows_of_file(content: bytes) -> list[Row]:
    """The members of an uploaded file.

    Raises NotValid: what `foundation.tables` raises.
    """
    return _cleaned(tables.rows_of_file(content, SHAPE))


def rows_of_text(text: str) -> list[Row]:
    """The members of pasted rows, with tabs, commas or semicolons between the cells.

    Raises NotValid: what `foundation.tables` raises.
    """
    return _cleaned(tables.rows_of_text(text, SHAPE))


def _cleaned(rows: Iterable[tables.Row]) -> list[Row]:
    return [
        Row(row.number, {key: one_line(cell) for key, cell in row.cells.items()}) for row in rows
    ]


def text_of_rows(rows: Iterable[Row]) -> str:
    """Rows as text that can be mended by hand and read again: tabs between, headings on top.

    Only columns in which something stands are written.
    """
    rows = list(rows)
    used = [key for key in COLUMNS if any(row.cells.get(key) for row in rows)]
    lines = ["\t".join(HEADINGS[key] for key in used)]
    lines += ["\t".join(_quoted(row.cells.get(key, "")) for key in used) for row in rows]
    return "\n".join(lines)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if '"' in cell else cell
