"""What every request passes through, from the door to the page and back."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache as cache_once
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.functional import SimpleLazyObject

import madang
from madang.foundation.actors import ANONYMOUS, Role
from madang.foundation.bodies import MEGABYTE, most_body
from madang.foundation.refusals import NotAllowed, Refusal
from madang.members.actors import actor_of
from madang.members.forum import forum_at
from madang.record import log
from madang.taskforces.reading import works_in_a_group
from madang.web import routes
from madang.web.pages import errors
from madang.web.typed import words_typed

Handler = Callable[[HttpRequest], HttpResponse]

CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def security_headers(get_response: Handler) -> Handler:
    """The same strict headers on every answer, errors and static files included."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        if response.get("Access-Control-Allow-Origin"):
            response["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.setdefault("Cache-Control", "no-store")
        return response

    return handle


def door(get_response: Handler) -> Handler:
    """Turn away what can't be meant: foreign hosts, NUL, broken UTF-8, bodies beyond all bounds."""

    def handle(request: HttpRequest) -> HttpResponse:
        with translation.override(_language_of(request.path_info)):
            if (problem := _problem(request)) is not None:
                code, status = problem
                most = most_body(request.path_info) // MEGABYTE
                return errors.refused(request, Refusal(code, most=most), status)
        return get_response(request)

    return handle


def static_files(get_response: Handler) -> Handler:
    """Send a static file whole: it is small, and the server would warn of a slow stream."""

    def handle(request: HttpRequest) -> Any:
        response: Any = get_response(request)
        if not (response.streaming and request.path_info.startswith(settings.STATIC_URL)):
            return response
        content = b"".join(response.streaming_content)
        # The file alone: closing the response would say that the request is over.
        if response.file_to_stream:
            response.file_to_stream.close()
        return HttpResponse(content, status=response.status_code, headers=dict(response.headers))

    return handle


def _problem(request: HttpRequest) -> tuple[str, int] | None:
    host = request.META.get("HTTP_HOST", "")
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    if name.lower() not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        return "web.unknown_host", 400
    query = request.META.get("QUERY_STRING", "")
    words = request.path_info + unquote(query)
    if "\x00" in words or "\ufffd" in words:
        return "web.unreadable", 400
    if len(request.path_info) + len(query) > 8000:
        return "web.too_long", 414
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not re.fullmatch(r"[0-9]{1,15}", length) or int(length) > most_body(request.path_info):
        return "web.too_large", 413
    return None


def _language_of(path: str) -> str:
    return "en" if path == "/en" or path.startswith("/en/") else "ko"


def language(get_response: Handler) -> Handler:
    """The language is in the address, nowhere else: Korean plain, English under /en/."""

    def handle(request: HttpRequest) -> HttpResponse:
        found = _language_of(request.path_info)
        with translation.override(found):
            request.LANGUAGE_CODE = found
            if request.path_info == "/en":
                return HttpResponseRedirect("/en/")
            response = get_response(request)
            response.setdefault("Content-Language", found)
        return response

    return handle


def installation(get_response: Handler) -> Handler:
    """The state of the record, the forum, and the moment the request came."""

    def handle(request: Any) -> HttpResponse:
        # A page is kept under the state before it was read. What is sent is kept nowhere, and
        # few of those who take it ask.
        reads = request.method in ("GET", "HEAD")
        request.state = log.state() if reads else SimpleLazyObject(log.state)
        request.forum = SimpleLazyObject(lambda: forum_at(request.state))
        request.at = SimpleLazyObject(lambda: _moment(request))
        return get_response(request)

    return handle


def _moment(request: Any) -> datetime:
    # A moment is read once a request, so that everything in it happens at the same time.
    ahead = request.forum.clock_ahead if settings.INSTALLATION.practice else 0
    return datetime.now(UTC) + timedelta(seconds=ahead)


def public_cache(get_response: Handler) -> Handler:
    """Answer a repeated anonymous visit without making the page again.

    Every public page is a function of the record's size (each act adds an entry), the day, the
    address and the software, so these make its ETag and its key.
    """

    def handle(request: HttpRequest) -> Any:
        if request.method not in ("GET", "HEAD") or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return get_response(request)
        key = _version(request)
        etag = f'"{key}"'
        if request.headers.get("If-None-Match") in (etag, f"W/{etag}"):
            return _public(HttpResponseNotModified(), etag)
        if (kept := cache.get(key)) is not None:
            body, headers = kept
            return _public(HttpResponse(body, headers=headers), etag)
        response = get_response(request)
        if response.status_code != 200 or not getattr(request, "is_public", False):
            return response
        if response.has_header("ETag"):
            # A file is known by its own hash, whatever is done; it is not held in memory.
            return get_conditional_response(request, etag=response["ETag"], response=response)
        _public(response, etag)
        if response.streaming:
            # It is long, and known by its state as any other page; it is not held in memory.
            return response
        cache.set(key, (response.content, dict(response.headers)), timeout=3600)
        return response

    return handle


@cache_once
def _software() -> tuple[str, int, str, str]:
    """What a page is made by: the version, its newest file, and the settings it shows."""
    files = [path for path in Path(madang.__file__).parent.rglob("*") if path.suffix != ".pyc"]
    newest = max(int(path.stat().st_mtime) for path in files)
    return (
        madang.__version__,
        newest,
        settings.INSTALLATION.address,
        settings.INSTALLATION.neighbour,
    )


def _version(request: Any) -> str:
    day = timezone.localdate(request.at)
    parts = (_software(), request.state, day, request.get_full_path())
    return hashlib.blake2s(repr(parts).encode(), digest_size=16).hexdigest()


def _public(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"
    response["Vary"] = "Cookie"
    return response


def actor(get_response: Handler) -> Handler:
    """Who is asking, with roles and seats; read when first asked for."""

    def handle(request: Any) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))
        return get_response(request)

    return handle


