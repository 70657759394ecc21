"""A list of members as it comes: a spreadsheet, a CSV file, pasted rows. Bytes in, rows out."""

import csv
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from madang.foundation.refusals import NotValid

MOST_ROWS, MOST_COLUMNS = 2000, 50
MOST_UNPACKED = 50 * 1024 * 1024
"""How large, in bytes, a spreadsheet may be once it is unpacked."""
MOST_BYTES = 2 * 1024 * 1024
SEARCHED = 10
"""Among how many rows at the top the headings are looked for: lists often begin with a title."""
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
_KEYS = {word: key for key, words in COLUMNS.items() for word in words.split()}
Table = list[tuple[int, list[str]]]
"""Rows that are not empty, each with its number in the file."""


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
    """The members of an uploaded file, whatever it is called: its first bytes say what it is.

    Raises NotValid: members.file_empty, members.file_too_large, members.not_a_list,
    members.old_spreadsheet, members.no_column, members.too_many_rows, members.too_many_columns.
    """
    if not content.strip():
        raise NotValid("members.file_empty")
    if len(content) > MOST_BYTES:
        raise NotValid("members.file_too_large", most=MOST_BYTES // 1024**2)
    if content.startswith(b"PK\x03\x04"):
        return _rows(_table_of_xlsx(content))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotValid("members.old_spreadsheet")
    return rows_of_text(_decoded(content))


def rows_of_text(text: str) -> list[Row]:
    """The members of pasted rows, with tabs, commas or semicolons between the cells.

    Raises NotValid: as `rows_of_file`.
    """
    if not text.strip():
        raise NotValid("members.file_empty")
    if "\x00" in text:
        raise NotValid("members.not_a_list")
    tables = []
    for between in "\t,;":
        try:
            lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=between))
        except csv.Error:
            continue
        tables.append(_checked(enumerate(lines, 1)))
    if not tables:
        raise NotValid("members.not_a_list")
    # The sign between the cells is the one that makes the most headings known.
    return _rows(max(tables, key=lambda table: len(_matched(_headings(table)))))


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


def clean(value: Any) -> str:
    """A cell's text in one line: composed, without characters that can't be seen or kept."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    composed = unicodedata.normalize("NFC", str(value))
    seen = (" " if c.isspace() else c for c in composed)
    kept = "".join(c for c in seen if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return " ".join(kept.split())


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else CP949: what Excel writes in Korea."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotValid("members.not_a_list")


def _table_of_xlsx(content: bytes) -> Table:
    _check_package(content)
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            lines = book.worksheets[0].iter_rows(
                max_row=MOST_ROWS + SEARCHED + 1, max_col=MOST_COLUMNS + 1, values_only=True
            )
            return _checked(enumerate([list(line) for line in lines], 1))
    except NotValid:
        raise
    except Exception as error:
        # Whatever the library stumbles over, the file is not one that can be read here.
        raise NotValid("members.not_a_list") from error


def _check_package(content: bytes) -> None:
    """Turn away what would grow beyond bounds when unpacked, or names things outside itself."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > 500:
                raise NotValid("members.file_too_large", most=MOST_UNPACKED // 1024**2)
            for part in parts:
                start = package.read(part) if part.filename.endswith((".xml", ".rels")) else b""
                if b"<!DOCTYPE" in start or b"<!ENTITY" in start or b"\x00" in start[:4]:
                    raise NotValid("members.not_a_list")
    except NotValid:
        raise
    except Exception as error:
        # zipfile has a dozen ways to fail on a broken file; each means the same here.
        raise NotValid("members.not_a_list") from error


def _checked(lines: Iterable[tuple[int, Sequence[Any]]]) -> Table:
    table = [(number, [clean(cell) for cell in line]) for number, line in lines]
    table = [(number, line) for number, line in table if any(line)]
    if len(table) > MOST_ROWS + SEARCHED:
        raise NotValid("members.too_many_rows", most=MOST_ROWS)
    if any(any(line[MOST_COLUMNS:]) for _number, line in table):
        raise NotValid("members.too_many_columns", most=MOST_COLUMNS)
    return table


def _rows(table: Table) -> list[Row]:
    """The rows below the headings.

    Raises NotValid: members.no_column, with what was found; members.file_empty;
    members.too_many_rows.
    """
    if not table:
        raise NotValid("members.file_empty")
    headings = _headings(table)
    place = next(n for n, (_, line) in enumerate(table) if line is headings)
    columns = _matched(headings)
    found = ", ".join(cell[:40] for cell in headings if cell)[:300]
    if "name" not in columns:
        raise NotValid("members.no_column", column=HEADINGS["name"], english="name", found=found)
    if not columns.keys() & {"side", "seat"}:
        raise NotValid("members.no_column", column=HEADINGS["side"], english="side", found=found)
    rows = [
        Row(number, {key: line[n] for key, n in columns.items() if n < len(line)})
        for number, line in table[place + 1 :]
    ]
    if not rows:
        raise NotValid("members.file_empty")
    if len(rows) > MOST_ROWS:
        raise NotValid("members.too_many_rows", most=MOST_ROWS)
    return rows


def _headings(table: Table) -> list[str]:
    """The first row at the top that has a column for the name; else the very first."""
    top = [line for _number, line in table[:SEARCHED]]
    return next((line for line in top if "name" in _matched(line)), top[0] if top else [])


def _matched(headings: Sequence[str]) -> dict[str, int]:
    """Where each known column stands; of two that mean the same, the first."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings[:MOST_COLUMNS]):
        if key := _KEYS.get(plain_word(heading)):
            found.setdefault(key, place)
    return found


def plain_word(text: str) -> str:
    """A word without what people write around it: `성명 (한글)*` is `성명`, `E-mail` is `email`."""
    bare = re.sub(r"\(.*?\)", "", unicodedata.normalize("NFKC", text))
    return "".join(c for c in bare.casefold() if c.isalnum())
