"""Revise a ballot's text before it opens."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from madang.ballots.drafts import check_opening, check_text, span_meeting, void_keys
from madang.ballots.models import Ballot
from madang.ballots.reading import last_round_before, text_digest
from madang.ballots.rules.permissions import MAY
from madang.ballots.rules.preparing import check_can_revise
from madang.ballots.rules.rounds import check_after
from madang.ballots.rules.words import BallotStatus
from madang.documents.files import canonical_digest
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.foundation.texts import Text
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class BallotRevised(Event):
    """A ballot's text was changed; keys turned on the text before it are void."""

    KIND: ClassVar[str] = "ballot.revised"

    before: str
    after: str
    keys_voided: int
    papers: str
    opens_at: str
    closes_at: str


@action("ballot.revise", may=MAY)
def revise_ballot(
    ballot: Ballot,
    *,
    question: Text,
    papers: list[dict[str, Any]],
    written_reason: str,
    opens_at: datetime,
    closes_at: datetime,
    base: str,
    by: Actor,
    at: datetime,
) -> BallotRevised:
    """Change what is asked, why in writing, the papers or the window; both keys are void.

    `base` is the digest of the text the change starts from: somebody else's change is not
    overwritten unread.

    Raises NotNow: ballots.text_stands, ballots.revised_meanwhile. Raises NotValid:
    ballots.round_opens_early. The refusals of `check_text` and `check_opening`.
    """
    check_can_revise(ballot.status)
    check_text(question, written_reason, opens_at=opens_at, closes_at=closes_at, at=at)
    check_opening(opens_at, at=at, announced=ballot.opens_at)
    if earlier := last_round_before(ballot):
        check_after(earlier.closed_at, opens_at=opens_at)
    before = text_digest(ballot)
    if base != before:
        raise NotNow("ballots.revised_meanwhile")

    ballot.question, ballot.papers, ballot.written_reason = question, papers, written_reason
    ballot.opens_at, ballot.closes_at = opens_at, closes_at
    ballot.status, ballot.digest = BallotStatus.DRAFT, text_digest(ballot)
    ballot.save()
    span_meeting(ballot.meeting)
    return BallotRevised(
        about=ballot.ref,
        before=before,
        after=ballot.digest,
        keys_voided=void_keys(ballot, at),
        papers=canonical_digest([paper["sha256"] for paper in papers]),
        opens_at=opens_at.isoformat(),
        closes_at=closes_at.isoformat(),
    )
