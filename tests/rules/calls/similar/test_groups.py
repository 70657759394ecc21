"""Groups without chains."""

from madang.calls.rules.similar.fingerprints import fingerprint
from madang.calls.rules.similar.groups import groups
from madang.calls.rules.similar.pairs import NEAR, Among, Pair


def grouped(links):
    """Groups from a table of scores by pair; a pair that is not named has none."""
    table = {pair: value for pair, value in links.items() if value >= NEAR}
    pairs = [Pair(a, b, value) for (a, b), value in table.items()]
    return groups(pairs, NEAR, lambda a, b: table.get((min(a, b), max(a, b)), 0.0))


def test_three_that_are_all_alike_are_one_group():
    assert grouped({(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.7}) == [[0, 1, 2]]


def test_a_chain_is_no_group():
    chain = {(n, n + 1): 0.9 - n / 100 for n in range(6)}

    assert all(len(group) <= 3 for group in grouped(chain))
    assert grouped(chain)[0] == [0, 1, 2]


def test_most_links_are_enough_and_fewer_are_not():
    square = {(0, 1): 0.9, (2, 3): 0.9, (0, 2): 0.5}

    assert grouped(square) == [[0, 1], [2, 3]]
    assert grouped({**square, (1, 3): 0.5}) == [[0, 1, 2, 3]]


def test_no_pairs_no_groups():
    assert grouped({}) == []


def test_the_order_of_the_pairs_does_not_matter():
    pairs = [Pair(0, 1, 0.9), Pair(2, 3, 0.9), Pair(1, 2, 0.4)]

    def score(a, b):
        return 0.9 if {a, b} in ({0, 1}, {2, 3}) else 0.4 * ({a, b} == {1, 2})

    assert groups(pairs, NEAR, score) == groups(pairs[::-1], NEAR, score) == [[0, 1], [2, 3]]


def test_a_text_that_speaks_of_two_things_does_not_join_them():
    bus = [f"버스 정류장에 점자 안내판을 설치해 {end}" for end in ("주세요", "주십시오", "달라")]
    park = [f"하천 산책로의 조명을 밤새 밝혀 {end}" for end in ("주세요", "주십시오", "달라")]
    both = "버스 정류장에 점자 안내판을 설치하고 하천 산책로의 조명을 밤새 밝혀 주세요"
    among = Among([fingerprint(text) for text in (*bus, *park, both)])

    found = groups(among.pairs(), NEAR, among.score)

    assert not any({0, 3} <= set(group) for group in found)
    assert sorted(map(len, found))[-1] <= 4
