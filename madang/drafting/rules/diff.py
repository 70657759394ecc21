"""What changed between two wordings of a commitment, as people read it.

Words are eojeol in Korean and words in English: what stands between spaces. Sentences are laid
beside each other first, and only what is still the same sentence is marked word by word: a
sentence that says something else is taken out whole and put in whole. The marks are runs of
kept, added and removed words, field by field and milestone by milestone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from madang.drafting.rules.draft import TEMPLATE

Path = tuple[str, ...]
"""Where a piece of text stands: `("title", "ko")`, `("milestones", "6.2", "output", "en")`."""


class Mark(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Run:
    """Words side by side that have the same mark, with the spaces between them."""

    mark: Mark
    words: str


@dataclass(frozen=True)
class Change:
    """A piece of text that is not the same, with its runs."""

    path: Path
    runs: list[Run]

    @property
    def old(self) -> str:
        return old_of(self.runs)

    @property
    def new(self) -> str:
        return new_of(self.runs)


# --- words ---------------------------------------------------------------------------------------


def _words(text: str) -> list[str]:
    # Each word takes the gap before it along; the first one gets a gap too, so that a word that
    # is no longer the first one is still the same word.
    return re.findall(r"\s*\S+|\s+", " " + text)


# --- sentences -----------------------------------------------------------------------------------

Sentence = tuple[str, ...]
NEAR = 0.4
"""From which share of common words on two sentences are one that was rewritten. Source: ours."""
MOST_PAIRS = 2500
"""Beyond so many pairs to weigh, rewritten sentences are taken in their order. Source: ours."""
_END = re.compile(r"(?<![0-9])[.!?…。]+[\"'”’)\]」』》]*$")
"""What ends a sentence in either language; a figure's point, as in a Korean date, does not."""


def _sentences(text: str) -> list[Sentence]:
    found: list[list[str]] = [[]]
    ended = False
    for word in _words(text):
        if found[-1] and (ended or "\n" in word):
            found.append([])
        found[-1].append(word)
        # Most words end in a letter, and nobody has to look at them twice.
        ended = not word[-1].isalnum() and bool(_END.search(word))
    return [tuple(sentence) for sentence in found]


def _likeness(old: frozenset[str], new: frozenset[str]) -> float:
    """The share of the words two sentences have in common."""
    return 2 * len(old & new) / (len(old) + len(new))


def _pairs(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Which sentences are each other's, in order: those that have the most words in common."""
    before, after = ([frozenset(map(str.strip, one)) for one in side] for side in (old, new))
    if len(old) * len(new) > MOST_PAIRS:
        alike = zip(range(len(old)), range(len(new)), strict=False)
        return [(i, j) for i, j in alike if _likeness(before[i], after[j]) >= NEAR]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    paired = [[0.0] * len(new) for _ in range(len(old))]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            likeness = _likeness(before[i], after[j])
            both = likeness + best[i + 1][j + 1] if likeness >= NEAR else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
            paired[i][j] = both
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if paired[i][j] and paired[i][j] == best[i][j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def runs_of(old: str, new: str) -> list[Run]:
    """The runs that lead from one text to the other; one kept run, or none, where it is the same."""
    if old == new:
        return [Run(Mark.KEPT, new)] if new else []
    before, after = _sentences(old), _sentences(new)
    found: list[Run] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            _join(found, Mark.KEPT, _flat_words(before[i:j]))
        else:
            _rewritten(found, before[i:j], after[k:m])
    return _without_first_gap(found)


def _flat_words(sentences: Iterable[Sentence]) -> list[str]:
    return [word for sentence in sentences for word in sentence]


def _rewritten(found: list[Run], old: list[Sentence], new: list[Sentence]) -> None:
    """Sentences that are not the same: those that are each other's word by word, the rest whole."""
    done_old = done_new = 0
    for i, j in [*_pairs(old, new), (len(old), len(new))]:
        _join(found, Mark.REMOVED, _flat_words(old[done_old:i]))
        _join(found, Mark.ADDED, _flat_words(new[done_new:j]))
        if i < len(old):
            _word_by_word(found, old[i], new[j])
        done_old, done_new = i + 1, j + 1


def _word_by_word(found: list[Run], before: Sentence, after: Sentence) -> None:
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            _join(found, Mark.KEPT, before[i:j])
        else:
            _join(found, Mark.REMOVED, before[i:j])
            _join(found, Mark.ADDED, after[k:m])


def _join(found: list[Run], mark: Mark, words: Iterable[str]) -> None:
    if text := "".join(words):
        found.append(Run(mark, text))


def _without_first_gap(runs: list[Run]) -> list[Run]:
    """Take back the gap that was lent to the first word of each text."""
    waiting = {Mark.ADDED, Mark.REMOVED}
    bared: list[Run] = []
    for run in runs:
        sides = {Mark.ADDED, Mark.REMOVED} if run.mark is Mark.KEPT else {run.mark}
        began, words = sides & waiting, run.words
        if began:
            # Where one text begins and the other went on before, the gap was only the other's.
            bared += [Run(mark, words[0]) for mark in sides - began]
            words = words[1:]
        waiting -= began
        bared.append(Run(run.mark, words))
    return _joined(bared)


def _joined(runs: list[Run]) -> list[Run]:
    found: list[Run] = []
    for run in runs:
        if found and found[-1].mark is run.mark:
            found[-1] = Run(run.mark, found[-1].words + run.words)
        elif run.words:
            found.append(run)
    return found


def old_of(runs: Iterable[Run]) -> str:
    """The text before."""
    return "".join(run.words for run in runs if run.mark is not Mark.ADDED)


def new_of(runs: Iterable[Run]) -> str:
    """The text after: what applying the runs to the old one gives."""
    return "".join(run.words for run in runs if run.mark is not Mark.REMOVED)


LONGEST_KEPT, KEPT_END = 400, 120
"""From how many characters on an unchanged passage is folded, and how many stay at its ends."""


def folded(runs: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Runs as they are shown: of an unchanged passage that is long, only what lies by a change."""
    rows = [dict(run) for run in runs]
    for place, run in enumerate(rows):
        words = run["words"]
        if run["mark"] != Mark.KEPT or len(words) <= LONGEST_KEPT:
            continue
        head = words[:KEPT_END].rpartition(" ")[0] if place else ""
        tail = words[-KEPT_END:].partition(" ")[2] if place < len(rows) - 1 else ""
        run["words"] = f"{head} … {tail}"
    return rows


# --- wordings ------------------------------------------------------------------------------------


def flat(parts: Mapping[str, Any]) -> dict[Path, str]:
    """A wording as pieces of text by their paths; what is null or empty has none.

    How a translation came about is no piece: it is not what people read.
    """
    return {path: text for path, text in _pieces((), parts) if text}


def _pieces(path: Path, value: Any) -> Iterable[tuple[Path, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key != "kind":
                yield from _pieces((*path, key), inner)
    elif path in (("milestones",), ("sub_commitments",)):
        for row in value:
            inner = {key: one for key, one in row.items() if key != "label"}
            yield from _pieces((*path, str(row["label"])), inner)
    elif path == ("leads",):
        yield path, ", ".join(_lead(row) for row in value)
    elif value is not None:
        yield path, str(value)


def _lead(row: Mapping[str, Any]) -> str:
    return f"{row['part']} {row['agency']}" if row["part"] else str(row["agency"])


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """What differs between two wordings, in the order of the form."""
    return compare(flat(old), flat(new))


def compare(before: Mapping[Path, str], after: Mapping[Path, str]) -> list[Change]:
    """The pieces of text that differ, in the order of the form."""
    return [
        Change(path, runs_of(before.get(path, ""), after.get(path, "")))
        for path in sorted(before.keys() | after.keys(), key=_place)
        if before.get(path, "") != after.get(path, "")
    ]


FIELDS = (
    "number",
    "title",
    "vision",
    "description",
    "problem",
    "template",
    "period",
    "leads",
    "sub_commitments",
    "milestones",
)
_INNER = (*TEMPLATE, "title", "output", "from", "to", "due", "agency")


def _place(path: Path) -> tuple[int, list[int], list[int], Path]:
    """Fields in the form's order, milestones by their number."""
    field = FIELDS.index(path[0]) if path[0] in FIELDS else len(FIELDS)
    label = next((key for key in path[1:] if re.fullmatch(r"\d+(\.\d+)*", key)), "")
    inner = [_INNER.index(key) for key in path[1:] if key in _INNER]
    return field, [int(part) for part in label.split(".") if part], inner, path
