"""What a ballot's course means for the plan it decides: its text is frozen, or given back."""

from datetime import datetime
from typing import Any

from madang.ballots.models import Ballot
from madang.ballots.papers import plan_of
from madang.ballots.reading import ballot_at
from madang.ballots.rules.words import BallotStatus, Outcome
from madang.foundation.actors import CLOCK, Actor
from madang.planning.actions.freeze import freeze_plan, thaw_plan

MOVES = (
    "key.turned",
    "ballot.revised",
    "ballot.returned",
    "ballot.annulled",
    "ballot.opened",
    "ballot.closed",
)
"""The events after which a ballot may stand elsewhere than before."""


def holds_its_text(ballot: Ballot) -> bool:
    """Whether nobody may write what the ballot decides: two keys lie on it, or it is adopted."""
    if ballot.status == BallotStatus.CLOSED:
        return ballot.outcome == Outcome.APPROVED
    return ballot.status in (BallotStatus.KEYED, BallotStatus.OPEN)


def follow_ballot(event: Any, by: Actor, at: datetime) -> None:
    """Freeze the plan's text with the second key; give it back when it was not adopted."""
    ballot = ballot_at(event.about)
    plan = plan_of(ballot)
    if plan is None:
        return
    held = holds_its_text(ballot)
    # It follows from what was done and is nobody's own act: the record names the clock.
    if held and plan.frozen_by is None:
        freeze_plan(plan, ballot=ballot.ref, by=CLOCK, at=at)
    elif not held and plan.frozen_by == ballot.ref:
        thaw_plan(plan, ballot=ballot.ref, by=CLOCK, at=at)
