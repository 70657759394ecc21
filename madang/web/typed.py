"""What people typed into a form, and when it came."""

import unicodedata
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from madang.foundation.refusals import NotFound, NotValid

LONG = 10
"""From how many characters on what was typed is given back on a page that has no form for it."""


def typed(request: HttpRequest, name: str, most: int = 2000) -> str:
    """What was typed into a field: composed (NFC), trimmed, and empty where there was none.

    Raises NotValid: web.unreadable, for a NUL, which no database keeps; web.too_much, beyond
    `most` characters.
    """
    value = unicodedata.normalize("NFC", request.POST.get(name, "")).strip()
    if "\x00" in value:
        raise NotValid("web.unreadable")
    if len(value) > most:
        raise NotValid("web.too_much", most=most)
    return value


def words_typed(request: HttpRequest) -> list[str]:
    """The texts in a form that can't be taken any more, to be shown again and copied.

    What a page put there itself, a number, a key or a digest, has neither a space nor a letter
    beyond ASCII.
    """
    every = (one for name in request.POST for one in request.POST.getlist(name))
    found = (one.replace("\x00", "").strip() for one in every)
    return [one for one in found if len(one) >= LONG and (" " in one or not one.isascii())]


def own_form(request: HttpRequest) -> bool:
    """Whether the browser says that what it sent was a form of this site.

    It is asked before the guard against foreign forms has spoken, or after it has refused: words
    put into a form elsewhere are never shown here as the reader's own.
    """
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def moment_of(request: HttpRequest) -> datetime:
    """The moment of the request, as the plain value that acts and tables take."""
    at: datetime = request.at  # type: ignore[attr-defined]
    return at.astimezone(UTC)


def way_on(given: str) -> str:
    """Where to go after signing in: an address of this site, else the desk.

    An address that leads elsewhere is ignored, so that no link to us ends with a stranger.
    """
    here = given.startswith("/") and url_has_allowed_host_and_scheme(given, allowed_hosts=None)
    return given if here else reverse("desk")


def practice_only(request: HttpRequest) -> None:
    """Stand at the door of what a practice forum alone has.

    The settings and the forum itself must both say so: neither alone opens a real forum.

    Raises NotFound: web.practice_only.
    """
    if not (settings.INSTALLATION.practice and request.forum.practice):  # type: ignore[attr-defined]
        raise NotFound("web.practice_only")
