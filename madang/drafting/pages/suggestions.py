"""The shape of a suggestion: one for the desk, the public page and the data alike."""

from collections.abc import Iterable, Mapping
from typing import Any

from madang.drafting.models import Suggestion
from madang.drafting.rules.diff import Run, runs_of
from madang.drafting.rules.paragraphs import paragraphs, piece_at, place_of
from madang.drafting.words import FATES, office_words, words_of
from madang.foundation.refusals import NotFound


def runs_shown(runs: Iterable[Run]) -> list[dict[str, str]]:
    return [{"mark": run.mark.value, "words": run.words} for run in runs]


def suggestion_data(row: Suggestion) -> dict[str, Any]:
    """A suggestion with its words, its reason and what became of it."""
    path = tuple(row.piece.split("/"))
    return {
        "number": row.number,
        "piece": row.piece,
        "where": words_of(path),
        "paragraph": row.place + 1,
        "language": path[-1],
        "original": row.original,
        "wording": row.wording,
        "reason": row.reason,
        "reason_language": row.language,
        "office": row.office,
        "made_at": row.made_at,
        "fate": row.fate,
        "answer": row.answer,
        "answer_language": row.answer_language,
        "answered_by": row.answered_by,
        "answered_at": row.answered_at,
        "settled": row.settled,
    }


def shown(row: Suggestion) -> dict[str, Any]:
    """The same with its words for a page: the marks of the change, who, and the fate."""
    return {
        **suggestion_data(row),
        "runs": runs_shown(runs_of(row.original, row.wording)),
        "by": office_words(row.office),
        "fate_words": FATES[row.fate],
        "answerer": office_words(row.answered_by) if row.answered_by else "",
    }


def standing(row: Suggestion, parts: Mapping[str, Any]) -> dict[str, Any]:
    """Where an open suggestion's paragraph stands in a wording, and what stands there instead.

    `stands` is None where the paragraph was changed or taken out; `reads_now` is None where the
    whole piece is gone, a milestone with it.
    """
    try:
        piece = piece_at(parts, tuple(row.piece.split("/")))
    except NotFound:
        return {"stands": None, "reads_now": None}
    there = paragraphs(piece)
    return {
        "stands": place_of(piece, row.original, row.place),
        "reads_now": there[min(row.place, len(there) - 1)],
    }
