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
}


@pytest.mark.parametrize(("path", "most"), MOST.items(), ids=list(MOST))
def test_how_much_is_read_where(path: str, most: int) -> None:
    assert most_body(path) == most * MEGABYTE


def asked(path: str, key: str = "", method: str = "POST") -> bool:
    cookie = f"{settings.SESSION_COOKIE_NAME}={key}".encode()
    return may_send(
        {"type": "http", "method": method, "path": path, "headers": [(b"cookie", cookie)]}
    )


LISTS = ("/desk/proposals/import/", "/en/desk/replies/sheets/", "/desk/proposals/new/")


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
