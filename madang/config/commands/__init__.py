"""The commands, one a module, each with its `COMMAND`."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass


def _no_arguments(parser: argparse.ArgumentParser) -> None:
    return None


@dataclass(frozen=True)
class SubCommand:
    """A word of the command line. `own_data` means it reads `--data` in its own way."""

    name: str
    help: str
    run: Callable[[argparse.Namespace], int]
    arguments: Callable[[argparse.ArgumentParser], None] = _no_arguments
    own_data: bool = False


def tell(words: object) -> None:
    """A line for the person at the terminal, at once."""
    print(words, flush=True)


def complain(words: object) -> int:
    """A line about what went wrong; gives the exit code 1."""
    print(words, file=sys.stderr, flush=True)
    return 1
