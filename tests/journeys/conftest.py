"""The two installations of `madang demo`, served as a newcomer serves them, and a real browser."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.makers.command_line import madang

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
"""How long, in seconds, the server may take to answer for the first time."""
_OURS = {"DATABASE_URL", "MADANG_DATA", "DJANGO_SETTINGS_MODULE", "MAIL_URL"}


def pytest_runtest_setup(item: pytest.Item) -> None:
    if not item.get_closest_marker("browser"):
        return
    if CHROMIUM.exists() and os.environ.get("MADANG_NO_BROWSER") != "1":
        return
    if os.environ.get("CI") == "true":
        pytest.fail("under CI the browser tests must run, and there is no browser")
    pytest.skip("no browser here: apt-get install chromium, or unset MADANG_NO_BROWSER")


@dataclass(frozen=True)
class Sites:
    """Where the two forums are served."""

    korea: str
    practice: str


def _two_free_ports() -> int:
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


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    """Both installations, set up once and served while the journeys last."""
    data = tmp_path_factory.mktemp("demo")
    port = _two_free_ports()
    made = madang("demo", "--data", data, "--port", str(port), "--no-serve")
    assert made.returncode == 0, made.stderr
    command = [sys.executable, "-m", "madang.config.cli", "demo"]
    said = data / "said.txt"
    with said.open("wb") as log:
        server = subprocess.Popen(
            [*command, "--data", str(data), "--port", str(port)],
            env={key: value for key, value in os.environ.items() if key not in _OURS},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        found = Sites(*(f"http://127.0.0.1:{port + n}" for n in range(2)))
        for address in (found.korea, found.practice):
            _wait_for(f"{address}/healthz", server)
        yield found
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


# A module's, not the session's: while Playwright runs, Django takes the thread for an
# asynchronous one and refuses the database to every test that follows on it.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Open a window; `scripts=True` only to let the test itself look around in the page."""
    contexts: list[BrowserContext] = []

    def open_page(*, scripts: bool = False, width: int = 1280, **options: Any) -> Page:
        size: Any = {"width": width, "height": 900}
        context = browser.new_context(java_script_enabled=scripts, viewport=size, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