def _actor(request: Any) -> Any:
    if isinstance(request.user, AnonymousUser) or not request.user.is_authenticated:
        return ANONYMOUS
    who = actor_of(request.user, on=timezone.localdate(request.at).isoformat())
    # Whoever works in a group need not have a seat in the forum.
    if who.roles <= {Role.ANONYMOUS} and who.name and works_in_a_group(who.name):
        return replace(who, roles=frozenset({Role.ANONYMOUS, Role.GROUP_MEMBER}))
    return who


def may_send(scope: dict[str, Any]) -> bool:
    """Whether whoever sends a form to an address may send one there, asked before it is read.

    The session alone is asked; that the form is ours is asked once it is read.
    """
    request: Any = ASGIRequest(scope, BytesIO())
    with translation.override(_language_of(request.path_info)):
        try:
            declared = routes.ROUTES.get(resolve(request.path_info).view_name, {})
        except Resolver404:
            return False
    roles = declared.get(request.method, frozenset())
    if Role.ANONYMOUS in roles:
        return True
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not roles or not key:
        return False
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    request.user = get_user(request)
    request.forum = forum_at(log.state())
    request.at = _moment(request)
    return bool(roles & _actor(request).roles)


class access:
    """The role × method table at work: what is not declared is not open.

    Also turns every refusal into its sentence.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        declared = routes.ROUTES.get(request.resolver_match.view_name)
        if declared is None:
            return errors.refused(request, NotAllowed("web.undeclared_route"), 403)
        method = "GET" if request.method == "HEAD" else request.method
        if method not in declared:
            response = errors.refused(request, Refusal("web.wrong_method"), 405)
            response["Allow"] = ", ".join(sorted(declared))
            return response
        roles = declared[method]
        if Role.ANONYMOUS in roles:
            request.is_public = routes.is_public(request.resolver_match.view_name)
            return None
        if request.actor.account is None:
            return errors.signed_out(request)
        if not request.actor.roles - {Role.ANONYMOUS}:
            # The door leads whoever is signed in back here, and so round and round for ever.
            return errors.refused(request, NotAllowed("web.no_seat_now"), 403)
        if not roles & request.actor.roles:
            return errors.refused(request, NotAllowed("web.not_your_page"), 403)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refusal):
            # It came past the guard against foreign forms, so these are the reader's own words.
            return errors.refused(request, error, error.status, typed=words_typed(request))
        return None
