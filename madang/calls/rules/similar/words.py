"""The words of a text as they are compared: without form, markup, addresses and invisible signs."""

import re
import unicodedata

LONGEST = 20_000
"""Characters of a text that are read; what comes after says no more what the text is about."""
LONGEST_WORD = 40
SYLLABLES = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
"""Scripts whose single sign already says something: kana, Han, Hangul."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]"
)
_MARKUP = re.compile(r"<[^<>]{0,200}>")
_SIGNS = "a-z0-9./:_%?=&#~@+-"
# An address is sought only where a run of its signs begins, so that a long run is read once.
_ADDRESS = re.compile(
    rf"(?<![{_SIGNS}])[{_SIGNS}]*?"
    rf"(?:://|www\.|[a-z0-9]@[a-z0-9]|[a-z0-9]\.(?:com|net|org|kr|io)\b)[{_SIGNS}]*"
)
# Lone Korean letters (ㅋㅋ, ㅠㅠ) are a mood, not a matter.
_LONE_LETTERS = "\u1100-\u11ff\u3131-\u318e"
_WORD = re.compile(
    rf"[{SYLLABLES}]{{1,{LONGEST_WORD}}}"
    rf"|[^\W\d_{SYLLABLES}{_LONE_LETTERS}]{{1,{LONGEST_WORD}}}"
    rf"|\d{{1,{LONGEST_WORD}}}"
)
_SENTENCE = re.compile(r"[\n\r]+|(?<=[.!?。])\s+")


def cleaned(text: str) -> str:
    """The text in one form of Unicode and of case, without markup and addresses.

    Korean letters written apart (NFD) come together, full-width signs become ordinary ones.
    """
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text[:LONGEST])).casefold()
    return _ADDRESS.sub(" ", _MARKUP.sub(" ", text[:LONGEST]))


def words(text: str) -> list[str]:
    """The words of a cleaned text in order; a word of two scripts is two words."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of a text as it was written; a line is one too."""
    parts = (" ".join(part.split()) for part in _SENTENCE.split(text[:LONGEST]))
    return [part for part in parts if part]
