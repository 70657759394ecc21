"""Where the paragraphs of a commitment come from, carried along while they are rewritten.

What came of a candidate, a suggestion, a comment or an opinion is named by its ref; a paragraph
that grew out of another keeps that one's origins. Sentences are not told apart as yet.
"""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from madang.drafting.rules.diff import Path
from madang.drafting.rules.paragraphs import key_of, paragraphs

Origins = dict[str, list[list[str]]]
"""For each piece, by its key, the refs of each of its paragraphs. A piece without any has no key."""


def carried(
    before: Mapping[Path, str],
    after: Mapping[Path, str],
    origins: Mapping[str, Sequence[Sequence[str]]],
    because: Sequence[str] = (),
) -> Origins:
    """The origins of a new wording: what stayed keeps its own, what was written gets `because` too."""
    found: Origins = {}
    for path, text in after.items():
        key = key_of(path)
        old = paragraphs(before.get(path, ""))
        had = [list(refs) for refs in origins.get(key, [])]
        had += [[] for _ in range(len(old) - len(had))]
        now = _piece(old, paragraphs(text), had, because)
        if any(now):
            found[key] = now
    return found


def _piece(
    old: Sequence[str], new: Sequence[str], had: Sequence[list[str]], because: Sequence[str]
) -> list[list[str]]:
    found: list[list[str]] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [list(refs) for refs in had[i:j]]
            continue
        for place in range(k, m):
            # What takes a paragraph's place grew out of it; what is added beyond them is new.
            before = had[i + place - k] if i + place - k < j else []
            found.append(list(dict.fromkeys([*before, *because])))
    return found
