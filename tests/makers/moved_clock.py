"""A real forum served by a clock that a test moves.

Nobody can move a real forum's clock, and nothing in Madang can. So the server runs here with the
two places that read the machine's clock reading another one, which is as far ahead as a file in
the installation's folder says.
"""

import os
import sys
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

FILE = "ahead.txt"
TICK = 0.3
"""Seconds between two looks of the worker, so that a test need not wait for it."""


class Clock:
    """The clock of an installation, as a test moves it."""

    def __init__(self, data: Path) -> None:
        self.file = data / FILE

    @property
    def ahead(self) -> timedelta:
        return timedelta(seconds=float(self.file.read_text()) if self.file.exists() else 0)

    def now(self, zone: tzinfo) -> datetime:
        return datetime.now(zone) + self.ahead

    def move_to(self, moment: datetime) -> None:
        """Go on to a moment; a clock never goes back."""
        ahead = moment - datetime.now(moment.tzinfo)
        assert ahead >= self.ahead
        new = self.file.with_suffix(".new")
        new.write_text(str(ahead.total_seconds()))
        new.replace(self.file)


class Moved(datetime):
    """Stands for `datetime` where the moment is read."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        return datetime.now(tz) + Clock(Path(os.environ["MADANG_DATA"])).ahead


def _install() -> None:
    from madang.web import middleware, timer

    middleware.datetime = timer.datetime = Moved  # type: ignore[attr-defined]


def make_application() -> Any:
    """The application as `madang serve` runs it, by the moved clock."""
    from madang.config.asgi import application

    _install()
    return application


def _work() -> None:
    from madang.config.cli import start_django
    from madang.config.commands import worker
    from madang.config.installation import current_installation

    start_django(current_installation().data)
    _install()
    worker.EVERY = TICK
    worker._work()


def _serve(data: Path, port: int) -> int:
    """What `madang serve` does, with our application and our worker in the place of its own."""
    from madang.config.commands.serve import Supervisor, children, prepare

    prepare(data)
    (web, environment), _worker = children(data, "127.0.0.1", port)
    web = [*web[:-1], "--factory", f"{__spec__.name}:make_application"]
    worker = [sys.executable, "-m", __spec__.name, "worker"]
    return Supervisor([(web, environment), (worker, environment)]).run()


if __name__ == "__main__":
    if sys.argv[1] == "worker":
        _work()
    else:
        sys.exit(_serve(Path(sys.argv[3]), int(sys.argv[5])))
