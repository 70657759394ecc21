"""Which texts resemble each other: the score of two, the pairs among many, one against many."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from zlib import crc32

from madang.calls.rules.similar.fingerprints import Fingerprint
from madang.calls.rules.similar.rarity import Rarity, ordinary

NEAR = 0.35
"""From here on two texts are proposed as a pair. Source: decision 0022, tuned on half the groups
of ParaKQC."""
LOOKED_AT = 400
"""How many earlier texts, on the average, may be touched to find the neighbours of one."""
RAREST = 24
"""With so many of its rarest features a text looks for others, when there are many of them."""
MANY = 300
"""Up to so many texts, they look for each other with every feature."""
WORTH = 0.3
"""A candidate is weighed in full when its rare features alone promise this part of what it needs."""
COPIES = 20
"""With so many of its exact copies a text is paired; the letter of a campaign has thousands."""
MATES = 4
"""So many texts of the same sample are compared with one; a campaign has thousands."""


@dataclass(frozen=True)
class Pair:
    """Two texts by their places, the earlier first, and how much they have in common: 0 to 1."""

    a: int
    b: int
    score: float

    def order(self) -> tuple[float, int, int]:
        """The most similar first; the places break the tie, so that it is always the same."""
        return -self.score, self.a, self.b


def score(a: "Fingerprint[int]", b: "Fingerprint[int]", rarity: Rarity) -> float:
    """What both texts say, as a part of all they say, everything by the weight of its rarity.

    A text without features is like none, not even like itself.
    """
    shared = rarity.weigh(frozenset(a).intersection(b))
    return 2 * shared / (rarity.weigh(a) + rarity.weigh(b)) if shared else 0.0


class Among:
    """Texts among which similar ones are sought, each verified by its full score."""

    def __init__(self, texts: Iterable["Fingerprint[int]"]) -> None:
        self.texts = list(texts)
        self.rarity = Rarity(self.texts)
        self.masses = [self.rarity.weigh(text) for text in self.texts]
        self._most = _most(self.rarity.among, len(self.texts))

    def pairs(self, near: float = NEAR) -> list[Pair]:
        """Every pair that was found, the most similar first."""
        # What occurs in one text alone leads to no other.
        trails = _Trails(self.rarity, 2, self._most)
        found: list[Pair] = []
        for place, text in enumerate(self.texts):
            ours = trails.of(text)
            similar = self._similar(text, self.masses[place], trails, ours, near)
            found += [Pair(other, place, value) for other, value in similar]
            trails.leave(place, ours)
        return sorted(found, key=Pair.order)

    def nearest(
        self, text: "Fingerprint[int]", near: float = NEAR, most: int = 10
    ) -> list[tuple[int, float]]:
        """The places and scores of the texts most like this one, which is not among them."""
        trails = self._trails
        similar = self._similar(text, self.rarity.weigh(text), trails, trails.of(text), near)
        return sorted(similar, key=lambda one: (-one[1], one[0]))[:most]

    def add(self, text: "Fingerprint[int]") -> int:
        """Enter a later text; gives its place. What the earlier ones weigh stays as it was."""
        place = len(self.texts)
        self._trails.learn(text)
        self._trails.leave(place, self._trails.of(text, every=True))
        self.texts.append(text)
        self.masses.append(self.rarity.weigh(text))
        return place

    def score(self, a: int, b: int) -> float:
        """The score of two of the texts by their places."""
        shared = self.rarity.weigh(frozenset(self.texts[a]).intersection(self.texts[b]))
        return 2 * shared / (self.masses[a] + self.masses[b]) if shared else 0.0

    @cached_property
    def _trails(self) -> "_Trails":
        trails = _Trails(self.rarity, 1, self._most)
        for place, text in enumerate(self.texts):
            trails.leave(place, trails.of(text, every=True))
        return trails

    def _similar(
        self, text: "Fingerprint[int]", mass: float, trails: "_Trails", ours: "_Trail", near: float
    ) -> list[tuple[int, float]]:
        """Each text on the trails that is near enough."""
        weigh, masses, texts = self.rarity.weigh, self.masses, self.texts
        features, found = frozenset(text), []
        for other in trails.follow(ours, mass, masses, near):
            # Two texts can share no more than the smaller one holds.
            needed = near * (mass + masses[other]) / 2
            if mass < needed or masses[other] < needed:
                continue
            shared = weigh(features.intersection(texts[other]))
            if shared and shared >= needed:
                found.append((other, 2 * shared / (mass + masses[other])))
        return found


@dataclass(frozen=True)
class _Trail:
    """What of one text leads to others: its rarest features by rank, and its samples."""

    rare: list[int]
    samples: list[tuple[int, ...]]


class _Trails:
    """What leads from one text to others worth weighing.

    They share rare features, or, where a text was sent so often that nothing in it is rare, the
    same small sample of features.
    """

    def __init__(self, rarity: Rarity, least: int, most: int) -> None:
        self.rarity = rarity
        among = rarity.among
        leading = [feature for feature, count in among.items() if least <= count <= most]
        # The rarest have the lowest rank; the number breaks the tie, the same way every time.
        leading.sort(key=lambda feature: (among[feature], feature))
        self.rank = {feature: rank for rank, feature in enumerate(leading)}
        self.with_rank: dict[int, list[int]] = {rank: [] for rank in range(len(leading))}
        self.weight = {rank: rarity.weights[feature] for feature, rank in self.rank.items()}
        # What many texts share and everyday speech does not explain: a form, or a campaign.
        everyday = ordinary()
        self.shared_by_many = {
            feature for feature, count in among.items() if count > most and feature not in everyday
        }
        self.rarest = RAREST if rarity.texts > MANY else len(leading)
        self.with_sample: dict[tuple[int, ...], list[int]] = {}

    def of(self, text: "Fingerprint[int]", *, every: bool = False) -> _Trail:
        """A text's trail; with `every` rare feature, for later ones to find it by any."""
        rank = self.rank
        rare = [rank[feature] for feature in rank.keys() & frozenset(text)]
        return _Trail(rare if every else sorted(rare)[: self.rarest], self._samples(text))

    def leave(self, place: int, trail: _Trail) -> None:
        """Leave a text's trail, for later ones to follow."""
        for rank in trail.rare:
            self.with_rank[rank].append(place)
        for sample in trail.samples:
            mates = self.with_sample.setdefault(sample, [])
            if len(mates) < (COPIES if len(sample) == 1 else MATES):
                mates.append(place)

    def follow(self, trail: _Trail, mass: float, masses: list[float], near: float) -> set[int]:
        """The texts worth weighing in full."""
        found = set(chain.from_iterable(self.with_sample.get(s, ()) for s in trail.samples))
        touched = Counter(chain.from_iterable([self.with_rank[rank] for rank in trail.rare]))
        if touched:
            each = sum([self.weight[rank] for rank in trail.rare]) / len(trail.rare)
            worth = WORTH * near / 2 / each
            least = worth * mass
            found.update(
                [
                    other
                    for other, times in touched.items()
                    if times >= least and times >= worth * (mass + masses[other])
                ]
            )
        return found

    def learn(self, features: Iterable[int]) -> None:
        """Let features lead that no text had before: from now on they are the rarest."""
        for feature in features:
            if feature not in self.rarity.among:
                self.rank[feature] = rank = -1 - len(self.rank)
                self.with_rank[rank] = []
                self.weight[rank] = self.rarity.weights[feature]
        self.rarity.among.update(features)

    def _samples(self, text: "Fingerprint[int]") -> list[tuple[int, ...]]:
        """The whole text, and up to four threes of what many share: near copies have one alike."""
        whole = (crc32(text.tobytes()),)
        parts: tuple[list[int], ...] = ([], [], [], [])
        for feature in self.shared_by_many.intersection(text):
            parts[feature & 3].append(feature)
        return [whole, *(tuple(sorted(part)[:3]) for part in parts if len(part) > 2)]


def _most(among: Counter[int], texts: int) -> int:
    """In how many texts a feature may occur and still lead from one to another.

    As many as the work allows: a feature of n texts leads to n²/2 pairs.
    """
    left = max(10_000_000, LOOKED_AT * texts)
    for count, features in sorted(Counter(among.values()).items()):
        left -= features * count * count // 2
        if left < 0:
            return count - 1
    return texts
