"""E-mail addresses as people type them: what is missing, and what was probably meant."""

import re

from madang.foundation.refusals import NotValid

LONGEST = 254
KNOWN = (
    "gmail.com",
    "naver.com",
    "daum.net",
    "hanmail.net",
    "kakao.com",
    "nate.com",
    "korea.kr",
    "outlook.com",
    "hotmail.com",
    "icloud.com",
    "yahoo.com",
)
"""Where most addresses in Korea are; a name that differs in one stroke was probably meant so."""
ALSO_REAL = frozenset({"mail.com", "email.com", "ymail.com", "naver.net", "yahoo.co", "nate.net"})
_SHAPE = re.compile(r"[^@\s<>()\[\],;:\\\"]+@[^@\s<>()\[\],;:\\\"]+\.[^@\s.]{2,}")


def check_email(address: str) -> None:
    """Raises NotValid: calls.email_missing, calls.email_no_at, calls.email_shape."""
    if not address:
        raise NotValid("calls.email_missing", field="email")
    if "@" not in address:
        raise NotValid("calls.email_no_at", field="email")
    bad_dots = ".." in address or address.startswith(".") or ".@" in address or "@." in address
    if len(address) > LONGEST or bad_dots or not _SHAPE.fullmatch(address):
        raise NotValid("calls.email_shape", field="email")


def probably_meant(address: str) -> str:
    """The address with its domain as it was probably meant; empty where nothing seems wrong."""
    name, _at, domain = address.rpartition("@")
    if not name or domain in KNOWN or domain in ALSO_REAL:
        return ""
    near = [known for known in KNOWN if _one_stroke_apart(domain, known)]
    return f"{name}@{near[0]}" if near else ""


def _one_stroke_apart(typed: str, known: str) -> bool:
    """Whether one letter was added, left out, exchanged, or swapped with its neighbour."""
    if abs(len(typed) - len(known)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(typed, known, strict=False)) if a != b), None)
    if start is None:
        return len(typed) != len(known)
    a, b = typed[start:], known[start:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped
