"""Make the pictures of docs/ from a running demo: `make pictures`.

It serves a demo of its own in a folder that is thrown away, walks a vote in writing through the
practice forum as the people of it, and takes each picture in both languages.
"""

import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
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
WIDTH, TALLEST = 1000, 900
MARGIN = 24
"""Of a picture of the guide, in pixels; the margin is above where it starts."""
MOST = 120_000
"""The most bytes a picture may have."""
PATIENCE = 60
"""How long, in seconds, the server may take to answer, or the worker to set a paper."""

SECRETARY, COLLEAGUE = "bok-jian", "ryu-deunsol"
CHAIRS = ("do-hanbit", "won-narae")
MEMBER, BY_LETTER = "kim-doran", "cso-12"
OPEN_PLAN, OPEN_BALLOT, NEXT_PLAN = 2, 7, 3
"""In the practice forum: what is being voted on, where, and what can still be written."""

TITLE = {
    "ko": "시청 회의를 누구나 들을 수 있게 합니다",
    "en": "Council meetings anyone can listen to",
}
DESCRIPTION = {
    "ko": "시의회와 위원회의 회의를 소리와 자막으로 바로 들려주고, 그날 안에 다시 들을 수 있게 합니다.",
    "en": "Meetings of the council and its committees are heard live, with subtitles, and again "
    "the same day.",
}
REASON = "통학길을 먼저 손보기로 한 점에 찬성합니다."


# --- a demo of its own ---------------------------------------------------------------------------


@contextmanager
def demo() -> Iterator[tuple[str, str]]:
    """The two forums of `madang demo`, served while the block lasts."""
    port = _two_free_ports()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "madang.config.cli", "demo"]
        server = subprocess.Popen([*command, "--data", folder, "--port", str(port)])
        try:
            sites = (f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}")
            for site in sites:
                _wait_for(f"{site}/healthz", server)
            yield sites
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def _two_free_ports() -> int:
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


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError("the demo ended by itself")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"{address} did not answer within {PATIENCE} seconds")


# --- a picture -----------------------------------------------------------------------------------


