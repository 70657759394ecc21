"""What is read of a text, whatever the text."""

import json
import subprocess
import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import shared
from madang.calls.rules.similar.fingerprints import MOST, fingerprint, pack, unpack
from madang.calls.rules.similar.rarity import Rarity
from madang.calls.rules.similar.words import cleaned, words

SAME = {
    "letters written apart and together": (
        unicodedata.normalize("NFD", "주민참여예산을 공개하라"),
        "주민참여예산을 공개하라",
    ),
    "full width and ordinary": ("ＡＩ 예산 １２３", "AI 예산 123"),
    "capitals and small letters": ("Open DATA", "open data"),
    "with signs that nobody sees": ("주\u200b민\ufeff참\u00ad여", "주민참여"),
    "with a NUL": ("주민\x00참여", "주민참여"),
    "read from the right by force": ("\u202e예산 공개\u202c", "예산 공개"),
    "with markup": ("<b>예산</b> <script>공개</script>", "예산 공개"),
    "with laughter": ("예산 공개 ㅋㅋㅋ ㅠㅠ", "예산 공개"),
    "with addresses": (
        "예산 https://a.example/b?c=d 공개 me@a.example www.a.example/x channel.com/@c",
        "예산 공개",
    ),
    "other lines and marks": ("- 예산\n\n* 공개!!", "예산, 공개"),
}
HOSTILE = {
    "nothing": "",
    "blanks": " \n\t\u3000\u200b ",
    "NUL": "\x00" * 1000,
    "half a character": "\ud800 예산 \udfff",
    "a million letters without a blank": "a" * 1_000_000,
    "a million syllables without a blank": "가" * 1_000_000,
    "a million words": "예산 공개 " * 200_000,
    "addresses that never end": "a@" * 500_000,
    "markup that never ends": "<" * 1_000_000,
    "brackets": "[(" * 500_000,
    "dots": "a.b" * 300_000,
    "marks upon marks": "e" + "\u0301" * 100_000,
    "one sign that becomes eighteen": "\ufdfa" * 100_000,
    "emoji": "👩‍👩‍👧‍👦🇰🇷" * 1000,
    "many scripts": "예산 предложение اقتراح 提案 ข้อเสนอ प्रस्ताव proposal",
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_these_are_read_the_same(one, other):
    assert fingerprint(one) == fingerprint(other) != fingerprint("")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_breaks_the_reading_or_holds_it_up(text):
    began = time.process_time()

    read = fingerprint(text)

    assert unpack(pack(read)) == read
    assert len(read) <= MOST
    # No measure of speed: what grows with the square of a text takes minutes here.
    assert time.process_time() - began < 20


@given(st.text(max_size=80))
def test_any_text_is_kept_and_read_back(text):
    read = fingerprint(text)

    assert unpack(pack(read)) == read
    assert list(read) == sorted(set(read))


@given(st.text(max_size=80))
def test_cleaning_a_clean_text_changes_no_word(text):
    assert words(cleaned(cleaned(text))) == words(cleaned(text)) or "&" in text or "<" in text


def test_a_text_that_says_nothing_is_like_none():
    assert list(fingerprint(" \u200b\n")) == []


def test_where_there_are_no_words_the_signs_count():
    assert fingerprint("👍👍") == fingerprint("👍") != fingerprint("👎")


@pytest.mark.parametrize("kept", [b"", b"\x02abcd", b"\x01abc"], ids=["none", "newer", "cut"])
def test_what_is_no_fingerprint_is_refused(kept):
    with pytest.raises(ValueError, match="not a fingerprint"):
        unpack(kept)


def test_a_kept_fingerprint_stays_what_it_is():
    """Whoever changes how texts are read changes FORM, so that what is kept is read again."""
    assert pack(fingerprint("예산 AI 7")).hex() == KEPT


def test_the_same_text_is_read_the_same_in_another_process():
    code = (
        "from madang.calls.rules.similar.fingerprints import *;"
        "print(pack(fingerprint('예산 AI 7')).hex())"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]

    assert said == [KEPT, KEPT]


def test_the_strings_that_break_programs_break_nothing_here():
    path = shared.folder() / "bad-strings" / "blns.json"
    if not path.is_file():
        pytest.skip("the strings that break programs are not in ../shared/data")
    strings = json.loads(path.read_text("utf-8"))
    rarity = Rarity(fingerprint(text) for text in strings)

    assert all(rarity.weigh(fingerprint(text)) >= 0 for text in strings)


KEPT = "0146fae633cf0744542061197f899627988a15e19b5e337dbc3fba9fc17f3bb8c570019aec836525f6"
