"""Ask for a page in this process, through the middleware, without a network or a client."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.db import reset_queries
from django.test import RequestFactory, override_settings


def handler(without: str = "") -> BaseHandler:
    """Django's handler with our middleware, or with all of it but one."""
    made = BaseHandler()
    with override_settings(MIDDLEWARE=[name for name in settings.MIDDLEWARE if name != without]):
        made.load_middleware()
    return made


_BROWSER = RequestFactory(headers={"host": "127.0.0.1:8000"})


def asked(address: str) -> Any:
    """A request for an address, as a browser's."""
    return _BROWSER.get(address)


def ask(made: BaseHandler, address: str, *, etag: bool = False) -> Callable[[], Any]:
    """A call that asks for an address; with `etag`, as a browser that has the page already."""
    headers: dict[str, str] = {}
    if etag:
        headers["If-None-Match"] = made.get_response(asked(address))["ETag"]

    def call() -> Any:
        response = made.get_response(_BROWSER.get(address, headers=headers))
        assert response.status_code == (304 if etag else 200), response.status_code
        reset_queries()
        return response.content

    return call
