"""`madang serve`: the web server and the worker, as children of one supervisor."""

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from madang.config.commands import (
    SubCommand,
    at_least_one,
    complain,
    port,
    see_that_it_is_free,
    tell,
)

PATIENCE = 10
"""How long, in seconds, a child may take to stop before it is ended."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=port, help="default: the port of the public address")
    parser.add_argument("--workers", type=at_least_one, default=1, help="web processes")


def _run(given: argparse.Namespace) -> int:
    from madang.config.installation import read_installation

    installation = read_installation(given.data)
    if not installation.exists:
        return complain(f"There is no installation in {given.data}. Make one: madang init.")
    at = given.port or urlsplit(installation.address).port or 8000
    see_that_it_is_free(given.host, at)
    prepare(given.data)
    tell(f"Serving {installation.address} (Ctrl+C stops)")
    return Supervisor(children(given.data, given.host, at, given.workers)).run()


def prepare(data: Path) -> None:
    """Bring the tables and the static files of an installation to this version."""
    environment = {**os.environ, "MADANG_DATA": str(data.absolute())}
    subprocess.run(
        [sys.executable, "-m", "madang.config.commands.prepare"], env=environment, check=True
    )


def children(
    data: Path, host: str, port: int, workers: int = 1
) -> list[tuple[list[str], dict[str, str]]]:
    """The processes of one installation: its web server and its worker."""
    environment = {
        **os.environ,
        "MADANG_DATA": str(data.absolute()),
        "DJANGO_SETTINGS_MODULE": "madang.config.settings",
    }
    web = [sys.executable, "-m", "granian", "--interface", "asginl", "--host", host]
    web += ["--port", str(port), "--workers", str(workers), "--log-level", "warning"]
    web += ["--no-ws", "madang.config.asgi:application"]
    worker = [sys.executable, "-m", "madang.config.commands.worker"]
    return [(web, environment), (worker, environment)]


class Supervisor:
    """Runs children, starts again those that die, and ends them all when told to stop."""

    def __init__(self, commands: list[tuple[list[str], dict[str, str]]]) -> None:
        self.commands = commands
        self.running: list[subprocess.Popen[bytes]] = []
        self.stopping = False

    def run(self) -> int:
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._stop)
        self.running = [self._start(n) for n in range(len(self.commands))]
        began = [time.monotonic()] * len(self.commands)
        while not self.stopping:
            time.sleep(0.3)
            for n, child in enumerate(self.running):
                if child.poll() is None or self.stopping:
                    continue
                # A child that can't even start would be started for ever.
                if time.monotonic() - began[n] < 3:
                    self._end()
                    return complain("It could not start; the lines above say why.")
                began[n] = time.monotonic()
                self.running[n] = self._start(n)
        self._end()
        return 0

    def _start(self, n: int) -> subprocess.Popen[bytes]:
        command, environment = self.commands[n]
        # A session of its own, so that Ctrl+C reaches the supervisor alone and ends things in order.
        return subprocess.Popen(command, env=environment, start_new_session=True)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _end(self) -> None:
        for child in self.running:
            child.terminate()
        for child in self.running:
            try:
                child.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                child.kill()


COMMAND = SubCommand("serve", "serve the installation", _run, _arguments)
