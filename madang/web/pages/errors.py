"""Pages for what went wrong: a sentence in the reader's language, and a way on."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from madang.foundation.answers import is_twin, json_answer
from madang.foundation.refusals import NotAllowed, Refusal
from madang.web.context import page
from madang.web.nearest import nearest
from madang.web.routes import ROUTES
from madang.web.sentences import sentence
from madang.web.typed import own_form, words_typed


def refused(
    request: HttpRequest, refusal: Refusal, status: int, *, typed: Sequence[str] = ()
) -> HttpResponse:
    """A refusal as a page, or as JSON where a program asked. The page gives back what was typed."""
    words = sentence(refusal)
    if is_twin(request):
        facts = {key: value for key, value in refusal.facts.items() if key != "nearest"}
        return json_answer(
            {"error": refusal.code, "message": words, **facts, "docs": "/data/"}, status
        )
    return _page(request, status, words, **{**refusal.facts, "typed": typed})


def _page(request: HttpRequest, status: int, words: str, **facts: Any) -> HttpResponse:
    language = getattr(request, "LANGUAGE_CODE", None) or _language(request)
    said = {"status": status, "sentence": words, "nearest": facts.get("nearest", [])}
    said["typed"] = facts.get("typed", ())
    try:
        # What is not here has no twin in the other language: the switch leads to its first page.
        context = {**page(request), **said, "other_language": "/" if language == "en" else "/en/"}
        context |= _leaving(request) if status == 403 else {}
        body = render_to_string("web/refused.html", context)
    except (AttributeError, DatabaseError, NoReverseMatch):
        # At the door nothing of the forum was read yet, or it can't be read: then without its head.
        body = render_to_string("web/error.html", {**said, "LANGUAGE": language})
    return HttpResponse(body, status=status)


def _leaving(request: HttpRequest) -> dict[str, Any]:
    """The way to come back as somebody else, for one who is signed in."""
    if request.actor.account is None:  # type: ignore[attr-defined]
        return {}
    return {"csrf_token": get_token(request), "again": _has_page(request)}


def _language(request: HttpRequest) -> str:
    return "en" if request.path_info.startswith("/en") else "ko"


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page; the nearest that exist are named."""
    facts = {"nearest": nearest(request.path_info)}
    return refused(request, Refusal("web.not_found", **facts), 404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused(request, Refusal("web.unreadable"), 400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused(request, Refusal("web.not_your_page"), 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that does not come from our own page, or whose page is too old.

    Where it was a page of ours, what was typed comes back, and the way to open the form anew.
    """
    if not own_form(request):
        return refused(request, Refusal("web.stale_form"), 403)
    again = [request.path] if _has_page(request) else nearest(request.path_info)
    refusal = NotAllowed("web.stale_form", nearest=again)
    return refused(request, refusal, 403, typed=words_typed(request))


def _has_page(request: HttpRequest) -> bool:
    """Whether the address of a form is a page as well, and not a button's alone."""
    match = request.resolver_match
    return match is not None and "GET" in ROUTES.get(match.view_name, ())


def signed_out(request: HttpRequest) -> HttpResponse:
    """The page is for those who are signed in: the way there, with what was typed meanwhile."""
    door = reverse("signin") + (f"?next={quote(request.path)}" if _has_page(request) else "")
    words = words_typed(request) if request.method == "POST" and own_form(request) else ()
    if not words:
        return HttpResponseRedirect(door)
    return refused(request, NotAllowed("web.signed_out", nearest=[door]), 403, typed=words)


def our_fault(request: HttpRequest) -> HttpResponse:
    """Something broke on our side. The page needs nothing that may be broken."""
    title = _("Something went wrong on our side.")
    body = render_to_string("web/500.html", {"title": title, "LANGUAGE": _language(request)})
    return HttpResponse(body, status=500)
