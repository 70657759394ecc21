"""A wording by its paragraphs: the piece of text where one stands, and the paragraph in it.

A piece is named by its path (`rules.diff.Path`), kept as `milestones/6.2/title/ko`; a paragraph
by its place in the piece, from 0.
"""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from madang.drafting.rules.diff import Path
from madang.drafting.rules.draft import TEMPLATE
from madang.foundation.refusals import NotFound

_GAP = re.compile(r"(\n+)")
TEXTS = ("title", "description", "problem")
STEP_TEXTS = ("title", "output")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text; an empty text is one empty paragraph."""
    return _GAP.split(text)[::2]


def with_paragraph(text: str, place: int, new: str) -> str:
    """The text with one paragraph put in another's place; an empty one is taken out."""
    parts = _GAP.split(text)
    parts[2 * place] = new
    if not new:
        # One gap goes with it, so that no hole stays where it stood.
        del parts[2 * place : 2 * place + 2]
    return "".join(parts).strip("\n")


def place_of(text: str, original: str, place: int) -> int | None:
    """Where a paragraph that was at `place` stands now; None where it was changed or taken out."""
    found = [n for n, one in enumerate(paragraphs(text)) if one == original]
    return min(found, key=lambda n: abs(n - place)) if found else None


def key_of(path: Path) -> str:
    return "/".join(path)


def writable(parts: Mapping[str, Any], languages: Sequence[str]) -> list[Path]:
    """The pieces of a wording that are texts, in the form's order, empty ones too."""
    pieces: list[Path] = [(name,) for name in TEXTS]
    pieces += [("template", name) for name in TEMPLATE]
    for step in parts["milestones"]:
        pieces += [("milestones", step["label"], name) for name in STEP_TEXTS]
    return [(*piece, language) for piece in pieces for language in languages]


def _holder(parts: Mapping[str, Any], path: Path) -> tuple[Any, str]:
    """What holds the text by its languages, and under which key.

    Raises NotFound: drafting.no_piece.
    """
    if path[0] == "milestones" and len(path) == 4 and path[2] in STEP_TEXTS:
        for step in parts["milestones"]:
            if step["label"] == path[1]:
                return step, path[2]
    if path[0] == "template" and len(path) == 3 and path[1] in TEMPLATE:
        return parts.get("template", {}), path[1]
    if path[0] in TEXTS and len(path) == 2:
        return parts, path[0]
    raise NotFound("drafting.no_piece", field="wording")


def piece_at(parts: Mapping[str, Any], path: Path) -> str:
    """The text of a piece; empty where nothing stands there.

    Raises NotFound: drafting.no_piece.
    """
    holder, key = _holder(parts, path)
    return str((holder.get(key) or {}).get(path[-1]) or "")


def with_piece(parts: Mapping[str, Any], path: Path, text: str) -> dict[str, Any]:
    """The same wording with another text in one piece.

    Raises NotFound: drafting.no_piece.
    """
    found = deepcopy(dict(parts))
    if path[0] == "template":
        found.setdefault("template", {})
    holder, key = _holder(found, path)
    holder[key] = {**(holder.get(key) or {}), path[-1]: text or None}
    return found
