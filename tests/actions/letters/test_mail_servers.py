"""A mail server that refuses, hangs or dies: whoever proposes something does not notice."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from madang.calls.models import Call
from madang.letters.models import Letter, LetterStatus
from madang.letters.outbox import send_due
from madang.members.models import Forum
from madang.record import log
from madang.record.guard import writing
from madang.web import middleware
from tests.makers.calls import DURING, TEXT, TITLE, an_open_call
from tests.makers.mail import mail_server
from tests.makers.readers import Reader
from tests.pages.reading import Page

Server = Callable[[socket.socket], None]


def refuses(line: socket.socket) -> None:
    line.sendall(b"554 not you\r\n")


def hangs(line: socket.socket) -> None:
    line.settimeout(5)
    line.recv(1)


def dies(line: socket.socket) -> None:
    line.sendall(b"220 here\r\n")
    line.recv(100)


def dies_in_a_letter(line: socket.socket) -> None:
    line.sendall(b"220 here\r\n")
    for _command in range(3):
        line.recv(1000)
        line.sendall(b"250 ok\r\n")
    line.recv(1000)
    line.sendall(b"354 go on\r\n")
    line.recv(10)


@pytest.fixture
def call(practice_forum: Any, monkeypatch: Any, settings: Any) -> Call:
    """An open call of a forum that sends mail."""
    monkeypatch.setattr(middleware, "_moment", lambda request: DURING)
    found = an_open_call()
    with writing():
        Forum.objects.update(practice=False)
    settings.INSTALLATION = replace(settings.INSTALLATION, practice=False)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 0.3
    settings.MAIL = "smtp://127.0.0.1"
    return found


@pytest.fixture
def served(settings: Any) -> Iterator[Callable[[Server], None]]:
    """A mail server that treats each who comes to it in a way of its own."""
    listening = socket.create_server(("127.0.0.1", 0))
    settings.EMAIL_PORT = listening.getsockname()[1]

    def start(server: Server) -> None:
        def serve() -> None:
            while True:
                try:
                    line, _from = listening.accept()
                except OSError:
                    return
                with line:
                    try:
                        server(line)
                    except OSError:
                        continue

        threading.Thread(target=serve, daemon=True).start()

    yield start
    listening.close()


def proposed(call: Call) -> Letter:
    """Somebody proposes, from the form to the receipt; the letter that confirms it."""
    reader, base = Reader("ko"), f"/plans/{call.plan.number}/proposals/new/"
    typed = {"title": TITLE, "text": TEXT, "email": "citizen@example.kr", "agreed": "yes"}
    token = {"t": reader.post(base, typed)["Location"].rpartition("t=")[2]}
    assert reader.post(f"{base}check/", token).status_code == 302
    mailed = re.search(r"^ +(\d{6})$", Letter.objects.get(kind="proposal.code").body, re.MULTILINE)
    assert mailed
    code = mailed[1]
    done = reader.post(f"{base}code/", {**token, "step": "send", "code": code})
    assert done.status_code == 302
    assert Page(reader.get(done["Location"])).one("strong", class_="big").text.endswith("-0001")
    assert log.said(log.entries()[0])["t"] == "proposal.received"
    return Letter.objects.get(kind="proposal.received")


@pytest.mark.parametrize("server", [refuses, hangs, dies, dies_in_a_letter])
def test_whatever_a_mail_server_does_the_proposal_is_in_and_its_letter_waits(
    server: Server, call: Call, served: Any
) -> None:
    served(server)
    letter = proposed(call)

    assert send_due(letter.written_at) == 0

    letter.refresh_from_db()
    assert letter.status == LetterStatus.WAITING and letter.body
    # It is the server's trouble and not a letter's: one was tried, and says what was wrong.
    tried = Letter.objects.exclude(problem="").get()
    assert tried.next_try_at > tried.written_at


def test_a_server_that_is_not_there_is_no_other_matter(call: Call) -> None:
    letter = proposed(call)

    assert send_due(letter.written_at) == 0

    letter.refresh_from_db()
    assert letter.status == LetterStatus.WAITING


def test_once_the_server_is_well_again_every_letter_leaves(
    call: Call, served: Any, settings: Any
) -> None:
    served(dies)
    letter = proposed(call)
    send_due(letter.written_at)
    with mail_server() as mailbox:
        settings.EMAIL_PORT = int(mailbox.url.rpartition(":")[2])
        later = Letter.objects.order_by("-next_try_at")[0].next_try_at

        assert send_due(later) == 2

    letter.refresh_from_db()
    assert letter.status == LetterStatus.SENT
