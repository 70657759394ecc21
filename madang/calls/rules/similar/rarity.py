"""How rare each feature is among some texts: what is rare and shared weighs most."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from math import log

from madang.calls.rules.similar.fingerprints import Fingerprint, fingerprint
from madang.calls.rules.similar.ordinary import ENGLISH, KOREAN

VIRTUAL = 100
"""Texts added to their number, so that among few texts nothing is called common."""
# How many ordinary sentences a text is thought to hold, and how often a feature has to stand in
# them to be no chance. A Korean word ends in what is ordinary, and its beginning says the matter;
# an English word is ordinary as a whole and brings one feature a letter, so it must weigh less.
_LANGUAGES = ((KOREAN, 1, 2), (ENGLISH, 20, 1))


class _Weights(dict[int, float]):
    """Weights by feature; a feature that nobody has used yet weighs as much as one can."""

    unseen = 0.0

    def __missing__(self, feature: int) -> float:
        return self.unseen


class Rarity:
    """The weight of each feature: the square of its inverse document frequency.

    What everyday speech is full of never weighs more than it would in everyday speech.
    """

    def __init__(self, texts: Iterable["Fingerprint[int]"] = ()) -> None:
        self.among: Counter[int] = Counter()
        self.texts = 0
        seen: set[bytes] = set()
        for features in texts:
            self.texts += 1
            # What one letter says is not common because the letter was sent many times.
            if (whole := features.tobytes()) not in seen:
                seen.add(whole)
                self.among.update(features)
        size = len(seen) + VIRTUAL
        by_count = {count: log(1 + size / count) ** 2 for count in set(self.among.values())}
        self.weights = _Weights((f, by_count[count]) for f, count in self.among.items())
        self.weights.unseen = log(1 + size) ** 2
        for feature, share in ordinary().items():
            common = log(1 + 1 / share) ** 2
            self.weights[feature] = min(self.weights[feature], common)

    def weigh(self, features: Iterable[int]) -> float:
        """What some features weigh together."""
        return sum(map(self.weights.__getitem__, features))


@cache
def ordinary() -> dict[int, float]:
    """For each feature of everyday speech, the share of texts it is thought to occur in."""
    shares: dict[int, float] = {}
    for lines, held, least in _LANGUAGES:
        read = [fingerprint(line) for line in lines.strip().splitlines()]
        counted = Counter(feature for features in read for feature in features)
        for feature, count in counted.items():
            if count >= least:
                share = 1 - (1 - count / len(read)) ** held
                shares[feature] = max(shares.get(feature, 0.0), share)
    return shares
