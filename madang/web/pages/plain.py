"""Addresses without a language, for programs."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static

from madang.record import log

PRIVATE = ("/signin/", "/in/", "/desk/", "/practice/")


def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the server and its database answer."""
    log.state()
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: all that is public, and nothing that is invented."""
    closed = (
        ("/",)
        if settings.INSTALLATION.practice
        else (*PRIVATE, *(f"/en{path}" for path in PRIVATE))
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def favicon(request: HttpRequest) -> HttpResponse:
    """The address browsers ask for unasked."""
    return HttpResponseRedirect(static("favicon.svg"))
