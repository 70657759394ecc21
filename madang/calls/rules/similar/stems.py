"""Words without what grammar hangs on them, for showing to people; not for comparing texts."""

import re
from collections import defaultdict
from collections.abc import Iterable

from madang.calls.rules.similar.words import SYLLABLES

SYLLABIC = re.compile(f"[{SYLLABLES}]")
# Only such as hardly ever end a noun: 이 and 가 do (어린이, 평가).
_ENDINGS = re.compile(
    "(?:에서는|에서도|으로써|으로서|으로는|에게는|까지는|부터는|에서|에게|으로|까지|부터|보다|처럼|마다"
    "|하는|하고|하여|해야|하기|하면|하지|한다|합니다|했다|했습니다|해서|해주세요"
    "|되는|되어|되고|된다|됩니다|입니다|이다|인가요|인가|들의|들이|들을|들은|들에게"
    "|을|를|은|는|의|에|로|와|과)$"
)
PARTICLES = {
    "을": "object", "를": "object", "이": "subject", "가": "subject", "은": "theme", "는": "theme",
    "의": "of", "에": "at", "에서": "at", "에게": "at", "로": "by", "으로": "by",
    "와": "with", "과": "with", "도": "too", "만": "only",
}  # fmt: skip
"""The particles of nouns, by what they say."""
KINDS = 3


def stem(word: str) -> str:
    """A Korean word without its particle where two syllables remain; other words as they are."""
    if len(word) < 3 or not SYLLABIC.match(word):
        return word
    bare = _ENDINGS.sub("", word)
    return bare if len(bare) > 1 else word


def nouns(words: Iterable[str]) -> dict[str, str]:
    """For each Korean word that is a noun with or without a particle, the noun.

    A noun is what these words have with three kinds of particles or more: 주민을, 주민이, 주민의.
    No dictionary is needed, and names are found that none would have.
    """
    parted = {word: list(_parted(word)) for word in set(words) if SYLLABIC.match(word)}
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for parts in parted.values():
        for noun, kind in parts:
            kinds[noun].add(kind)
    found = {noun for noun, seen in kinds.items() if len(seen) >= KINDS}
    named: dict[str, str] = {}
    for word, parts in parted.items():
        for noun in sorted([noun for noun, _ in parts if noun in found], key=len):
            named.setdefault(word, noun)
        if word in found:
            named[word] = word
    return named


def _parted(word: str) -> Iterable[tuple[str, str]]:
    for length in (1, 2):
        if len(word) - length > 1 and (kind := PARTICLES.get(word[-length:])):
            yield word[:-length], kind
