"""The commands, one a module, each with its `COMMAND`."""

import argparse
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass


def _no_arguments(parser: argparse.ArgumentParser) -> None:
    return None


@dataclass(frozen=True)
class SubCommand:
    """A word of the command line.

    `own_data` means it reads `--data` in its own way; `hindered` is its exit code where something
    outside stood in the way (`verify` must not say “wrong” where it could not look).
    """

    name: str
    help: str
    run: Callable[[argparse.Namespace], int]
    arguments: Callable[[argparse.ArgumentParser], None] = _no_arguments
    own_data: bool = False
    hindered: int = 1


def tell(words: object) -> None:
    """A line for the person at the terminal, at once."""
    print(words, flush=True)


def complain(words: object) -> int:
    """A line about what went wrong; gives the exit code 1."""
    print(words, file=sys.stderr, flush=True)
    return 1


class Hindered(Exception):
    """What stands in the way of a command, in a sentence."""


def spoken(work: Callable[[], int | None], hindered: int = 1) -> int:
    """Do it, and give the exit code. A hindrance becomes a sentence; only our own faults are traced."""
    try:
        return work() or 0
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read our lines has gone; Python must not try to say so when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except subprocess.CalledProcessError:
        # The child has said why.
        return hindered
    except Exception as error:
        if (sentence := _sentence(error)) is None:
            raise
        complain(sentence)
        return hindered


def _sentence(error: Exception) -> str | None:
    if isinstance(error, Hindered):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}."
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from madang.foundation.refusals import Refusal

    if isinstance(error, ImproperlyConfigured):
        return f"The settings can't be used: {error}"
    if isinstance(error, DatabaseError):
        return f"The database can't be used: {error}"
    if isinstance(error, Refusal):
        from madang.web.sentences import SENTENCES

        return SENTENCES[error.code] % error.facts
    return None


def port(words: str) -> int:
    """A port as typed."""
    if not words.isdecimal() or not 1 <= int(words) <= 65535:
        raise argparse.ArgumentTypeError(f"{words} is not a port: 1 to 65535")
    return int(words)


def at_least_one(words: str) -> int:
    """A number of processes as typed."""
    if not words.isdecimal() or not int(words):
        raise argparse.ArgumentTypeError(f"{words} is not a number from 1")
    return int(words)


def see_that_it_is_free(host: str, port: int) -> None:
    """Be hindered where another program listens already, or the address is not this machine's."""
    try:
        with socket.create_server((host, port), family=_family(host)):
            pass
    except OSError as error:
        # What Python adds to the system's own words names the address a second time.
        why = (
            error.strerror if isinstance(error, socket.gaierror) else os.strerror(error.errno or 0)
        )
        raise Hindered(
            f"Nothing can be served at {host}:{port}: {why}."
            " Name another port with --port (make demo PORT=8010)."
        ) from error


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
