"""How near two titles are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.taskforces.rules.nearness import nearness, pieces, shared_words

BUS = "버스 정류장 시간표를 소리로 알려 주세요"


@pytest.mark.parametrize(
    ("near", "far"),
    [
        ("정류장 시간표를 소리로도 들려주세요", "가로수를 베기 전에 알려 주세요"),
        ("버스 정류장에서 소리 안내", "축제 결산을 바로"),
    ],
)
def test_a_title_on_the_same_thing_is_nearer(near, far):
    assert nearness(pieces(BUS), pieces(near)) > nearness(pieces(BUS), pieces(far))


def test_endings_do_not_hide_a_shared_word():
    assert shared_words("정류장의 시간표", "시간표를 정류장에") == ["정류장의", "시간표"]
    assert shared_words("A map of trees", "Every street tree") == ["trees"]


def test_what_every_proposal_says_makes_no_two_near():
    one, other = "침수되는 길을 미리 알려 주세요", "가로수를 베기 전에 알려 주세요"
    assert nearness(pieces(one), pieces(other)) == 0 and shared_words(one, other) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_nearness_is_even_and_between_nothing_and_one(one, other):
    a, b = pieces(one), pieces(other)
    assert nearness(a, b) == nearness(b, a)
    assert 0 <= nearness(a, b) <= 1
    assert nearness(a, a) == (1 if a else 0)
