"""Send a ballot back to the secretariat instead of turning a key."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.ballots.drafts import void_keys
from madang.ballots.keys import chair_of
from madang.ballots.models import Ballot, SentBack
from madang.ballots.reading import text_digest
from madang.ballots.rules.permissions import MAY
from madang.ballots.rules.preparing import check_can_return
from madang.ballots.rules.words import BallotStatus
from madang.foundation.actors import Actor
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class BallotReturned(Event):
    """A co-chair sent a ballot back; keys turned on it are void."""

    KIND: ClassVar[str] = "ballot.returned"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"reason"})

    side: str
    digest: str
    keys_voided: int
    reason: str


@action("ballot.return", may=MAY)
def return_ballot(ballot: Ballot, *, reason: str, by: Actor, at: datetime) -> BallotReturned:
    """Send a ballot back with a reason: both keys are void and the secretariat is told.

    Raises NotNow: ballots.not_waiting_for_keys. Raises NotValid: ballots.note_missing,
    ballots.reason_too_long. Raises NotAllowed: ballots.not_a_chair.
    """
    check_can_return(ballot.status, reason)
    chair, read = chair_of(by, at), text_digest(ballot)
    SentBack.objects.create(
        ballot=ballot,
        side=chair.side,
        seat=chair.seat,
        reason=reason.strip(),
        digest=read,
        sent_at=at,
    )
    ballot.status, ballot.digest = BallotStatus.DRAFT, read
    ballot.save(update_fields=["status", "digest"])
    return BallotReturned(
        about=ballot.ref,
        side=chair.side,
        digest=read,
        keys_voided=void_keys(ballot, at),
        reason=reason.strip(),
    )
