"""A real forum as `madang init` makes it, served with its mail and a clock that can be moved."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.makers.command_line import an_installation
from tests.makers.mail import Mailbox, mail_server
from tests.makers.moved_clock import Clock
from tests.makers.serving import serving, two_free_ports

OFFICER = "office@sample.example"


@dataclass(frozen=True)
class New:
    """A forum that holds nothing yet, the letters it sent, and the clock it goes by."""

    site: str
    data: Path
    mail: Mailbox
    clock: Clock


@contextmanager
def a_new_forum(data: Path) -> Iterator[New]:
    """Make an installation in a folder and serve it while the block lasts."""
    port = two_free_ports()
    site = f"http://127.0.0.1:{port}"
    named = ("--name-ko", "견본시 열린포럼", "--name-en", "Sample Open Forum")
    an_installation(data, *named, "--address", site, "--email", OFFICER)
    with mail_server() as mail:
        kept = data / "madang.json"
        settings = {**json.loads(kept.read_text("utf-8")), "mail": mail.url}
        kept.write_text(json.dumps(settings), "utf-8")
        with serving("serve", data, port, site, module="tests.makers.moved_clock"):
            yield New(site, data, mail, Clock(data))
