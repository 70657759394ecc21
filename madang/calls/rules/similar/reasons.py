"""Why two texts are proposed as similar: the words they share, for a person to judge by."""

import unicodedata

from madang.calls.rules.similar.fingerprints import features_of
from madang.calls.rules.similar.rarity import Rarity, ordinary
from madang.calls.rules.similar.stems import SYLLABIC, stem
from madang.calls.rules.similar.words import LONGEST, cleaned, words

MOST = 5
LONGEST_PHRASE = 4
Shared = tuple[float, str]


def shared_words(a: str, b: str, rarity: Rarity, most: int = MOST) -> list[str]:
    """The words and short phrases both texts have, the weightiest first, as `a` writes them.

    Empty when nothing but everyday speech and single syllables is shared.
    """
    ours, theirs = words(cleaned(a)), words(cleaned(b))
    places: dict[str, set[int]] = {}
    for place, word in enumerate(theirs):
        for beginning in _beginnings(word):
            places.setdefault(beginning, set()).add(place)
    found = {
        " ".join(run): sum(_weight(word, rarity) for word in run) for run in _phrases(ours, places)
    }
    weighed = sorted(((weight, phrase) for phrase, weight in found.items() if weight), key=_order)
    chosen: list[str] = []
    for _, phrase in weighed:
        if not any(phrase in other or other in phrase for other in chosen):
            chosen.append(phrase)
    return [_as_written(phrase, a) for phrase in chosen[:most]]


def _phrases(ours: list[str], places: dict[str, set[int]]) -> list[list[str]]:
    """Runs of our words that stand next to each other in the other text too."""
    phrases: list[list[str]] = []
    last: set[int] = set()
    for word in ours:
        shared = next((start for start in _beginnings(word) if start in places), None)
        if shared is None:
            last = set()
            continue
        here = places[shared]
        follows = {place + 1 for place in last} & here
        if follows and len(phrases[-1]) < LONGEST_PHRASE:
            phrases[-1].append(shared)
            last = follows
        else:
            phrases.append([shared])
            last = here
    return phrases


def _beginnings(word: str) -> list[str]:
    """The word and what it may be recognised by, the longest first."""
    if SYLLABIC.match(word):
        bare = stem(word)
        return [bare[:n] for n in range(len(bare), 1, -1)]
    if word.isdecimal():
        return [word] if len(word) > 2 else []
    return [word[:n] for n in range(len(word), max(3, len(word) - 4), -1)]


def _weight(word: str, rarity: Rarity) -> float:
    """Nothing for a word that everyday speech is made of."""
    features = features_of(word)
    everyday = ordinary()
    return 0.0 if all(f in everyday for f in features) else rarity.weigh(features)


def _order(shared: Shared) -> tuple[float, str]:
    return -shared[0], shared[1]


def _as_written(phrase: str, text: str) -> str:
    """The phrase with the text's own capitals, where they can be found."""
    written = unicodedata.normalize("NFKC", text[:LONGEST])
    folded = written.casefold()
    place = folded.find(phrase)
    if place < 0 or len(folded) != len(written):
        return phrase
    return written[place : place + len(phrase)]
