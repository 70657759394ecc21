"""`madang init`: make an installation; four questions, or flags for scripts."""

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from madang.config.commands import SubCommand, complain, spoken, tell
from madang.config.installation import SETTINGS_FILE, Installation, read_installation


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name-ko", help="the forum's name in Korean")
    parser.add_argument("--name-en", help="the forum's name in English")
    parser.add_argument("--address", help="the public address, such as https://forum.example.kr")
    parser.add_argument("--email", help="the secretariat's e-mail address")
    parser.add_argument("--time-zone", help="such as Asia/Seoul")
    parser.add_argument("--practice", action="store_true", help="a practice forum, wholly invented")
    parser.add_argument("--neighbour", default="", help=argparse.SUPPRESS)


def _ask(question: str, default: str) -> str:
    if not sys.stdin.isatty():
        return default
    given = input(f"{question} [{default}]: " if default else f"{question}: ").strip()
    return given or default


def _run(given: argparse.Namespace) -> int:
    if read_installation(given.data).exists:
        return complain(f"There is an installation in {given.data} already; nothing was changed.")
    zone = given.time_zone or _ask("Time zone", "Asia/Seoul")
    installation = Installation(
        data=Path(given.data).absolute(),
        name={
            "ko": given.name_ko or _ask("The forum's name in Korean", ""),
            "en": given.name_en or _ask("The forum's name in English", ""),
        },
        address=(given.address or _ask("Public address", "http://127.0.0.1:8000")).rstrip("/"),
        email=given.email or _ask("The secretariat's e-mail address", ""),
        time_zone=zone,
        practice=given.practice,
        neighbour=given.neighbour,
    )
    if problem := _problem(installation):
        return complain(problem)
    tell("Making the tables …")
    # A demo's people come from its file; here somebody has to be able to sign in first.
    try:
        make(installation, MADANG_FIRST_OFFICER=installation.email)
    except subprocess.CalledProcessError:
        # Half an installation must not be taken for one the next time.
        (installation.data / SETTINGS_FILE).unlink(missing_ok=True)
        raise
    tell(
        f"Ready: {given.data}. Next: madang serve --data {given.data}, then sign in as"
        f" {installation.email} and set the forum up at {installation.address}/desk/setup/;"
        f" or fill it from a file: madang load FILE --data {given.data}."
    )
    return 0


def _problem(made: Installation) -> str | None:
    parts = urlsplit(made.address)
    if not any(made.name.values()):
        return "A name is needed: --name-ko, --name-en or both."
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        return f"“{made.address}” is not a public address such as https://forum.example.kr."
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", made.email):
        return f"“{made.email}” is not an e-mail address; the secretariat needs one (--email)."
    if made.time_zone not in available_timezones():
        return f"“{made.time_zone}” is not a time zone such as Asia/Seoul."
    return None


def make(installation: Installation, **environment: str) -> None:
    """Write the settings, make the tables, name the forum: the record's first entry.

    Runs in a process of its own, because Django serves one installation a process.
    """
    installation.write()
    command = [sys.executable, "-m", "madang.config.commands.init"]
    whole = {**os.environ, **environment, "MADANG_DATA": str(installation.data)}
    subprocess.run(command, env=whole, check=True)


def _open() -> None:
    from madang.config.cli import start_django
    from madang.config.installation import current_installation, moment_of_set_up

    installation = current_installation()
    start_django(installation.data)

    from django.core.management import call_command

    from madang.foundation.actors import LOADER
    from madang.foundation.texts import Text
    from madang.members.actions.open import open_forum
    from madang.record.log import the_log

    call_command("migrate", verbosity=0)
    words = {language: name for language, name in installation.name.items() if name}
    open_forum(
        the_log(),
        name=Text(words),
        log=installation.log_name,
        practice=installation.practice,
        officer=os.environ.get("MADANG_FIRST_OFFICER", ""),
        by=LOADER,
        at=moment_of_set_up(),
    )


COMMAND = SubCommand("init", "make an installation", _run, _arguments)

if __name__ == "__main__":
    sys.exit(spoken(_open))