class Camera:
    """A window of the practice forum, and the pictures taken in it."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site

    def go(self, path: str, language: str = "ko") -> None:
        answer = self.page.goto(f"{self.site}{'/en' if language == 'en' else ''}{path}")
        if not answer or answer.status != 200:
            raise RuntimeError(f"{path} answered {answer and answer.status}")

    def be(self, person: str) -> None:
        self.go("/practice/")
        self.page.click(f'button[name="person"][value="{person}"]')

    def press(self, name: str, value: str) -> None:
        """Press a button; the act behind it must have gone well."""
        with self.page.expect_navigation():
            self.page.click(f'button[name="{name}"][value="{value}"]')
        if problem := self.page.query_selector('[role="alert"]'):
            raise RuntimeError(problem.inner_text())

    def take(self, name: str, path: str, start: str = "main", fill: bool = False) -> None:
        """The page at a path in both languages, from where `start` is downwards."""
        for language in ("ko", "en"):
            self.go(path, language)
            if fill:
                self.fill_commitment()
                self.page.locator("h1").click()  # away from the last field
            top = max(self._place(start)["y"] - MARGIN, self._place("main")["y"] + 1)
            main = self._place("main")
            height = min(TALLEST, main["y"] + main["height"] - top)
            self._keep(f"{name}-{language}", {"x": 0, "y": top, "width": WIDTH, "height": height})

    def _place(self, selector: str) -> dict[str, float]:
        box = self.page.locator(selector).first.bounding_box()
        if box is None:
            raise RuntimeError(f"nothing is seen of {selector}")
        return {key: int(size) for key, size in box.items()}

    def _keep(self, name: str, clip: dict[str, float]) -> None:
        PICTURES.mkdir(exist_ok=True)
        how = {"clip": clip, "full_page": True, "animations": "disabled"}
        picture = self.page.screenshot(type="png", **how)
        if len(picture) > MOST:
            raise RuntimeError(f"{name} has {len(picture)} bytes; show less of the page")
        (PICTURES / f"{name}.png").write_bytes(picture)
        print(f"docs/pictures/{name}.png  {len(picture)} bytes")

    # --- what is done between the pictures ---

    def fill_commitment(self) -> None:
        for language in ("ko", "en"):
            self.page.fill(f"#title-{language}", TITLE[language])
            self.page.fill(f"#description-{language}", DESCRIPTION[language])

    def answer(self, meeting: int, choice: str, reason: str) -> None:
        """Vote as a member does: choose, check, type the number from the mail."""
        self.go(f"/desk/vote/{meeting}/")
        self.page.check(f"#choice-{choice}")
        self.page.fill("#reason", reason)
        self.page.click("main form button")
        code = self._code()
        self.page.fill("#code", code)
        self.page.locator("#code").locator("xpath=ancestor::form").locator("button").click()

    def _code(self) -> str:
        other = self.page.context.new_page()
        other.goto(f"{self.site}/practice/letters/")
        other.locator('main a[href*="/practice/letters/"]').first.click()
        found = other.locator("main").inner_text()
        other.close()
        return next(word for word in found.split() if word.isdigit() and len(word) == 6)

    def wait_for(self, path: str, selector: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.go(path)
            if self.page.query_selector(selector):
                return
            time.sleep(2)
        raise RuntimeError(f"{path} never showed {selector}")


# --- the walk ------------------------------------------------------------------------------------


def walk(camera: Camera) -> None:
    """One vote from its commitments to the published plan, with the pictures of the guide."""
    _write_and_draft(camera)
    _turn_keys(camera)
    _answer(camera)
    _publish(camera)


def _write_and_draft(camera: Camera) -> None:
    new = f"/desk/plans/{NEXT_PLAN}/commitments/new/"
    camera.be(SECRETARY)
    camera.take("1-commitment", new, fill=True)
    camera.go(new)
    camera.fill_commitment()
    camera.press("save", "1")
    camera.go(f"/desk/ballots/new/?plan={NEXT_PLAN}")
    camera.page.check("#reason-unavoidable")
    camera.press("step", "check")
    camera.press("step", "make")


def _turn_keys(camera: Camera) -> None:
    drafted = f"/desk/keys/{OPEN_BALLOT + 1}/"
    first, second = CHAIRS
    camera.be(first)
    camera.go(drafted)
    camera.press("act", "turn")
    camera.be(second)
    camera.take("2-keys", drafted)


def _answer(camera: Camera) -> None:
    camera.be(MEMBER)
    camera.take("3-vote", f"/desk/vote/{OPEN_BALLOT}/", start="#answer")
    camera.answer(OPEN_BALLOT, "yes", REASON)

    paper = f"/desk/ballots/{OPEN_BALLOT}/paper/"
    camera.be(SECRETARY)
    camera.go(paper)
    camera.page.select_option("#seat", BY_LETTER)
    camera.page.check("#choice-yes")
    camera.page.check("#channel-letter")
    camera.page.fill("#document", "2026-118")
    camera.press("act", "vote")
    camera.be(COLLEAGUE)
    camera.take("4-on-paper", paper)
    camera.go(paper)
    camera.press("act", "confirm-vote")
    camera.take("5-waiting", f"/desk/ballots/{OPEN_BALLOT}/", start="#turnout")


def _publish(camera: Camera) -> None:
    result, publish = f"/meetings/{OPEN_BALLOT}/ballot/", f"/desk/publish/{OPEN_PLAN}/"
    camera.go("/practice/")
    camera.page.locator('form[action$="/practice/others-answer/"] button').first.click()
    camera.wait_for(result, 'a[href$=".pdf"]')
    camera.take("6-result", result)
    for person in CHAIRS:
        camera.be(person)
        if person == CHAIRS[1]:
            camera.take("7-publish", publish)
        camera.go(publish)
        camera.page.locator("section[aria-labelledby=keys] button").click()
    camera.wait_for(publish, f'main a[href*="/plans/{OPEN_PLAN}/plan-"]')


def main() -> None:
    with demo() as (korea, practice), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        first = browser.new_page(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
        first.goto(korea)
        first.screenshot(path=ROOT / "docs" / "picture.png")
        context = browser.new_context(
            viewport={"width": WIDTH, "height": TALLEST}, java_script_enabled=False
        )
        walk(Camera(context.new_page(), practice))
        browser.close()


if __name__ == "__main__":
    main()
