"""`madang manage …`: Django's own commands."""

import argparse
import sys

from madang.config.commands import SubCommand


def _run(given: argparse.Namespace) -> int:
    from madang.config.cli import start_django

    start_django(given.data)
    from django.core.management import execute_from_command_line

    execute_from_command_line([f"{sys.argv[0]} manage", *given.words, *given.rest])
    return 0


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "words", nargs="*", metavar="…", help="a command of Django's and its arguments"
    )


COMMAND = SubCommand("manage", "Django's own commands", _run, _arguments)
