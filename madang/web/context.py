"""What every page knows: the forum, the language and its twin, the way about."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from madang.members.sources import Citations
from madang.web import routes

SECTIONS = {
    **dict.fromkeys(("plans", "plan", "commitments", "commitment"), "plans"),
    **dict.fromkeys(
        ("proposals", "proposal", "propose", "find", "moderation", "groups", "group"), "proposals"
    ),
    **dict.fromkeys(("candidates", "candidate"), "proposals"),
    **dict.fromkeys(("forum", "terms", "term"), "forum"),
    **dict.fromkeys(("meetings", "meeting", "ballot"), "meetings"),
    **dict.fromkeys(("agencies", "agency"), "agencies"),
    **dict.fromkeys(("record", "entry"), "record"),
    "data": "data",
}
"""Which word of the head a page stands under."""


def other_language(path: str) -> str:
    """The same page in the other language."""
    if path == "/en" or path.startswith("/en/"):
        return path[3:] or "/"
    return f"/en{path}"


def page(request: HttpRequest) -> dict[str, Any]:
    language = get_language() or "ko"
    path = request.path
    match = request.resolver_match
    return {
        "LANGUAGE": language,
        "forum": request.forum,  # type: ignore[attr-defined]
        "languages": request.forum.languages,  # type: ignore[attr-defined]
        "other_language": other_language(path),
        "site": settings.INSTALLATION.address,
        "neighbour": settings.INSTALLATION.neighbour,
        "practice": settings.INSTALLATION.practice,
        "path": path,
        "here": match.view_name if match else "",
        "today": timezone.localdate(request.at).isoformat(),  # type: ignore[attr-defined]
        "twin_list": routes.TWINNED.get(match.view_name, ()) if match else (),
        "section": SECTIONS.get(match.view_name.split(".")[0], "") if match else "",
        "cited": Citations(request.state),  # type: ignore[attr-defined]
        # The session cookie alone tells whether a page needs to know who reads it.
        "signed_in": settings.SESSION_COOKIE_NAME in request.COOKIES,
    }
