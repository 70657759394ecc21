"""The two installations of `madang demo`, served as a newcomer serves them, and a real browser."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
def set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `madang demo` makes, made once and never served: every server gets a copy of it."""
    data = tmp_path_factory.mktemp("set-up") / "demo"
    made = madang("demo", "--data", data, "--port", "8000", "--no-serve")
    assert made.returncode == 0, made.stderr
    return data


@pytest.fixture(scope="session")
def sites(set_up: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    """Both installations, served while the journeys last."""
    data = tmp_path_factory.mktemp("served") / "demo"
    shutil.copytree(set_up, data)
    port = _two_free_ports()
    found = Sites(*(f"http://127.0.0.1:{port + n}" for n in range(2)))
    with _serving("demo", data, port, found.korea, found.practice):
        yield found


@dataclass(frozen=True)
class Alone:
    """A practice forum that one test has for itself, as it was set up."""

    site: str
    data: Path


@pytest.fixture
def alone(set_up: Path, tmp_path: Path) -> Iterator[Alone]:
    data, port = tmp_path / "practice", _two_free_ports()
    shutil.copytree(set_up / "practice", data)
    site = f"http://127.0.0.1:{port}"
    kept = data / "madang.json"
    kept.write_text(json.dumps({**json.loads(kept.read_text("utf-8")), "address": site}), "utf-8")
    with _serving("serve", data, port, site):
        yield Alone(site, data)


@contextmanager
def _serving(command: str, data: Path, port: int, *addresses: str) -> Iterator[None]:
    said = data.with_suffix(".txt")
    words = [command, "--data", str(data), "--port", str(port)]
    with said.open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "madang.config.cli", *words],
            env={key: value for key, value in os.environ.items() if key not in _OURS},
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
