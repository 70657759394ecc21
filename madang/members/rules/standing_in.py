"""Who may stand in for a vacant co-chair's chair, and that it takes two officers."""

from madang.foundation.dates import is_a_day
from madang.foundation.refusals import NotAllowed, NotNow, NotValid

LONGEST_NUMBER = 80
"""The most characters of a document's number."""
LONGEST_BASIS = 500


def check_stand_in(
    *, chair_filled: bool, chair_side: str, seat_side: str, basis: str, document: str
) -> None:
    """Two sides and two persons turn the keys, also while a chair is empty.

    Source: GROUND, Ballot: a vacant chair needs a recorded stand-in. No rule seen says who it
    is; that it is a member of the same side follows from the two sides.

    Raises NotNow: members.chair_filled. Raises NotValid: members.stand_in_other_side,
    members.no_basis, members.no_document.
    """
    if chair_filled:
        raise NotNow("members.chair_filled")
    if seat_side != chair_side:
        raise NotValid("members.stand_in_other_side", field="seat")
    if not basis.strip() or len(basis) > LONGEST_BASIS:
        raise NotValid("members.no_basis", most=LONGEST_BASIS, field="basis")
    if not document.strip() or len(document) > LONGEST_NUMBER:
        raise NotValid("members.no_document", most=LONGEST_NUMBER, field="document")


def check_first_day(starts: str) -> None:
    """Raises NotValid: members.not_a_day."""
    if not is_a_day(starts):
        raise NotValid("members.not_a_day", field="starts")


def check_second_officer(entered_by: int, confirming: int | None) -> None:
    """What one officer entered another confirms, so that no one person speaks for a member.

    Raises NotAllowed: members.own_entry.
    """
    if confirming is None or confirming == entered_by:
        raise NotAllowed("members.own_entry")
