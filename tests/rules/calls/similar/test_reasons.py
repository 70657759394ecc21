"""Why two texts are proposed as similar, in their own words."""

import pytest

from madang.calls.rules.similar.fingerprints import fingerprint
from madang.calls.rules.similar.forms import form_sentences
from madang.calls.rules.similar.pairs import NEAR, Among
from madang.calls.rules.similar.rarity import Rarity
from madang.calls.rules.similar.reasons import shared_words
from madang.calls.rules.similar.topics import topics

SHARED = {
    "without particles, as one phrase": (
        "버스 정류장에 점자 안내판을 설치해 주세요",
        "점자 안내판이 정류장마다 필요합니다",
        ["점자 안내판", "정류장"],
    ),
    "with the capitals of the text": (
        "Publish the OECD figures",
        "oecd figures, please",
        ["OECD figures"],
    ),
    "nothing but everyday speech": ("이렇게 해 주시기 바랍니다", "그렇게 해 주시기 바랍니다", []),
    "nothing": ("", "", []),
}
NOTE = "※ 이 글은 시청 누리집의 제안 게시판에서 옮겨 온 글입니다."
MATTERS = [
    "버스 정류장마다 점자 안내판을 설치하고 음성 안내도 함께 나오게 해 주세요.",
    "하천 산책로의 어두운 구간에 조명을 달고 밤 열 시까지 켜 두면 좋겠습니다.",
    "도서관 좌석을 휴대전화로 예약하고 빈자리를 바로 볼 수 있게 해 주십시오.",
    "청년 전세 보증금의 이자를 나라가 나누어 내는 사업을 넓혀야 합니다.",
]


@pytest.mark.parametrize(("one", "other", "reasons"), SHARED.values(), ids=SHARED)
def test_the_reason_is_what_both_say(one, other, reasons):
    assert shared_words(one, other, Rarity()) == reasons


def test_at_most_so_many_reasons_and_none_within_another():
    text = "양봉 사슴 하천 점자 조명 꿀벌 전세 보증 예약 좌석"
    found = shared_words(text, " ".join(text.split()[::-1]), Rarity(), most=3)

    assert len(found) == 3
    assert not any(a != b and a in b for a in found for b in found)


def test_a_note_that_all_carry_makes_them_not_alike():
    texts = [f"{matter}\n{NOTE}" for matter in MATTERS]
    form = form_sentences(texts)

    assert form == {NOTE}
    assert Among([fingerprint(text, form) for text in texts]).pairs() == []


def test_a_letter_sent_by_many_is_no_form():
    letter = " ".join(MATTERS[:3])
    texts = [f"{letter}\n{own}" for own in ("저는 동구에 삽니다.", "꼭 들어주세요!", "셋째입니다.")]

    assert form_sentences(texts) == frozenset()
    assert len(Among([fingerprint(text) for text in texts]).pairs(NEAR)) == 3


def test_short_and_rare_sentences_are_no_form():
    assert (
        form_sentences(["감사합니다.\n가 나", "감사합니다.\n다 라", "감사합니다.\n마 바"]) == set()
    )
    assert form_sentences([f"{MATTERS[0]}\n{NOTE}", f"{MATTERS[1]}\n{NOTE}"]) == frozenset()


def test_topics_are_named_by_nouns_of_their_texts():
    bees = ["꿀벌이 사라집니다", "꿀벌을 살립시다", "꿀벌의 먹이를 심자", "꿀벌은 어디에"]
    deer = ["고라니가 나옵니다", "고라니를 막자", "고라니의 길을 내자", "고라니는 뛴다"]
    filler = [
        f"{word} 이야기"
        for word in ["가나", "다라", "마바", "사아", "자차", "카타", "파하", "거너", "더러"]
    ]

    found = topics(bees + deer + filler)

    assert [(topic.words, topic.members) for topic in found] == [
        (("고라니",), (4, 5, 6, 7)),
        (("꿀벌",), (0, 1, 2, 3)),
    ]


def test_everyday_words_are_no_topic():
    assert topics(["There should be something"] * 9 + ["이것은 문제입니다"] * 9) == []


def test_no_texts_no_topics():
    assert topics([]) == topics(["", ""]) == []
