"""What comes along with a text that was pasted, and is no part of what people read.

Word processors and web pages leave characters in a text that nobody sees. A text that is compared,
voted on and hashed must not hold any.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Left(StrEnum):
    """What was found in a pasted text."""

    INVISIBLE = "invisible"
    BREAKS = "breaks"
    SPACES = "spaces"
    DIRECTION = "direction"


BREAKS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""Line and page breaks other than a line's end."""
SPACES = "\xa0\u2007\u202f\u3164\uffa0"
"""Spaces that hold words together, as word processors put them, and letters that show as a blank."""
BULLETS = "\uf0b7\uf0a7\uf0d8\uf0fc"
"""Bullets of symbol faces, which no other machine shows."""
DIRECTION = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""What turns the reading direction, so that a text reads otherwise than it is kept."""
UNSEEN = ("Cc", "Cf", "Co", "Cs")
"""The kinds of signs that show nothing, or nothing on another machine. Source: Unicode 15, 4.5."""
JOINERS = "\u200c\u200d"
"""What joins letters of some scripts, and parts of a picture character; idle between others."""


@dataclass(frozen=True)
class Tidied:
    """A text without them, and how many of each were taken out."""

    text: str
    left: dict[Left, int]


def tidied(text: str) -> Tidied:
    """The text as people read it: breaks are line ends, spaces are spaces, the unseen is gone."""
    found: list[str] = []
    left: dict[Left, int] = {}

    def instead(what: Left, sign: str) -> None:
        left[what] = left.get(what, 0) + 1
        found.append(sign)

    for place, sign in enumerate(text):
        if sign in "\n\t" or " " <= sign <= "~":
            found.append(sign)
        elif sign in BREAKS:
            instead(Left.BREAKS, "\n")
        elif sign in SPACES:
            instead(Left.SPACES, " ")
        elif sign in DIRECTION:
            instead(Left.DIRECTION, "")
        elif sign in BULLETS:
            instead(Left.INVISIBLE, "•")
        elif unicodedata.category(sign) in UNSEEN and not (sign in JOINERS and _joins(text, place)):
            instead(Left.INVISIBLE, "")
        else:
            found.append(sign)
    return Tidied("".join(found), left)


def _joins(text: str, place: int) -> bool:
    """Whether a joiner follows a sign that stays, and one of those beside it needs it.

    What is itself taken out, or is a space, is beside nothing: tidied again, a text stays as it is.
    """
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return _is_seen(before) and (_needs_one(before) or _needs_one(after))


def _is_seen(sign: str) -> bool:
    if not sign or sign in SPACES:
        return False
    kind = unicodedata.category(sign)
    return kind not in UNSEEN and not kind.startswith("Z")


def _needs_one(sign: str) -> bool:
    plain = sign.isascii() or unicodedata.name(sign, "").startswith(("HANGUL", "CJK"))
    return _is_seen(sign) and not plain
