"""What the engine promises on texts that others wrote and judged. `make bench` prints the figures."""

import pytest

from bench import shared
from bench.similar import area, pairwise_f1
from madang.calls.rules.similar.fingerprints import fingerprint
from madang.calls.rules.similar.groups import groups
from madang.calls.rules.similar.pairs import NEAR, Among, score
from madang.calls.rules.similar.rarity import Rarity

others = pytest.mark.skipif(
    not shared.folder().is_dir(), reason="the texts of others are not in ../shared/data"
)


@others
def test_the_same_question_scores_above_another_one():
    pairs = shared.question_pairs()
    read = [(fingerprint(a), fingerprint(b)) for a, b, _ in pairs]
    rarity = Rarity(text for pair in read for text in pair)

    told = [score(a, b, rarity) for a, b in read]

    assert area(told, [same for _, _, same in pairs]) >= 0.93


@others
def test_paraphrases_come_together():
    rows = shared.paraphrases()
    among = Among(fingerprint(text) for text, _ in rows)

    found = groups(among.pairs(), NEAR, among.score)

    assert pairwise_f1(found, [number for _, number in rows]) >= 0.60


@others
def test_of_real_proposals_few_are_called_near():
    """496 proposals hold five that came with one note, and a handful about the same affair."""
    among = Among(fingerprint(text) for text in shared.korean_proposals())

    assert len(among.pairs()) < 40


def test_the_area_is_that_of_a_worked_example():
    assert area([0.1, 0.4, 0.35, 0.8], [False, False, True, True]) == 0.75
    assert area([0.5, 0.5, 0.5], [False, True, False]) == 0.5


def test_the_pairwise_f1_is_that_of_a_worked_example():
    assert pairwise_f1([[0, 1], [2, 3]], "aabb") == 1
    assert pairwise_f1([[0, 1, 2, 3]], "aabb") == 0.5
    assert pairwise_f1([], "aabb") == 0
