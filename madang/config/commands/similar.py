"""`madang similar FILE`: which of these texts resemble each other; needs no installation."""

import argparse
import gc
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from madang.calls.rules.similar.forms import form_sentences
from madang.calls.rules.similar.groups import groups
from madang.calls.rules.similar.many import read_all
from madang.calls.rules.similar.pairs import NEAR, Among, score
from madang.calls.rules.similar.rarity import Rarity
from madang.calls.rules.similar.reasons import shared_words
from madang.calls.rules.similar.topics import topics
from madang.config.commands import SubCommand, complain

SHOWN = 20
"""Faults of a file that are told; a file in another shape has one in each line."""
Row = dict[str, Any]
Id = str | int


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line, in the words of `_sentences`."""

    line: int
    what: str
    key: str = ""


class Unreadable(Exception):
    """A file that can't be used, with all its faults."""

    def __init__(self, file: Path, faults: list[Fault]) -> None:
        self.file, self.faults = file, faults


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        nargs="?",
        metavar="FILE",
        help='JSON lines with "id" and "text"; prints {"a", "b", "score"} for each near pair and'
        ' {"group": [ids]} for each group',
    )
    parser.add_argument(
        "--pairs",
        type=Path,
        metavar="PAIRS",
        help='JSON lines with "a" and "b": texts, or ids of FILE where FILE is given; prints each'
        ' row again with its "score" and looks for no others',
    )
    parser.add_argument(
        "--at-least", type=_part, default=NEAR, help=f"the least score of a near pair ({NEAR})"
    )
    parser.add_argument("--why", action="store_true", help="with the words that both texts share")
    parser.add_argument("--topics", action="store_true", help="topics too, as far as words show")


def _part(given: str) -> float:
    value = float(given)
    if not 0 < value <= 1:
        raise argparse.ArgumentTypeError("a number above 0, and 1 at most")
    return value


def _run(given: argparse.Namespace) -> int:
    # What is made here is needed to the end; there is nothing to collect.
    gc.disable()
    try:
        texts = _texts(given.file) if given.file else None
        if given.pairs:
            return _tell(_scored(given.pairs, texts, why=given.why))
        if texts is None:
            return complain(_sentences()["no_file"])
        return _tell(_found(texts, given))
    except Unreadable as refused:
        sentences = _sentences()
        for fault in refused.faults[:SHOWN]:
            complain(f"{refused.file}:{fault.line}: {sentences[fault.what] % {'key': fault.key}}")
        if (more := len(refused.faults) - SHOWN) > 0:
            complain(sentences["more"] % {"count": more})
        return 1
    except OSError as error:
        return complain(f"{error.filename}: {error.strerror}")


def _tell(rows: Iterator[Row]) -> int:
    for row in rows:
        line = json.dumps(row, ensure_ascii=False)
        try:
            line.encode(sys.stdout.encoding or "utf-8")
        except UnicodeEncodeError:
            # Half a character, or a terminal without Hangul.
            line = json.dumps(row)
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
    return 0


def _found(texts: dict[Id, str], given: argparse.Namespace) -> Iterator[Row]:
    ids, written = list(texts), list(texts.values())
    among = Among(read_all(written, form_sentences(written)))
    pairs = among.pairs(given.at_least)
    for pair in pairs:
        row: Row = {"a": ids[pair.a], "b": ids[pair.b], "score": round(pair.score, 4)}
        if given.why:
            row["why"] = shared_words(written[pair.a], written[pair.b], among.rarity)
        yield row
    for group in groups(pairs, given.at_least, among.score):
        yield {"group": [ids[place] for place in group]}
    if given.topics:
        for topic in topics(written):
            yield {"topic": list(topic.words), "ids": [ids[place] for place in topic.members]}


def _scored(file: Path, texts: dict[Id, str] | None, *, why: bool) -> Iterator[Row]:
    rows = _pairs(file, texts)
    known = texts if texts is not None else {t: t for row in rows for t in (row["a"], row["b"])}
    written = list(known.values())
    read = dict(zip(known, read_all(written, form_sentences(written)), strict=True))
    # The texts are the company in which a word is rare: each as often as it is named.
    named = read.values() if texts is not None else (read[r[k]] for r in rows for k in ("a", "b"))
    rarity = Rarity(named)
    for row in rows:
        row["score"] = round(score(read[row["a"]], read[row["b"]], rarity), 4)
        if why:
            row["why"] = shared_words(known[row["a"]], known[row["b"]], rarity)
        yield row


def _texts(file: Path) -> dict[Id, str]:
    texts: dict[Id, str] = {}

    def take(row: Row) -> tuple[str, str] | None:
        if "id" not in row or "text" not in row:
            return "missing", "text" if "id" in row else "id"
        if not _is_id(row["id"]):
            return "not_an_id", "id"
        if not isinstance(row["text"], str):
            return "not_text", "text"
        if row["id"] in texts:
            return "twice", str(row["id"])
        texts[row["id"]] = row["text"]
        return None

    _take_rows(file, take)
    return texts


def _pairs(file: Path, texts: dict[Id, str] | None) -> list[Row]:
    rows: list[Row] = []

    def take(row: Row) -> tuple[str, str] | None:
        for key in ("a", "b"):
            if key not in row:
                return "missing", key
            if texts is None and not isinstance(row[key], str):
                return "not_text", key
            if texts is not None and not _is_id(row[key]):
                return "not_an_id", key
            if texts is not None and row[key] not in texts:
                return "unknown", key
        rows.append(row)
        return None

    _take_rows(file, take)
    return rows


def _is_id(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _take_rows(file: Path, take: Callable[[Row], tuple[str, str] | None]) -> None:
    """Hand each row of a file on; raises Unreadable with every fault found."""
    faults: list[Fault] = []
    for number, line in enumerate(file.read_bytes().split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except UnicodeDecodeError:
            faults.append(Fault(number, "not_utf8"))
        except (ValueError, RecursionError):
            faults.append(Fault(number, "not_json"))
        else:
            wrong = take(row) if isinstance(row, dict) else ("not_an_object", "")
            if wrong:
                faults.append(Fault(number, *wrong))
    if faults:
        raise Unreadable(file, faults)


def _sentences() -> dict[str, str]:
    # Django, for its translations, only when there is something to say: it takes a second.
    from madang.config.cli import start_django

    start_django(Path(os.environ.get("MADANG_DATA", "var/madang")))
    from django.utils.translation import gettext as _

    return {
        "no_file": _("Name a file of texts, or one of pairs with --pairs."),
        "not_utf8": _("The line is not text in UTF-8."),
        "not_json": _("The line is not readable as JSON."),
        "not_an_object": _("The line is no JSON object."),
        "missing": _("The key “%(key)s” is missing."),
        "not_text": _("“%(key)s” is not text."),
        "not_an_id": _("“%(key)s” is neither text nor a whole number."),
        "twice": _("The id “%(key)s” stands twice."),
        "unknown": _("“%(key)s” is an id that the file of texts does not have."),
        "more": _("… and %(count)s more."),
    }


COMMAND = SubCommand(
    "similar", "say which texts of a file resemble each other", _run, _arguments, own_data=True
)
