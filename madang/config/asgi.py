"""The application as the web server runs it."""

import os
import re
from collections.abc import Awaitable, Callable
from math import inf
from typing import Any

from asgiref.sync import sync_to_async
from django.core.asgi import get_asgi_application
from django.db import connections
from django.utils.http import parse_header_parameters

from madang.foundation.bodies import BEYOND, MOST_BODY, MOST_SENT, Shortened, most_body

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "madang.config.settings")
_django = get_asgi_application()

Receive = Callable[[], Awaitable[dict[str, Any]]]


async def application(scope: dict[str, Any], receive: Receive, send: Any) -> None:
    """Django, which would read a body of any size before it looks at the request."""
    if scope["type"] == "http":
        scope = {**scope, "headers": list(scope["headers"])}
        most = most_body(scope["path"])
        if most > MOST_BODY and not await sync_to_async(_may_send, thread_sensitive=False)(scope):
            receive = _unread(receive)
        elif short := _form_too_long(scope["headers"], most):
            # What was typed comes on top of the file, as far as a form is read at all.
            receive = _bounded(_shortened(receive, short), scope["headers"], most + 2 * MOST_BODY)
        else:
            receive = _bounded(receive, scope["headers"], most)
    await _django(scope, receive, send)


def _may_send(scope: dict[str, Any]) -> bool:
    from madang.web.middleware import may_send

    try:
        return may_send(scope)
    finally:
        # This thread answers nothing else, so nobody else would close what it opened.
        connections.close_all()


def _unread(receive: Receive) -> Receive:
    """A body that is not read: the page turns its sender away, whatever is in it."""
    given = False

    async def unread() -> dict[str, Any]:
        nonlocal given
        if not given:
            given = True
            return {"type": "http.request", "body": b"", "more_body": False}
        while (message := await receive())["type"] != "http.disconnect":
            pass
        return message

    return unread


def boundary_of(content_type: str) -> str:
    """What stands between the fields of a form with files; empty for any other body."""
    kind, parameters = parse_header_parameters(content_type)
    boundary = parameters.get("boundary", "") if kind == "multipart/form-data" else ""
    return boundary if re.fullmatch(r"[!-~]{1,70}", boundary) else ""


def _announced(headers: list[tuple[bytes, bytes]]) -> float:
    """How long a body says it is, in bytes; what can't be read is longer than anything."""
    length = dict(headers).get(b"content-length", b"0")
    return int(length) if length.isdigit() and len(length) < 16 else inf


def _form_too_long(headers: list[tuple[bytes, bytes]], most: int) -> Shortened | None:
    """How a form with a file far too large is read; it goes on with a length the door lets in."""
    boundary = boundary_of(dict(headers).get(b"content-type", b"").decode("latin-1"))
    if not (boundary and most < _announced(headers) <= MOST_SENT):
        return None
    length = (b"content-length", str(most).encode())
    headers[:] = [one for one in headers if one[0] != b"content-length"] + [length]
    return Shortened(boundary, most + BEYOND)


def _shortened(receive: Receive, short: Shortened) -> Receive:
    """Let go what is beyond of each file, piece by piece."""

    async def shortened() -> dict[str, Any]:
        message = await receive()
        if message["type"] != "http.request":
            return message
        last = not message.get("more_body", False)
        return {**message, "body": short.feed(message.get("body", b""), last=last)}

    return shortened


def _bounded(receive: Receive, headers: list[tuple[bytes, bytes]], most: int) -> Receive:
    """Read at most so many bytes; the door answers 413 for what says it is longer."""
    read = 0
    over = _announced(headers) > most
    ended = False

    async def bounded() -> dict[str, Any]:
        nonlocal read, over, ended
        if over and not ended:
            # The request goes on with no body, and with a length at which the door turns it away.
            headers.append((b"content-length", str(most + 1).encode()))
            ended = True
            return {"type": "http.request", "body": b"", "more_body": False}
        message = await receive()
        while ended and message["type"] != "http.disconnect":
            message = await receive()
        read += len(message.get("body", b""))
        if read > most and not ended:
            over = True
            return await bounded()
        return message

    return bounded
