"""Personal data in what people write: found before it is public, by its shape alone."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

RESIDENT, TELEPHONE, EMAIL = "resident", "telephone", "email"
_RESIDENT = re.compile(r"(?<![0-9])([0-9]{6})(\s?[-–—‐‑−~.]\s?|\s?)([0-9]{7})(?![0-9])")
_TELEPHONE = re.compile(
    r"(?<![0-9])(?:\+?82[-.\s)]{0,2})?(?:"
    r"0?1[016789][-.\s)]{0,2}[0-9]{3,4}[-.\s]{0,2}[0-9]{4}"
    r"|0(?:2|[3-6][0-9])[-.\s)]{1,2}[0-9]{3,4}[-.\s]{1,2}[0-9]{4}"
    r")(?![0-9])"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}\s?@\s?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])
_CENTURIES = {
    "1": 1900,
    "2": 1900,
    "3": 2000,
    "4": 2000,
    "5": 1900,
    "6": 1900,
    "7": 2000,
    "8": 2000,
}
_UNBORN = 2050
"""Nobody with a number is born in this year or later; thirteen digits that say so are another's."""
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


@dataclass(frozen=True)
class Found:
    """Something in a text that looks like personal data: its kind, and the words themselves."""

    kind: str
    words: str


def personal_data(*texts: str) -> list[Found]:
    """What looks like a resident number, a telephone number or an e-mail address.

    A resident number is known by a date of birth and the digit after it; where no dash parts the
    two halves, its check digit must be right too, for thirteen digits may be anything. Numbers
    given since October 2020 have no check digit, so with a dash none is asked for.
    """
    found: list[Found] = []
    for text in texts:
        # Full-width digits and invisible characters hide a number from a program, not from people.
        plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
        numbers = list(_residents(plain))
        for number in numbers:
            plain = plain.replace(number.words, " ")
        found += numbers
        found += [Found(EMAIL, match.group()) for match in _EMAIL.finditer(plain)]
        found += [Found(TELEPHONE, match.group()) for match in _TELEPHONE.finditer(plain)]
    return found


def holds_resident_number(*texts: str) -> bool:
    """Whether a text holds what looks like a resident number."""
    return any(one.kind == RESIDENT for one in personal_data(*texts))


def _residents(text: str) -> Iterator[Found]:
    for match in _RESIDENT.finditer(text):
        front, dash, back = match.groups()
        if _is_birthday(front, back[0]) and (dash.strip() or _checks(front + back)):
            yield Found(RESIDENT, match.group())


def _is_birthday(front: str, digit: str) -> bool:
    if digit not in _CENTURIES:
        return False
    year = _CENTURIES[digit] + int(front[:2])
    try:
        date(year, int(front[2:4]), int(front[4:]))
    except ValueError:
        return False
    return year < _UNBORN


def _checks(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    residue = 13 if digits[6] in "5678" else 11
    return (residue - total % 11) % 10 == int(digits[12])
