"""Turn a co-chair's key on the exact text of a ballot."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.ballots.drafts import check_text
from madang.ballots.keys import chair_of, turn
from madang.ballots.models import Ballot
from madang.ballots.papers import check_papers
from madang.ballots.reading import text_digest
from madang.ballots.rules.permissions import MAY
from madang.ballots.rules.words import BallotStatus
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class KeyTurned(Event):
    """A co-chair approved the exact text that the digest stands for."""

    KIND: ClassVar[str] = "key.turned"

    side: str
    seat: str
    stands_in: bool = False
    digest: str
    keys: int


@action("key.turn", may=MAY)
def turn_key(ballot: Ballot, *, digest: str, by: Actor, at: datetime) -> KeyTurned:
    """Turn one of the two keys; with the second the ballot is keyed and opens at its time.

    `digest` is that of the text the co-chair read: if the text has changed since, both keys are
    void and the changed text must be read first.

    Raises NotNow: ballots.not_waiting_for_keys, ballots.text_changed, ballots.papers_outdated,
    ballots.key_turned.
    Raises NotAllowed: ballots.not_a_chair. The refusals of `check_text`.
    """
    if ballot.status != BallotStatus.DRAFT:
        raise NotNow("ballots.not_waiting_for_keys")
    current = text_digest(ballot)
    if digest != current:
        raise NotNow("ballots.text_changed")
    check_papers(ballot)
    # Rules or roll may have become such, since the draft, that nothing could come of a vote.
    assert ballot.opens_at and ballot.closes_at
    check_text(
        ballot.question,
        ballot.written_reason or "",
        opens_at=ballot.opens_at,
        closes_at=ballot.closes_at,
        at=at,
    )
    chair = chair_of(by, at)
    turned = turn(ballot.ref, chair, on=current, at=at)
    ballot.digest = current
    if turned == 2:
        ballot.status = BallotStatus.KEYED
    ballot.save(update_fields=["digest", "status"])
    return KeyTurned(
        about=ballot.ref,
        side=chair.side,
        seat=chair.seat.number,
        stands_in=chair.stands_in,
        digest=current,
        keys=turned,
    )
