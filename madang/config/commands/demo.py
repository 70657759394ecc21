"""`madang demo`: the forum of Korea and a practice forum, side by side."""

import argparse
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

from madang.config.commands import (
    Hindered,
    SubCommand,
    complain,
    port,
    see_that_it_is_free,
    tell,
)
from madang.config.commands.init import make
from madang.config.commands.rehearse import first_moment
from madang.config.commands.serve import Supervisor, children, prepare
from madang.config.installation import Installation, read_installation

FORUMS = {
    "korea": {"ko": "대한민국 열린정부포럼", "en": "Open Government Forum Korea"},
    "practice": {"ko": "연습 포럼", "en": "Practice forum"},
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=Path("var"), help="DIR/korea and DIR/practice")
    parser.add_argument(
        "--port", type=port, default=8000, help="the practice forum takes the next one"
    )
    parser.add_argument("--no-serve", action="store_true", help="set up only")


def _run(given: argparse.Namespace) -> int:
    addresses = {name: f"http://127.0.0.1:{given.port + n}" for n, name in enumerate(FORUMS)}
    if given.port + len(FORUMS) - 1 > 65535:
        raise Hindered(f"There is no port after {given.port} for the practice forum.")
    if not given.no_serve:
        for n in range(len(FORUMS)):
            see_that_it_is_free("127.0.0.1", given.port + n)
    for name in FORUMS:
        if (problem := _set_up(given.data / name, name, addresses)) is not None:
            return problem
    if given.no_serve:
        tell(f"Set up in {given.data}. Serve it: madang demo --data {given.data}")
        return 0
    for name in FORUMS:
        prepare(given.data / name)
    commands = [
        command
        for n, name in enumerate(FORUMS)
        for command in children(given.data / name, "127.0.0.1", given.port + n)
    ]
    watcher = subprocess.Popen(
        [sys.executable, "-m", "madang.config.commands.demo", *addresses.values()]
    )
    try:
        return Supervisor(commands).run()
    finally:
        watcher.terminate()


def forum_file(name: str) -> Path:
    """The forum file that ships with the package, or lies beside it in a checkout."""
    package = Path(__file__).parents[2]
    inside = package / "examples" / f"{name}.yaml"
    return inside if inside.is_file() else package.parent / "examples" / f"{name}.yaml"


def _set_up(data: Path, name: str, addresses: dict[str, str]) -> int | None:
    kept = read_installation(data)
    if kept.exists:
        if kept.address != addresses[name]:
            _move(kept, name, addresses)
        return None
    tell(f"Setting up {FORUMS[name]['ko']} ({FORUMS[name]['en']})")
    new = data.with_name(f".{data.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    installation, now = _installation(new, name, addresses), datetime.now(UTC)
    began = _began(installation, now)
    make(installation, **began)
    environment = {**os.environ, **began, "MADANG_DATA": str(new.absolute())}
    command = [sys.executable, "-m", "madang.config.cli", "load", str(forum_file(name))]
    if subprocess.run(command, env=environment).returncode:
        return complain(f"The forum file of {name} could not be loaded.")
    if installation.practice and _rehearse(environment, now):
        return complain("The practice forum could not be rehearsed.")
    # Only a folder that is whole gets its name, so that a broken set-up is never taken for one.
    new.rename(data)
    return None


def _began(installation: Installation, now: datetime) -> dict[str, str]:
    # A practice forum's record begins some weeks ago, so that its rehearsal has a past to be in.
    if not installation.practice:
        return {}
    return {"MADANG_REHEARSED_FROM": first_moment(now, installation.time_zone).isoformat()}


def _rehearse(environment: dict[str, str], now: datetime) -> int:
    command = [sys.executable, "-m", "madang.config.commands.rehearse", now.isoformat()]
    return subprocess.run(command, env=environment).returncode


def _installation(data: Path, name: str, addresses: dict[str, str]) -> Installation:
    other = next(other for other in FORUMS if other != name)
    return Installation(
        data=data.absolute(),
        name=FORUMS[name],
        address=addresses[name],
        email=f"secretariat@{name}.example",
        time_zone="Asia/Seoul",
        practice=name == "practice",
        neighbour=addresses[other],
    )


def _move(kept: Installation, name: str, addresses: dict[str, str]) -> None:
    # Another port than last time: the address follows, what was typed stays.
    moved = _installation(kept.data, name, addresses)
    Installation(
        **{**kept.__dict__, "address": moved.address, "neighbour": moved.neighbour}
    ).write()


def _announce(addresses: list[str]) -> None:
    deadline = time.monotonic() + 60
    for address, words in zip(addresses, ("facts only", "everything invented"), strict=True):
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                    break
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        tell(f"  {address}  {words}")
    tell("Ctrl+C stops. What you type is kept for the next time.")


COMMAND = SubCommand(
    "demo", "the forum of Korea and a practice forum", _run, _arguments, own_data=True
)

if __name__ == "__main__":
    _announce(sys.argv[1:])
