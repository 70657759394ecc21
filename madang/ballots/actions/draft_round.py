"""Draft a new round of a ballot that too few answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from madang.ballots.actions.draft import BallotDrafted, drafted
from madang.ballots.drafts import check_opening, check_round_after, check_text, span_meeting
from madang.ballots.models import Ballot
from madang.ballots.reading import next_round, text_digest
from madang.ballots.rules.permissions import MAY
from madang.ballots.rules.rounds import check_after
from madang.ballots.rules.words import BallotStatus
from madang.foundation.actors import Actor
from madang.foundation.texts import Text
from madang.record.acting import action


@dataclass(frozen=True, kw_only=True)
class RoundDrafted(BallotDrafted):
    """A question that too few had answered was drafted for a new round; `after` closed without one."""

    round: int
    after: str


@action("ballot.draft_round", may=MAY)
def draft_round(
    ballot: Ballot,
    *,
    question: Text,
    papers: list[dict[str, Any]],
    written_reason: str,
    opens_at: datetime,
    closes_at: datetime,
    by: Actor,
    at: datetime,
) -> RoundDrafted:
    """Put what a ballot decides to the vote again, in the next round of the same meeting.

    The round that closed without a quorum stays as it is; nothing of it counts in the new one,
    which has its own text, keys, roll, rules and answers. What it decides is the same. Its wording
    may be clearer, and its papers are the plan's as it reads now: between the rounds it was
    given back to its writers.

    Raises NotNow: what `check_round_after` raises. Raises NotValid: ballots.round_opens_early.
    The refusals of `check_text` and `check_opening`.
    """
    check_round_after(ballot, at=at)
    check_text(question, written_reason, opens_at=opens_at, closes_at=closes_at, at=at)
    check_opening(opens_at, at=at)
    check_after(ballot.closed_at, opens_at=opens_at)

    meeting = ballot.meeting
    following = Ballot(
        meeting=meeting,
        round=next_round(meeting),
        question=question,
        decides=ballot.decides,
        way=ballot.way,
        status=BallotStatus.DRAFT,
        papers=papers,
        written_reason=written_reason,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    following.digest = text_digest(following)
    following.save()
    span_meeting(meeting)
    return RoundDrafted(**drafted(following), round=following.round, after=ballot.ref)
