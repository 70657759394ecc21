"""Large bodies are read where they may come, and from those who may send them; never elsewhere."""

import asyncio
from typing import Any

import pytest
from django.conf import settings

from madang.foundation.actors import Role
from madang.foundation.bodies import MEGABYTE, most_body
from madang.web.middleware import may_send
from tests.makers.readers import a_signed_in_client

MOST = {
    "/signin/": 2,
    "/desk/proposals/": 2,
    "/desk/proposals/import/": 33,
    "/en/desk/proposals/import/": 33,
    "/desk/replies/sheets/": 33,
    "/en/desk/proposals/new/": 24,
    "/plans/5/proposals/new/": 24,
    "/en/plans/5/proposals/new/": 24,
    "/plans/5/proposals/new/code/": 2,
    "/plans/0/proposals/new/": 2,
    "/x/plans/5/proposals/new/": 2,
    "/u/token/": 24,
    "/desk/ballots/7/paper/": 24,
    "/en/desk/publish/5/paper/": 24,
    "/desk/plans/5/changes/1/paper/": 24,
    "/desk/ballots/7/": 2,
}


@pytest.mark.parametrize(("path", "most"), MOST.items(), ids=list(MOST))
def test_how_much_is_read_where(path: str, most: int) -> None:
    assert most_body(path) == most * MEGABYTE


def asked(path: str, key: str = "", method: str = "POST") -> bool:
    cookie = f"{settings.SESSION_COOKIE_NAME}={key}".encode()
    return may_send(
        {"type": "http", "method": method, "path": path, "headers": [(b"cookie", cookie)]}
    )


LISTS = (
    "/desk/proposals/import/",
    "/en/desk/replies/sheets/",
    "/desk/proposals/new/",
    "/desk/ballots/7/paper/",
)


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_read_from_the_secretariat_alone(practice_forum: Any, path: str) -> None:
    keys = {
        role: a_signed_in_client(role).cookies[settings.SESSION_COOKIE_NAME].value
        for role in (Role.SECRETARIAT, Role.MEMBER, Role.CO_CHAIR)
    }

    assert asked(path, keys[Role.SECRETARIAT])
    assert not asked(path, keys[Role.MEMBER]) and not asked(path, keys[Role.CO_CHAIR])
    assert not asked(path) and not asked(path, "no-such-session")
    assert not asked(path, keys[Role.SECRETARIAT], method="PUT")
    assert not asked("/nowhere/", keys[Role.SECRETARIAT])


def test_the_form_for_everyone_is_read_from_everyone(practice_forum: Any) -> None:
    assert asked("/plans/5/proposals/new/") and asked("/en/plans/5/proposals/new/")


def test_what_is_not_read_is_let_go_piece_by_piece() -> None:
    from madang.config.asgi import _unread

    pieces = [{"type": "http.request", "body": b"x" * 999, "more_body": True}] * 3
    waiting = [*pieces, {"type": "http.disconnect"}]

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def read() -> list[dict[str, Any]]:
        unread = _unread(receive)
        return [await unread(), await unread()]

    body, end = asyncio.run(read())

    assert body == {"type": "http.request", "body": b"", "more_body": False}
    assert end["type"] == "http.disconnect" and waiting == []


def through(body: bytes, path: str = "/u/token/", pieces: int = 7) -> tuple[int, int]:
    """The length that Django is told, and how much of a form comes to it."""
    from madang.config import asgi

    size = -(-len(body) // pieces)
    waiting = [
        {"type": "http.request", "body": body[at : at + size], "more_body": at + size < len(body)}
        for at in range(0, len(body), size)
    ]
    told = []

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def django(scope: dict[str, Any], receive: Any, send: Any) -> None:
        read = 0
        while (message := await receive()).get("more_body"):
            read += len(message["body"])
        lengths = [value for name, value in scope["headers"] if name == b"content-length"]
        told.append((int(lengths[-1]), read + len(message["body"])))

    headers = [
        (b"content-type", b"multipart/form-data; boundary=xyz"),
        (b"content-length", b"%d" % len(body)),
    ]
    scope = {"type": "http", "method": "POST", "path": path, "headers": headers}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asgi, "_django", django)
        patch.setattr(asgi, "_may_send", lambda scope: True)
        asyncio.run(asgi.application(scope, receive, None))
    return told[0]


def a_form(*sizes: int) -> bytes:
    return b"--xyz" + b"".join(b"\r\n" + b"x" * size + b"\r\n--xyz" for size in sizes) + b"--\r\n"


def test_of_a_file_far_too_large_the_beginning_comes_in() -> None:
    length, read = through(a_form(9, 100 * MEGABYTE, 9))

    # The door lets it in, and the page sees that the file is larger than it may be.
    assert length == 24 * MEGABYTE < read < 25 * MEGABYTE


def test_a_form_that_is_not_too_long_comes_in_as_it_is() -> None:
    body = a_form(9, 12 * MEGABYTE)

    assert through(body) == (len(body), len(body))


@pytest.mark.parametrize("sizes", [(60 * MEGABYTE,) * 2, (300 * MEGABYTE,)], ids=["two", "one"])
def test_what_would_still_be_too_long_is_turned_away(sizes: tuple[int, ...]) -> None:
    length, read = through(a_form(*sizes))

    assert length > most_body("/u/token/") and read < 29 * MEGABYTE


@pytest.mark.parametrize(
    ("content_type", "boundary"),
    [
        ("multipart/form-data; boundary=----WebKitFormBoundaryabc", "----WebKitFormBoundaryabc"),
        ("multipart/form-data; boundary=" + "a" * 71, ""),
        ("multipart/form-data", ""),
        ("multipart/form-data; boundary=é", ""),
        ("application/x-www-form-urlencoded", ""),
        ("", ""),
    ],
)
def test_only_a_form_with_files_has_something_between_its_fields(
    content_type: str, boundary: str
) -> None:
    from madang.config.asgi import boundary_of

    assert boundary_of(content_type) == boundary
