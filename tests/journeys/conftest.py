"""The two installations of `madang demo`, served as a newcomer serves them, and a real browser."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.makers.command_line import madang
from tests.makers.new_forum import New, a_new_forum
from tests.makers.serving import CHROMIUM, FLAGS, serving, two_free_ports


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
    port = two_free_ports()
    found = Sites(*(f"http://127.0.0.1:{port + n}" for n in range(2)))
    with serving("demo", data, port, found.korea, found.practice):
        yield found


@pytest.fixture
def new_forum(tmp_path: Path) -> Iterator[New]:
    """A real forum that holds nothing, served by a clock that the test moves."""
    with a_new_forum(tmp_path / "new") as forum:
        yield forum


@dataclass(frozen=True)
class Alone:
    """A practice forum that one test has for itself, as it was set up."""

    site: str
    data: Path


@pytest.fixture
def alone(set_up: Path, tmp_path: Path) -> Iterator[Alone]:
    data, port = tmp_path / "practice", two_free_ports()
    shutil.copytree(set_up / "practice", data)
    site = f"http://127.0.0.1:{port}"
    kept = data / "madang.json"
    kept.write_text(json.dumps({**json.loads(kept.read_text("utf-8")), "address": site}), "utf-8")
    with serving("serve", data, port, site):
        yield Alone(site, data)


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
