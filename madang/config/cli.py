"""The command line: `madang init`, `demo`, `load`, `import-proposals`, `serve`, and the others."""

import argparse
import locale
import os
import sys
from collections.abc import Callable
from pathlib import Path

from madang import __version__
from madang.config.commands import SubCommand, spoken


def _commands() -> list[SubCommand]:
    from madang.config.commands import (
        check,
        demo,
        import_proposals,
        init,
        load,
        manage,
        serve,
        similar,
        verify,
    )

    modules = (init, demo, load, import_proposals, serve, check, verify, similar, manage)
    return [module.COMMAND for module in modules]


def _parser(commands: list[SubCommand]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="madang", description="A forum for government and civil society, kept in public."
    )
    parser.add_argument("--version", action="version", version=f"madang {__version__}")
    words = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in commands:
        sub = words.add_parser(command.name, help=command.help, description=command.help)
        if not command.own_data:
            default = os.environ.get("MADANG_DATA", "var/madang")
            sub.add_argument(
                "--data", type=Path, default=Path(default), help="the installation's folder"
            )
        command.arguments(sub)
        sub.set_defaults(run=command.run, hindered=command.hindered)
    return parser


def start_django(data: Path) -> None:
    """Make this process work for the installation in `data`, speaking the terminal's language."""
    os.environ["MADANG_DATA"] = str(data.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "madang.config.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate(terminal_language())


def terminal_language() -> str:
    """`ko` where the terminal speaks Korean, else `en`."""
    found = (
        os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    )
    return "ko" if (found or locale.getlocale()[0] or "").startswith("ko") else "en"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 when it did what was asked."""
    parser = _parser(_commands())
    given, rest = parser.parse_known_args(arguments)
    if rest and given.command != "manage":
        parser.error(f"unknown: {' '.join(rest)}")
    given.rest = rest
    run: Callable[[argparse.Namespace], int] = given.run
    return spoken(lambda: run(given), given.hindered)


if __name__ == "__main__":
    sys.exit(main())
