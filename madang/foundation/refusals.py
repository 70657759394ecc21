"""Refusals: why something can't be done, as a code with facts.

The sentence for a code stands in the `sentences` table of the room that refuses, in each
language of the interface; `tests/house` sees to it that none is missing.
"""

from typing import Any


class Refusal(Exception):
    """Something was asked that can't be done; nothing has changed.

    `code` is `room.reason`; `facts` fill the sentence.
    """

    status = 409

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code


class NotAllowed(Refusal):
    """The actor has no right to the act."""

    status = 403


class NotNow(Refusal):
    """The act has its time, and it is not now; or the state has moved on."""

    status = 409


class NotValid(Refusal):
    """What was given does not make sense."""

    status = 400


class NotFound(Refusal):
    """What was asked for is not here."""

    status = 404


class Gone(Refusal):
    """What was here was withdrawn; its address says so for ever."""

    status = 410
