"""How near two titles are: the pieces of words they share."""

import re

PIECE = 2
_WORDS = re.compile(r"\w+")


def pieces(title: str) -> frozenset[str]:
    """The pairs of letters in a title's words; a Korean word keeps its stem under any ending."""
    words = _WORDS.findall(title.casefold())
    return frozenset(
        word[at : at + PIECE] for word in words for at in range(max(1, len(word) - PIECE + 1))
    )


def nearness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0, nothing in common, to 1, the same pieces."""
    return len(one & other) / len(one | other) if one and other else 0.0


def shared_words(one: str, other: str) -> list[str]:
    """The words of the first title that the second says too, in their first two letters at least."""
    there = {word[:PIECE] for word in _WORDS.findall(other.casefold())}
    found = (word for word in _WORDS.findall(one.casefold()) if len(word) >= PIECE)
    return [word for word in dict.fromkeys(found) if word[:PIECE] in there]
