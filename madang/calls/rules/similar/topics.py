"""What many texts speak of: topics, each named by words that stand in its texts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from madang.calls.rules.similar.ordinary import ENGLISH, KOREAN
from madang.calls.rules.similar.stems import SYLLABIC, nouns, stem
from madang.calls.rules.similar.words import cleaned, words

SMALLEST = 3
FEW, WIDEST = 10, 0.25
"""A word in more texts than this number, and this part of all, separates nothing."""
MOST = 30
NAMES = 4


@dataclass(frozen=True)
class Topic:
    """Words that occur together, and the places of the texts that have them."""

    words: tuple[str, ...]
    members: tuple[int, ...]


def topics(texts: Sequence[str], most: int = MOST) -> list[Topic]:
    """Topics of some texts, the largest first; a text has one topic or none.

    Each is begun by the word that most texts without a topic share; the words that mostly occur
    beside it name it too, and bring the texts that have two of them. A proposal of an order for
    reading, no more.
    """
    terms = _terms(texts)
    counted = Counter(term for found in terms for term in found)
    usable = {t for t, n in counted.items() if SMALLEST <= n <= max(FEW, WIDEST * len(texts))}
    free = {place: found & usable for place, found in enumerate(terms) if found & usable}
    left = Counter(term for found in free.values() for term in found)
    made: list[Topic] = []
    while len(made) < most and left:
        first, size = min(left.items(), key=lambda item: (-item[1], item[0]))
        if size < SMALLEST:
            break
        names = _beside(first, free, counted)
        members = [p for p, found in free.items() if first in found or len(found & set(names)) > 1]
        for place in members:
            left.subtract(free.pop(place))
        made.append(Topic(tuple(names), tuple(members)))
    return sorted(made, key=lambda topic: (-len(topic.members), topic.words))


def _beside(first: str, free: dict[int, set[str]], counted: Counter[str]) -> list[str]:
    """The word itself and those of which half the texts or more have it too."""
    beside = Counter(term for found in free.values() if first in found for term in found)
    allied = [
        (-count, term)
        for term, count in beside.items()
        if term != first and count >= SMALLEST and 2 * count >= counted[term]
    ]
    return [first, *(term for _, term in sorted(allied)[: NAMES - 1])]


def _terms(texts: Sequence[str]) -> list[set[str]]:
    """For each text the words that can name something: nouns, and longer words of other scripts."""
    read = [set(words(cleaned(text))) for text in texts]
    named = nouns(word for found in read for word in found)
    everyday = _everyday()
    return [
        {
            term
            for word in found
            if (term := named.get(word) or _foreign(word)) and term not in everyday
        }
        for found in read
    ]


def _foreign(word: str) -> str:
    return "" if len(word) < 4 or word.isdecimal() or SYLLABIC.match(word) else word


@cache
def _everyday() -> frozenset[str]:
    found = set(words(cleaned(KOREAN + ENGLISH)))
    return frozenset(found | set(map(stem, found)))
