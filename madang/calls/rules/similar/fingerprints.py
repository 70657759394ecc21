"""A text's fingerprint: which small pieces of words occur in it, as numbers that can be kept."""

import re
import sys
from array import array
from collections.abc import Collection
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from madang.calls.rules.similar.words import SYLLABLES, cleaned, sentences, words

FORM = 1
"""Stands in the first byte of a kept fingerprint; another way of reading gets another number."""
MOST = 2_048
"""Features of one fingerprint; of more, a sample is kept, the same features of any text."""

Fingerprint = array  # of 32-bit numbers, each once, from the lowest up
_SYLLABIC = re.compile(f"[{SYLLABLES}]")


def fingerprint(text: str, form: Collection[str] = ()) -> "Fingerprint[int]":
    """Read a text: the one costly step, done once for each text, at intake.

    Of Korean words the syllables and neighbouring pairs, so that 참여하는 and 참여를 have most in
    common; of other words the word and its threes of letters. Sentences of a form (`forms`) are
    left out. Where there is no word at all the signs themselves count, so that two rows of the
    same emoji are still the same.
    """
    if form:
        text = "\n".join(s for s in sentences(text) if s not in form)
    clean = cleaned(text)
    found: set[int] = set()
    for word in words(clean):
        found.update(features_of(word))
    if not found:
        found = {_number(sign) for sign in clean if not sign.isspace()}
    return array("I", sorted(found)[:MOST])


def pack(features: "Fingerprint[int]") -> bytes:
    """The form in which a fingerprint is kept: a byte for the form, four for each number."""
    return bytes([FORM]) + _swapped(features).tobytes()


def unpack(kept: bytes) -> "Fingerprint[int]":
    """Raises ValueError for bytes of another form: read the text again."""
    if kept[:1] != bytes([FORM]) or len(kept) % 4 != 1:
        raise ValueError(f"not a fingerprint of form {FORM}")
    return _swapped(array("I", kept[1:]))


@lru_cache(maxsize=1 << 16)
def features_of(word: str) -> tuple[int, ...]:
    """The features that one word of a cleaned text brings."""
    if _SYLLABIC.match(word):
        signs = [ord(sign) for sign in word]
        edged = [0x20, *signs, 0x20]
        pairs = (a << 16 | b for a, b in pairwise(edged))
        return tuple(map(_scattered, (*signs, *pairs)))
    edges = f" {word} "
    return (_number(word), *(_number(edges[n : n + 3]) for n in range(len(word))))


def _number(piece: str) -> int:
    return _scattered(crc32(piece.encode("utf-8", "surrogatepass")))


def _scattered(number: int) -> int:
    # One to one, and in an order that follows no alphabet: the lowest features of a text are
    # a sample of it, and the same sample of another text with the same words.
    number = number * 0x9E3779B1 & 0xFFFFFFFF
    return (number ^ number >> 15) * 0x85EBCA6B & 0xFFFFFFFF


def _swapped(numbers: "Fingerprint[int]") -> "Fingerprint[int]":
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers
