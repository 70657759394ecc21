"""The steps of moderation on whatever is sent without an account: two persons hide, none vanishes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from madang.calls.rules.moderating import check_note, check_reason, check_second
from madang.calls.rules.words import HiddenFor
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow


def officer(by: Actor) -> str:
    """By what one officer is told from another; never shown."""
    return f"{by.label}:{by.account or by.name or ''}"[:80]


@dataclass(frozen=True)
class Steps:
    """The steps on one kind of thing: proposals, comments on a draft, comments beside a report.

    `model` keeps a step and `of` names the thing in it; `check` says which may follow on which
    state, `none_waits` refuses where nobody asked for a hiding.
    """

    model: Any
    of: str
    check: Callable[[str, str], None]
    none_waits: str

    def waiting(self, row: Any) -> Any:
        """The step that waits for a second person; None where none does."""
        return self.model.objects.filter(**{self.of: row}, done_at=None).first()

    def take(self, row: Any, state: str, by: Actor, at: datetime, *, note: str = "") -> None:
        """Bring a thing to a state in one step. The thing is not saved.

        Raises NotNow: calls.hiding_waits.
        """
        self._check_none_waits(row)
        row.state = state
        kept = {"note": note, "first": officer(by), "asked_at": at, "done_at": at}
        self.model.objects.create(**{self.of: row}, state=state, **kept)

    def ask(self, row: Any, reason: str, note: str, by: Actor, at: datetime) -> HiddenFor:
        """Ask that a thing be hidden. It stays as it is until another person confirms.

        Raises NotNow: calls.hiding_waits, and what `check` raises; NotValid:
        calls.no_hiding_reason, calls.note_long.
        """
        self.check("hide", row.state)
        found = check_reason(reason)
        if note:
            check_note(note)
        self._check_none_waits(row)
        kept = {"reason": found, "note": note, "first": officer(by), "asked_at": at}
        self.model.objects.create(**{self.of: row}, state="hidden", **kept)
        return found

    def confirm(self, row: Any, by: Actor, at: datetime) -> HiddenFor:
        """Hide a thing as another person asked. The thing is not saved.

        Raises NotNow: calls.same_person, and what `none_waits` and `check` raise.
        """
        step = self._asked(row)
        check_second(step.first, officer(by))
        self.check("hide", row.state)
        step.second, step.done_at = officer(by), at
        step.save(update_fields=["second", "done_at"])
        row.state = "hidden"
        return HiddenFor(step.reason or "")

    def refuse(self, row: Any, by: Actor, at: datetime) -> str:
        """Leave a thing as it is, though someone asked that it be hidden; for which reason.

        Raises NotNow: what `none_waits` names.
        """
        step = self._asked(row)
        step.second, step.done_at, step.state = officer(by), at, row.state
        step.save(update_fields=["second", "done_at", "state"])
        return str(step.reason or "")

    def _asked(self, row: Any) -> Any:
        step = self.waiting(row)
        if step is None:
            raise NotNow(self.none_waits)
        return step

    def _check_none_waits(self, row: Any) -> None:
        if self.waiting(row):
            raise NotNow("calls.hiding_waits")
