"""A table as people have it: a spreadsheet, a CSV file, pasted rows. Bytes in, rows out."""

import csv
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from madang.foundation.refusals import NotValid

MOST_COLUMNS = 50
SEARCHED = 10
"""Among how many rows at the top the headings are looked for: lists often begin with a title."""
Lines = list[tuple[int, list[str]]]
"""Rows that are not empty, each with its number in the file."""
UNREADABLE = "\ufffd"
"""What stands where a byte was in no encoding that is known."""
STRAY = 10
"""In how many signs one may be unreadable or NUL before a file is taken for no list."""


@dataclass(frozen=True)
class Shape:
    """What a kind of table looks like, and how large it may be.

    `columns` says what each column may be called, in Korean and English, without spaces and
    signs; `needed` names groups of columns of which one must be there, the first group being what
    the headings are known by; `headings` and `columns` name them to a reader.
    """

    columns: Mapping[str, str]
    headings: Mapping[str, str]
    needed: tuple[tuple[str, ...], ...]
    rows: int
    bytes: int
    unpacked: int = 50 * 1024 * 1024

    def key_of(self, heading: str) -> str | None:
        plain = plain_word(heading)
        return next((key for key, words in self.columns.items() if plain in words.split()), None)

    def english(self, key: str) -> str:
        """The first of a column's names that is not Korean."""
        return next((word for word in self.columns[key].split() if word.isascii()), key)


@dataclass(frozen=True)
class Row:
    """A row under the headings: its number in the file, and its cells by column."""

    number: int
    cells: Mapping[str, str]


def rows_of_file(content: bytes, shape: Shape) -> list[Row]:
    """The rows of an uploaded file, whatever it is called: its first bytes say what it is.

    Raises NotValid: foundation.file_empty, foundation.file_too_large, foundation.not_a_list,
    foundation.old_spreadsheet, foundation.no_column, foundation.too_many_rows,
    foundation.too_many_columns.
    """
    if not content.strip():
        raise NotValid("foundation.file_empty", field="file")
    if len(content) > shape.bytes:
        raise NotValid("foundation.file_too_large", most=shape.bytes // 1024**2, field="file")
    if content.startswith(b"PK\x03\x04"):
        return _rows(_lines_of_xlsx(content, shape), shape)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotValid("foundation.old_spreadsheet", field="file")
    return rows_of_text(_decoded(content), shape)


def rows_of_text(text: str, shape: Shape) -> list[Row]:
    """The rows of pasted text, with tabs, commas or semicolons between the cells.

    Raises NotValid: as `rows_of_file`.
    """
    if not text.strip():
        raise NotValid("foundation.file_empty", field="file")
    if text.count("\x00") * STRAY > len(text):
        raise NotValid("foundation.not_a_list", field="file")
    text = text.replace("\x00", "")
    tables = []
    for between in "\t,;":
        try:
            lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=between))
        except csv.Error:
            continue
        tables.append(_filled(enumerate(lines, 1)))
    if not tables:
        raise NotValid("foundation.not_a_list", field="file")
    # The sign between the cells is the one that makes the most headings known.
    best = max(tables, key=lambda table: len(_matched(_headings(table, shape), shape)))
    return _rows(_checked(best, shape), shape)


