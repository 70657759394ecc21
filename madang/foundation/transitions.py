"""A drawing of states: which act leads from which to which."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Transition:
    """An act with the state it finds and the one it leaves; `start` is None where it makes the thing."""

    act: str
    start: str | None
    end: str


def leaving(drawing: Iterable[Transition], state: str | None) -> Iterator[Transition]:
    """What can be done in a state; of none, what makes the thing."""
    return (line for line in drawing if line.start == state)
