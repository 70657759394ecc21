"""Typst, and what it is asked: from a document as data to the bytes of an accessible PDF."""

import json
import logging
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
FONTS = {"serif": ["Madang Serif", "Madang Sans"], "sans": ["Madang Sans", "Madang Serif"]}
STANDARDS = ["ua-1", "a-2a"]
"""PDF/UA-1, so that it can be read aloud; PDF/A-2a, so that it can be read in thirty years."""

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
"""Controls, and the marks that would turn round the words after them."""


@cache
def _fonts() -> typst.Fonts:
    # The machine's own fonts would make another paper of the same plan.
    return typst.Fonts(include_system_fonts=False, font_paths=[str(HERE / "fonts")])


def _compile(template: str, data: dict[str, Any], at: datetime, standards: list[Any]) -> bytes:
    return typst.compile(
        HERE / template,
        root=HERE,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        # What people wrote reaches Typst as data alone; in the source it could be a command.
        sys_inputs={"data": json.dumps({**data, "fonts": FONTS}, ensure_ascii=False)},
        pdf_standards=standards,
        timestamp=int(at.timestamp()),
    )


def legible(data: dict[str, Any], *, at: datetime) -> tuple[dict[str, Any], bool]:
    """The data in characters the fonts have, and whether any had to be replaced.

    A character no font has gives way to its code point: `[U+20BB7]`.
    """
    data = _each_string(data, _clean)
    signs: set[str] = set()
    _each_string(data, lambda words: signs.update(words))
    unset = _unset("".join(sorted(signs)), at)
    if not unset:
        return data, False
    runs = re.compile(f"[{''.join(map(re.escape, sorted(unset)))}]+")
    return _each_string(data, partial(runs.sub, _codes)), True


def typeset(template: str, data: dict[str, Any], *, at: datetime) -> bytes:
    """The template filled with the data; the same data and time give the same bytes.

    Should Typst find no way to keep the standards, the paper is set without their mark rather
    than not at all.
    """
    try:
        return _compile(template, data, at, STANDARDS)
    except typst.TypstError as error:
        logging.getLogger(__name__).warning("%s keeps no PDF standard: %s", template, error.message)
        return _compile(template, data, at, [])


def _unset(signs: str, at: datetime) -> set[str]:
    # Typst refuses a paper with a sign it can't show and names only the first, so it is asked
    # about them by themselves, half by half; as a rule one question is enough.
    try:
        _compile("probe.typ", {"signs": list(signs)}, at, STANDARDS)
    except typst.TypstError:
        if len(signs) == 1:
            return {signs}
        half = len(signs) // 2
        return _unset(signs[:half], at) | _unset(signs[half:], at)
    return set()


def _clean(words: str) -> str:
    return unicodedata.normalize("NFC", _UNSEEN.sub("", words.replace("\t", " ")))


def _codes(run: re.Match[str]) -> str:
    # A whole text in another script would be pages of numbers.
    signs = run.group()
    codes = " ".join(f"U+{ord(sign):04X}" for sign in signs[:6])
    return f"[{codes}]" if len(signs) <= 6 else f"[{codes} … +{len(signs) - 6}]"


def _each_string(value: Any, change: Callable[[str], Any]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each_string(part, change) for key, part in value.items()}
    return [_each_string(part, change) for part in value] if isinstance(value, list) else value
