"""Stop the letters about a proposal, at its author's press."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.calls.models import Contact, Proposal
from madang.calls.rules.permissions import MAY
from madang.foundation.actors import Actor
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class LettersStopped(Event):
    """A proposal's author wants no more letters about it."""

    KIND: ClassVar[str] = "letters.stopped"


@action("proposal.stop_letters", may=MAY)
def stop_letters(proposal: Proposal, *, by: Actor, at: datetime) -> LettersStopped:
    """Send no more letters about a proposal. Its author alone has the link that does this."""
    Contact.objects.filter(proposal=proposal).update(stopped_at=at)
    return LettersStopped(about=proposal.ref)
