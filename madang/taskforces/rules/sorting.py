"""Sorting: what members' marks on a proposal come to, and who sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from madang.foundation.refusals import NotNow, NotValid
from madang.taskforces.rules.words import Choice

NEEDED = {Choice.NOT_IN_PLAN: 2}
"""How many members must choose the same; one is enough for what is not named here.

Source: UX.md P3. What leaves the plan is never one member's press.
"""
BODY_MOST = 200


@dataclass(frozen=True)
class Mark:
    """A member's standing mark; `person` tells members apart."""

    person: str
    choice: Choice


class Standing(StrEnum):
    """What the marks on a proposal come to."""

    WAITING = "waiting"
    SECOND = "second"
    """One member spoke; another must, without knowing what the first one said."""
    DECIDED = "decided"
    TOGETHER = "together"
    """Two members chose differently: the group looks at it together."""


def spoken(marks: Sequence[Mark]) -> list[Mark]:
    """The marks that say something: who put a proposal off has not spoken yet."""
    return [mark for mark in marks if mark.choice is not Choice.LATER]


def standing(marks: Sequence[Mark]) -> Standing:
    """What standing marks, one a member, come to."""
    said = spoken(marks)
    if not said:
        return Standing.WAITING
    if len({mark.choice for mark in said}) > 1:
        return Standing.TOGETHER
    enough = len(said) >= NEEDED.get(said[0].choice, 1)
    return Standing.DECIDED if enough else Standing.SECOND


def seen_by(marks: Sequence[Mark], person: str) -> list[Mark]:
    """The marks a member may see: their own, until what is to be said by two is said by two."""
    open_to_all = standing(marks) in (Standing.DECIDED, Standing.TOGETHER)
    return [mark for mark in marks if open_to_all or mark.person == person]


def check_can_mark(*, choice: str | None, together: bool) -> None:
    """Raises NotNow: taskforces.sorted_already, taskforces.looked_at_together."""
    if choice is not None:
        raise NotNow("taskforces.sorted_already")
    if together:
        raise NotNow("taskforces.looked_at_together")


def check_can_settle(*, choice: str | None, together: bool) -> None:
    """Raises NotNow: taskforces.sorted_already, taskforces.not_together."""
    if choice is not None:
        raise NotNow("taskforces.sorted_already")
    if not together:
        raise NotNow("taskforces.not_together")


def check_can_enter(choice: Choice, *, by: str, marks: Sequence[Mark]) -> None:
    """Whether what was looked at together may be entered by someone: as many members as the choice
    needs stand behind it, whoever enters it being one of them.

    Raises NotNow: taskforces.settled_by_one.
    """
    behind = {mark.person for mark in spoken(marks) if mark.choice is choice} | {by}
    if len(behind) < NEEDED.get(choice, 1):
        raise NotNow("taskforces.settled_by_one")


def check_body(body: str) -> None:
    """Raises NotValid: taskforces.body_long."""
    if len(body) > BODY_MOST:
        raise NotValid("taskforces.body_long", most=BODY_MOST, field="body")
