"""Which paragraphs of a commitment go back to a comment."""

from collections.abc import Mapping, Sequence

from madang.drafting.rules.diff import Path
from madang.drafting.rules.origins import Origins
from madang.drafting.rules.paragraphs import STEP_TEXTS, TEXTS, key_of, paragraphs


def credited(
    before: Mapping[Path, str],
    after: Mapping[Path, str],
    now: Mapping[Path, str],
    origins: Mapping[str, Sequence[Sequence[str]]],
    ref: str,
) -> Origins:
    """The origins with a ref at each paragraph that was new in `after` and still stands `now`.

    What was written over since goes back to whoever wrote that.
    """
    found = {key: [list(refs) for refs in rows] for key, rows in origins.items()}
    for path, text in now.items():
        if not _is_prose(path):
            continue
        written = set(paragraphs(after.get(path, ""))) - set(paragraphs(before.get(path, "")))
        standing = paragraphs(text)
        rows = found.get(key_of(path), [])
        rows += [[] for _ in range(len(standing) - len(rows))]
        for place, words in enumerate(standing):
            if words in written and ref not in rows[place]:
                rows[place].append(ref)
        if any(rows):
            found[key_of(path)] = rows
    return found


def _is_prose(path: Path) -> bool:
    in_a_step = path[0] == "milestones" and len(path) == 4 and path[2] in STEP_TEXTS
    return path[0] in (*TEXTS, "template") or in_a_step
