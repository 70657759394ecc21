"""Installations served as people serve them, and the browser that reads them."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.makers.command_line import ours_alone

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60
"""How long, in seconds, a server may take to answer for the first time."""
ROOT = Path(__file__).parents[2]
COMMAND = "madang.config.cli"


def two_free_ports() -> int:
    """A port that is free and whose next one is free too."""
    for _ in range(50):
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
            try:
                two.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port
    raise RuntimeError("no two free ports beside each other")


@contextmanager
def serving(
    command: str, data: Path, port: int, *addresses: str, module: str = COMMAND
) -> Iterator[None]:
    """`madang demo` or `madang serve` while the block lasts; nothing may break in it."""
    said = data.with_suffix(".txt")
    words = [command, "--data", str(data), "--port", str(port)]
    with said.open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", module, *words],
            env={**ours_alone(), "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        for address in addresses:
            _wait_for(f"{address}/healthz", server)
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            raise
    # Whatever was asked of it meanwhile, nothing broke in it.
    assert "Traceback" not in said.read_text(errors="replace"), said.read_text(errors="replace")


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended by itself"
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"{address} did not answer within {PATIENCE} seconds")
