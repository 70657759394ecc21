"""Where the paragraphs of a commitment come from, carried along while they are rewritten.

What came of a candidate, a suggestion, a comment or an opinion is named by its ref; a paragraph
that grew out of another keeps that one's origins. Sentences are not told apart as yet.
"""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from madang.drafting.rules.diff import Path
from madang.drafting.rules.paragraphs import key_of, paragraphs
from madang.foundation.refusals import NotValid

Origins = dict[str, list[list[str]]]
"""For each piece, by its key, the refs of each of its paragraphs. A piece without any has no key."""
CAUSES_MOST = 50
"""How many refs one saving may name. Source: ours."""


def check_because(because: Sequence[str], *, plan: int, number: int) -> None:
    """What a writer says the text is changed for was said of this commitment, or of the whole draft.

    Raises NotValid: drafting.many_causes, drafting.no_cause.
    """
    if len(because) > CAUSES_MOST:
        raise NotValid("drafting.many_causes", most=CAUSES_MOST, field="because")
    said = re.compile(
        rf"(?:opinion|suggestion):{plan}-{number}\.[\w-]{{1,60}}|comment:{plan}-[0-9]+"
    )
    for ref in because:
        if not said.fullmatch(ref):
            raise NotValid("drafting.no_cause", ref=ref[:60], field="because")


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