def one_line(value: str) -> str:
    """Text in one line: composed, without characters that can't be seen or kept."""
    composed = unicodedata.normalize("NFC", value)
    seen = (" " if c.isspace() else c for c in composed)
    kept = "".join(c for c in seen if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    # Once more: what lay between a letter and its mark is gone.
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def plain_word(text: str) -> str:
    """A word without what people write around it: `성명 (한글)*` is `성명`, `E-mail` is `email`."""
    bare = re.sub(r"\(.*?\)", "", unicodedata.normalize("NFKC", text))
    return "".join(c for c in bare.casefold() if c.isalnum())


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else CP949: what Excel writes in Korea.

    A few bytes that are none of these become `UNREADABLE`: they spoil their rows, not the file.
    """
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ("utf-16",) if wide else ("utf-8-sig", "cp949")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    tried = [content.decode(encoding, "replace") for encoding in encodings]
    best = min(tried, key=lambda text: text.count(UNREADABLE))
    if best.count(UNREADABLE) * STRAY > len(best):
        raise NotValid("foundation.not_a_list", field="file")
    return best


def _lines_of_xlsx(content: bytes, shape: Shape) -> Lines:
    _check_package(content, shape)
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            lines = book.worksheets[0].iter_rows(
                max_row=shape.rows + SEARCHED + 1, max_col=MOST_COLUMNS + 1, values_only=True
            )
            return _checked(_filled(enumerate([list(line) for line in lines], 1)), shape)
    except NotValid:
        raise
    except Exception as error:
        # Whatever the library stumbles over, the file is not one that can be read here.
        raise NotValid("foundation.not_a_list", field="file") from error


def _check_package(content: bytes, shape: Shape) -> None:
    """Turn away what would grow beyond bounds when unpacked, or names things outside itself."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if sum(part.file_size for part in parts) > shape.unpacked or len(parts) > 500:
                most = shape.unpacked // 1024**2
                raise NotValid("foundation.file_too_large", most=most, field="file")
            for part in parts:
                start = package.read(part) if part.filename.endswith((".xml", ".rels")) else b""
                if b"<!DOCTYPE" in start or b"<!ENTITY" in start or b"\x00" in start[:4]:
                    raise NotValid("foundation.not_a_list", field="file")
    except NotValid:
        raise
    except Exception as error:
        # zipfile has a dozen ways to fail on a broken file; each means the same here.
        raise NotValid("foundation.not_a_list", field="file") from error


def _filled(lines: Iterable[tuple[int, Sequence[Any]]]) -> Lines:
    table = ((number, [_cell(cell) for cell in line]) for number, line in lines)
    return [(number, line) for number, line in table if not all(map(_is_blank, line))]


def _is_blank(cell: str) -> bool:
    bare = cell.strip()
    return not bare or (len(bare) < SEARCHED and not one_line(bare))


def _checked(table: Lines, shape: Shape) -> Lines:
    if len(table) > shape.rows + SEARCHED:
        raise NotValid("foundation.too_many_rows", most=shape.rows, field="file")
    if not all(all(map(_is_blank, line[MOST_COLUMNS:])) for _number, line in table):
        raise NotValid("foundation.too_many_columns", most=MOST_COLUMNS, field="file")
    return table


def _rows(table: Lines, shape: Shape) -> list[Row]:
    """The rows below the headings.

    Raises NotValid: foundation.no_column, with what was found; foundation.file_empty;
    foundation.too_many_rows.
    """
    if not table:
        raise NotValid("foundation.file_empty", field="file")
    headings = _headings(table, shape)
    place = next(n for n, (_, line) in enumerate(table) if line is headings)
    columns = _matched(headings, shape)
    found = ", ".join(one_line(cell)[:40] for cell in headings if one_line(cell))[:300]
    for group in shape.needed:
        if not columns.keys() & set(group):
            raise NotValid(
                "foundation.no_column",
                column=shape.headings[group[0]],
                english=shape.english(group[0]),
                found=found,
                field="file",
            )
    rows = [
        Row(number, {key: line[n] for key, n in columns.items() if n < len(line)})
        for number, line in table[place + 1 :]
    ]
    if not rows:
        raise NotValid("foundation.file_empty", field="file")
    if len(rows) > shape.rows:
        raise NotValid("foundation.too_many_rows", most=shape.rows, field="file")
    return rows


def _headings(table: Lines, shape: Shape) -> list[str]:
    """The first row at the top that has a column it is known by; else the very first."""
    top = [line for _number, line in table[:SEARCHED]]
    known = set(shape.needed[0])
    found = (line for line in top if known & _matched(line, shape).keys())
    return next(found, top[0] if top else [])


def _matched(headings: Sequence[str], shape: Shape) -> dict[str, int]:
    """Where each known column stands; of two that mean the same, the first."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings[:MOST_COLUMNS]):
        if len(heading) < 200 and (key := shape.key_of(heading)):
            found.setdefault(key, place)
    return found
