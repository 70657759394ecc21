"""A mail server that keeps what it is given, as the mailboxes of everyone at once."""

import re
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

PATIENCE = 30
"""How long, in seconds, a letter may take to come."""


class Mailbox:
    """Every letter that came, in the order in which it came."""

    def __init__(self, port: int) -> None:
        self.url = f"smtp://127.0.0.1:{port}"
        self.letters: list[EmailMessage] = []

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters if letter["To"] == address]

    def wait_for(self, address: str, pattern: str, *, after: int = 0) -> str:
        """The first group of a pattern in the newest letter to an address, once it is there.

        `after` is how many letters the address had before.
        """
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for letter in reversed(self.to(address)[after:]):
                if found := re.search(pattern, letter.get_content(), re.MULTILINE):
                    return found[1]
            time.sleep(0.05)
        raise AssertionError(f"no letter with {pattern} came to {address}")


class _Handler(socketserver.StreamRequestHandler):
    """As much of SMTP as a sender needs."""

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            match line[:4].upper().strip():
                case b"EHLO" | b"HELO" | b"MAIL" | b"RCPT" | b"RSET" | b"NOOP":
                    self._say("250 ok")
                case b"DATA":
                    self._say("354 go on")
                    self._take()
                    self._say("250 kept")
                case b"QUIT":
                    return self._say("221 bye")
                case _:
                    self._say("502 what")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        cast("_Server", self.server).mailbox.letters.append(cast(EmailMessage, letter))


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    mailbox: Mailbox


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Take mail while the block lasts."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.mailbox = Mailbox(server.server_address[1])
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.mailbox
        finally:
            server.shutdown()
