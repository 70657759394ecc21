"""Which texts resemble each other, how much, and that it is the same every time."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.calls.rules.similar import pairs as engine
from madang.calls.rules.similar.fingerprints import fingerprint, pack, unpack
from madang.calls.rules.similar.many import read_all
from madang.calls.rules.similar.pairs import NEAR, Among, score
from madang.calls.rules.similar.rarity import Rarity

ALIKE = {
    "particles and spaces": (
        "주민참여예산의 집행 내역을 동네별로 공개해 주세요.",
        "동네별 주민 참여 예산 집행내역을 공개하면 좋겠습니다.",
    ),
    "order": (
        "버스 정류장에 점자 안내판을 설치해 주십시오.",
        "점자 안내판이 버스 정류장마다 있었으면 합니다.",
    ),
    "English endings": (
        "Publish the minutes of every council meeting within a week.",
        "The minutes of council meetings should be published within one week.",
    ),
}
UNLIKE = {
    "same form of speech": (
        "학교 급식의 원산지를 공개해 주시기 바랍니다.",
        "공원 화장실을 밤에도 열어 주시기 바랍니다.",
    ),
    "same English form of speech": (
        "I would like to propose that the government should do more for cyclists.",
        "I would like to propose that the government should do more about noise.",
    ),
    "nothing and nothing": ("", ""),
    "nothing and something": ("", "예산"),
}
WORDS = [
    "예산",
    "공개",
    "정류장",
    "도서관",
    "회의록",
    "청년",
    "open",
    "data",
    "minutes",
    "점자",
    "하천",
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


def alone(one, other):
    return score(fingerprint(one), fingerprint(other), Rarity())


def read(texts):
    return [fingerprint(text) for text in texts]


def invented(count, seed=1):
    """Texts of which every fourth is an earlier one with a word dropped and one added."""
    random, texts = Random(seed), []
    syllables = [chr(random.randrange(0xAC00, 0xD7A4)) for _ in range(400)]
    while len(texts) < count:
        if texts and random.random() < 0.25:
            text = random.choice(texts).split()
            text.pop(random.randrange(len(text)))
            text.append("덧붙임")
        else:
            text = ["".join(random.choices(syllables, k=random.randrange(2, 5))) for _ in range(12)]
        texts.append(" ".join(text))
    return texts


@pytest.mark.parametrize(("one", "other"), ALIKE.values(), ids=ALIKE)
def test_the_same_said_otherwise_is_near(one, other):
    assert alone(one, other) >= NEAR


@pytest.mark.parametrize(("one", "other"), UNLIKE.values(), ids=UNLIKE)
def test_different_things_said_alike_are_not_near(one, other):
    assert alone(one, other) < NEAR


@given(TEXTS, TEXTS)
def test_a_score_is_a_part_and_the_same_both_ways(one, other):
    assert alone(one, other) == pytest.approx(alone(other, one))
    assert 0 <= alone(one, other) <= 1 + 1e-9


@given(TEXTS.filter(bool))
def test_a_text_is_wholly_like_itself(text):
    assert alone(text, text) == pytest.approx(1)


def test_few_English_texts_among_many_Korean_ones_are_not_alike_for_being_English():
    english = [
        "There should be more benches in the park.",
        "The library should be open on Sundays.",
        "We need a law about the noise of the airport.",
    ]
    among = Among(read(english + invented(300)))

    assert all(among.score(a, b) < NEAR for a, b in ((0, 1), (0, 2), (1, 2)))


@given(st.lists(TEXTS, max_size=14))
def test_among_few_every_pair_is_found(texts):
    among = Among(read(texts))
    every = {
        (a, b) for b in range(len(texts)) for a in range(b) if among.score(a, b) >= NEAR + 1e-9
    }

    found = {(pair.a, pair.b) for pair in among.pairs()}

    assert every <= found
    assert all(among.score(a, b) >= NEAR - 1e-9 for a, b in found)


def test_each_pair_stands_once_with_its_score_the_most_similar_first():
    among = Among(read(invented(400)))
    pairs = among.pairs()

    assert len({(pair.a, pair.b) for pair in pairs}) == len(pairs) > 50
    assert all(pair.a < pair.b for pair in pairs)
    assert [pair.score for pair in pairs] == sorted((p.score for p in pairs), reverse=True)
    assert all(pair.score == pytest.approx(among.score(pair.a, pair.b)) for pair in pairs)


def test_the_same_texts_have_the_same_pairs_every_time():
    texts = read(invented(300))

    assert Among(texts).pairs() == Among([unpack(pack(text)) for text in texts]).pairs()


def test_a_letter_sent_a_thousand_times_is_found_and_not_each_with_each(monkeypatch):
    """Nothing in it is rare any more; it is found by samples, and the pairs stay few."""
    monkeypatch.setattr(engine, "_most", lambda among, texts: 20)
    letter = (
        "하천 둔치의 자전거 도로를 넓히고 조명을 밝혀 주민이 밤에도 안전하게 다니도록 해 주십시오"
    )
    owns = [own.split()[0] for own in invented(100, seed=2)]
    texts = [f"{letter} {own}" for own in owns] + [letter] * 300
    among = Among(read(invented(900) + texts))

    pairs = among.pairs()

    found = {place for pair in pairs for place in (pair.a, pair.b)}
    assert {*range(900, 1300)} <= found
    assert len(pairs) < 10_000


def test_one_new_text_finds_what_it_resembles():
    texts = ["버스 정류장 점자 안내판 설치", "하천 산책로 조명", "청년 주거 지원"]
    among = Among(read(texts + invented(200)))

    found = among.nearest(fingerprint("정류장에 점자 안내판을 설치해 주세요"))

    assert [place for place, _ in found] == [0]


@given(st.lists(TEXTS, min_size=1, max_size=10), TEXTS)
def test_one_new_text_finds_every_text_that_is_near(texts, new):
    among = Among(read(texts))
    asked = fingerprint(new)
    near = {
        place
        for place, text in enumerate(among.texts)
        if score(asked, text, among.rarity) >= NEAR + 1e-9
    }

    assert near <= {place for place, _ in among.nearest(asked, most=99)}


def test_what_was_added_is_found_by_what_only_it_has():
    among = Among(read(invented(50)))
    place = among.add(fingerprint("양봉 농가 꿀벌 실종 조사"))

    assert among.nearest(fingerprint("꿀벌 실종을 조사해 주세요"))[0][0] == place == 50


def test_what_says_nothing_is_near_to_nothing():
    among = Among(read(["", "", "예산"]))

    assert among.pairs() == []
    assert among.nearest(fingerprint("")) == []


def test_reading_by_several_processes_gives_the_same(monkeypatch):
    texts = invented(60)
    monkeypatch.setattr("madang.calls.rules.similar.many.FEW", 10)
    monkeypatch.setattr("madang.calls.rules.similar.many.PORTION", 7)

    assert read_all(texts) == read(texts)
