"""Personal data in what people write: found before it is public, by its shape alone."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

RESIDENT, TELEPHONE, EMAIL = "resident", "telephone", "email"
_RESIDENT = re.compile(r"(?<![0-9])([0-9]{6})(\s?[-–—‐‑−~.]\s?|\s?)([0-9]{7})(?![0-9])")
# What people put between the parts of a number: every dash there is, and the Korean vowel that
# looks like one.
_DASH = "-‐‑‒–—―−ー\u1173\u3161"
_PART = rf"[{_DASH}.·/_\s]"
_MONEY = r"\s?(?:만\s?|천\s?|억\s?)?(?:원|명|건|년|개소)"
_TELEPHONE = re.compile(
    # A mobile number, its 0 left out where the dashes are plain.
    rf"(?<![0-9])(?:\+?82(?:{_PART}|[()]){{0,2}})?01[016789](?:{_PART}|\)){{0,2}}"
    rf"[0-9]{{3,4}}{_PART}{{0,2}}[0-9]{{4}}(?![0-9])"
    r"|(?<![0-9])(?:\+?82[-.\s)]{0,2})?1[016789][-.\s)]{0,2}[0-9]{3,4}[-.\s]{0,2}[0-9]{4}(?![0-9])"
    # Of a place, of the net (070), of a company that pays (080), or a number for life (050).
    rf"|(?<![0-9])0(?:2|[3-6][0-9]|[78]0|50[0-9])(?:{_PART}|\)){{1,2}}"
    rf"[0-9]{{3,4}}{_PART}{{1,2}}[0-9]{{4}}(?![0-9])"
    # The same without a dash between its last parts, or with none at all; not inside a hash, nor
    # behind a decimal point.
    rf"|(?<![0-9A-Fa-f])(?<![0-9]\.)0(?:2|[3-6][0-9]|[78]0|50[0-9])(?:[{_DASH})]\s?)?"
    r"[0-9]{7,8}(?![0-9A-Fa-f])"
    # From abroad; a plain 82 may be a count, so it says so by a dash.
    rf"|(?<![0-9])(?:\+82|82[{_DASH}])(?:{_PART}|[()]){{0,2}}(?:0\)?{_PART}?)?"
    rf"(?:2|[3-6][0-9]|[78]0|50[0-9])(?:{_PART}|\)){{0,2}}[0-9]{{3,4}}{_PART}{{0,2}}[0-9]{{4}}(?![0-9])"
    # Of a company, in two parts of four: neither from one year to another, nor from a sum to a sum.
    rf"|(?<![0-9,₩$])(?<![0-9][{_DASH}])1(?:5[2-9]|6[04-8]|8[0-9])[0-9]\s?[{_DASH}]\s?"
    rf"(?!(?:1[5-9]|20)[0-9]{{2}})[0-9]{{4}}(?![0-9]|[{_DASH},][0-9]|{_MONEY})"
)
_EMAIL = re.compile(
    r"[A-Za-z0-9._%+-]{1,64}\s?@\s?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
    # In Korean letters; what follows its last part may be a particle.
    r"|[\w.%+-]{1,64}@(?:[\w-]{1,63}\.){1,4}(?:[A-Za-z]{2,63}|한국)"
)
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
