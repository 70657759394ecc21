"""Which act leads a ballot from which state to which: the drawing that the actions keep to."""

from madang.ballots.rules.words import BallotStatus
from madang.foundation.transitions import Transition

DRAFT, KEYED, OPEN = BallotStatus.DRAFT, BallotStatus.KEYED, BallotStatus.OPEN
CLOSED, ANNULLED = BallotStatus.CLOSED, BallotStatus.ANNULLED


TRANSITIONS = (
    Transition("ballot.draft", None, DRAFT),
    # The round before it stays closed: what is made is a ballot of its own.
    Transition("ballot.draft_round", None, DRAFT),
    Transition("ballot.revise", DRAFT, DRAFT),
    Transition("ballot.revise", KEYED, DRAFT),
    Transition("ballot.return", DRAFT, DRAFT),
    Transition("ballot.return", KEYED, DRAFT),
    Transition("key.turn", DRAFT, DRAFT),
    Transition("key.turn", DRAFT, KEYED),
    Transition("key.enter_document", DRAFT, DRAFT),
    Transition("key.confirm_document", DRAFT, DRAFT),
    Transition("key.confirm_document", DRAFT, KEYED),
    Transition("document.drop", DRAFT, DRAFT),
    Transition("ballot.annul", DRAFT, ANNULLED),
    Transition("ballot.annul", KEYED, ANNULLED),
    Transition("ballot.open", KEYED, OPEN),
    # The text changed after the keys were turned: they are void, and it waits for new ones.
    Transition("ballot.open", KEYED, DRAFT),
    Transition("ballot.cast", OPEN, OPEN),
    Transition("vote.enter_document", OPEN, OPEN),
    Transition("vote.confirm_document", OPEN, OPEN),
    Transition("document.drop", OPEN, OPEN),
    Transition("codes.ask", OPEN, OPEN),
    Transition("codes.print", OPEN, OPEN),
    Transition("codes.revoke", OPEN, OPEN),
    Transition("ballot.remind", OPEN, OPEN),
    Transition("ballot.close", OPEN, CLOSED),
)


def may_begin(act: str, status: str) -> bool:
    """Whether the act finds a ballot in this state."""
    return any(line.act == act and line.start == status for line in TRANSITIONS)
