"""Annul a ballot that has not opened."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.ballots.drafts import span_meeting, void_keys
from madang.ballots.models import Ballot
from madang.ballots.rules.permissions import MAY
from madang.ballots.rules.preparing import check_can_annul
from madang.ballots.rules.words import BallotStatus
from madang.foundation.actors import Actor
from madang.foundation.texts import Text
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class BallotAnnulled(Event):
    """A ballot was dropped before it opened; it stays, with the reason."""

    KIND: ClassVar[str] = "ballot.annulled"

    digest: str
    keys_voided: int


@action("ballot.annul", may=MAY)
def annul_ballot(
    ballot: Ballot, *, reason: str, language: str, by: Actor, at: datetime
) -> BallotAnnulled:
    """Drop a ballot before it opens. The reason, in the language it was written in, stands on its page.

    Raises NotNow: ballots.open_stays, ballots.not_annullable. Raises NotValid:
    ballots.note_missing, ballots.reason_too_long.
    """
    check_can_annul(ballot.status, reason)
    ballot.status = BallotStatus.ANNULLED
    ballot.note = Text({language: reason.strip()})
    ballot.save(update_fields=["status", "note"])
    span_meeting(ballot.meeting)
    return BallotAnnulled(about=ballot.ref, digest=ballot.digest, keys_voided=void_keys(ballot, at))
