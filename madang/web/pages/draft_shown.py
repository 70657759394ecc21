"""A draft as it is read at the desk: its texts, their paragraphs, what is suggested for each."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from madang.drafting.models import Commitment, Suggestion
from madang.drafting.pages.suggestions import shown, standing
from madang.drafting.rules.diff import Path
from madang.drafting.rules.paragraphs import key_of, paragraphs, piece_at, writable
from madang.drafting.rules.quality import findings
from madang.drafting.versions import as_it_reads
from madang.drafting.words import CHECKLIST, TONGUES, said_finding, words_of
from madang.foundation.answers import said
from madang.plans.pages.written import agencies_in, refs_shown

VIEWS = ("marked", "original", "clean")
"""How a draft may be read: with every open suggestion marked, without any, with each one taken."""


def parts_now(commitment: Commitment) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(as_it_reads(commitment))
    return found


def suggestions_of(commitment: Commitment, parts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every suggestion with its fate; an open one with where its paragraph stands now."""
    rows = Suggestion.objects.filter(commitment=commitment).select_related("account__person")
    return [_suggestion(row, parts) for row in rows]


def _suggestion(row: Suggestion, parts: Mapping[str, Any]) -> dict[str, Any]:
    person = row.account.person if row.account else None
    found = {**shown(row), "name": said(person.name) if person else "", "account": row.account_id}
    return {**found, **standing(row, parts)} if row.fate is None else found


def pieces(
    parts: Mapping[str, Any],
    languages: Sequence[str],
    suggestions: Sequence[Mapping[str, Any]],
    origins: Mapping[str, Sequence[Sequence[str]]],
    view: str,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The texts that stand, question by question with each language; and those not written yet."""
    waiting: dict[tuple[str, int], list[Mapping[str, Any]]] = defaultdict(list)
    for one in suggestions:
        if one["fate"] is None and one["stands"] is not None:
            waiting[one["piece"], one["stands"]].append(one)
    there: dict[Path, dict[str, Any]] = {}
    agencies = agencies_in(ref for rows in origins.values() for refs in rows for ref in refs)

    def came(path: Path) -> list[list[dict[str, str]]]:
        return [refs_shown(refs, agencies) for refs in origins.get(key_of(path), [])]

    for path in writable(parts, languages):
        piece = there.setdefault(path[:-1], {"label": words_of(path[:-1]), "tongues": []})
        piece["tongues"].append(_tongue(parts, path, waiting, came(path), view))
    written = [one for one in there.values() if any(t["rows"] for t in one["tongues"])]
    return written, [one for one in there.values() if one not in written]


def _tongue(
    parts: Mapping[str, Any],
    path: Path,
    waiting: Mapping[tuple[str, int], Sequence[Mapping[str, Any]]],
    came: Sequence[Sequence[dict[str, str]]],
    view: str,
) -> dict[str, Any]:
    text, key = piece_at(parts, path), key_of(path)
    return {
        "key": key,
        "language": path[-1],
        "tongue": TONGUES.get(path[-1], path[-1]),
        "empty": not text,
        "rows": [
            _row(words, place, waiting.get((key, place), ()), came, view)
            for place, words in enumerate(paragraphs(text))
            if words or waiting.get((key, place))
        ],
    }


def _row(
    words: str,
    place: int,
    waiting: Sequence[Mapping[str, Any]],
    came: Sequence[Sequence[dict[str, str]]],
    view: str,
) -> dict[str, Any]:
    # Where two suggest for one paragraph, the clean text shows the later one's words.
    clean = waiting[-1]["wording"] if waiting else words
    return {
        "place": place,
        "number": place + 1,
        "words": clean if view == "clean" else words,
        "waiting": waiting if view == "marked" else (),
        "origins": came[place] if place < len(came) else (),
    }


def checklist(parts: Mapping[str, Any], languages: Sequence[str]) -> list[dict[str, Any]]:
    """The checklist with its words: what each line asks, whether it is so, what it was seen by."""
    found = []
    for one in findings(parts, languages):
        asks, why = CHECKLIST[one.criterion.key]
        found.append(
            {
                "asks": asks,
                "why": why,
                "met": one.met,
                "said": said_finding(one),
                "criterion": one.criterion,
            }
        )
    return found
