"""How near two titles are: the pieces of words they share."""

import re

PIECE = 2
_WORDS = re.compile(r"\w+")
ASKING = frozenset(
    [
        "주세요",
        "알려",
        "해",
        "하게",
        "되게",
        "있게",
        "수",
        "좀",
        "더",
        "꼭",
        "것",
        "싶어요",
        "싶습니다",
        "바랍니다",
        "please",
        "the",
        "a",
        "an",
        "of",
        "to",
        "for",
        "in",
        "on",
        "and",
        "be",
        "we",
        "us",
        "our",
        "let",
    ]
)
"""What nearly every proposal says, whatever it is about."""


def words_of(title: str) -> list[str]:
    """The words that say what a title is about."""
    return [word for word in _WORDS.findall(title.casefold()) if word not in ASKING]


def pieces(title: str) -> frozenset[str]:
    """The pairs of letters in a title's words; a Korean word keeps its stem under any ending."""
    return frozenset(
        word[at : at + PIECE]
        for word in words_of(title)
        for at in range(max(1, len(word) - PIECE + 1))
    )


def nearness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0, nothing in common, to 1, the same pieces."""
    return len(one & other) / len(one | other) if one and other else 0.0


def shared_words(one: str, other: str) -> list[str]:
    """The words of the first title that the second says too, in their first two letters at least."""
    there = {word[:PIECE] for word in words_of(other)}
    found = (word for word in words_of(one) if len(word) >= PIECE)
    return [word for word in dict.fromkeys(found) if word[:PIECE] in there]
