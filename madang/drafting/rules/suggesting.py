"""What a suggestion to a paragraph must say, and what may become of it."""

from enum import StrEnum

from madang.foundation.refusals import NotNow, NotValid

SHORTEST_REASON, LONGEST_REASON = 10, 1000
"""How long a reason is, in characters. Source: ours (UX P3, step 4)."""
LONGEST_WORDING = 6000
"""The longest paragraph that is suggested. Source: ours; a piece of the form holds as much."""
ANSWER_DAYS = 7
"""Within how many days a suggestion is to be answered. Source: ours (UX P3, step 4)."""


class Fate(StrEnum):
    """What became of a suggestion; one without a fate waits for an answer."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


ANSWERS = (Fate.ACCEPTED, Fate.PARTLY, Fate.DECLINED)
"""What those who lead the writing may answer."""


def check_suggestion(original: str, wording: str, reason: str) -> None:
    """Raises NotValid: drafting.same_wording, drafting.reason_short, drafting.reason_long,
    drafting.wording_long.
    """
    check_wording(wording)
    if wording.split() == original.split():
        raise NotValid("drafting.same_wording", field="wording")
    check_reason(reason, field="reason")


def check_wording(wording: str) -> None:
    """Raises NotValid: drafting.wording_long."""
    if len(wording) > LONGEST_WORDING:
        raise NotValid("drafting.wording_long", most=LONGEST_WORDING, field="wording")


def check_reason(reason: str, *, field: str) -> None:
    """Raises NotValid: drafting.reason_short, drafting.reason_long."""
    if len(reason) < SHORTEST_REASON:
        facts = {"least": SHORTEST_REASON, "now": len(reason)}
        raise NotValid("drafting.reason_short", field=field, **facts)
    if len(reason) > LONGEST_REASON:
        raise NotValid("drafting.reason_long", most=LONGEST_REASON, field=field)


def check_answer(fate: str | None, answer: str, *, chosen: str, own: bool) -> None:
    """An answer is given once, by somebody else; what is not taken whole is told why.

    Raises NotNow: drafting.answered_already, drafting.own_suggestion; NotValid:
    drafting.no_answer, drafting.reason_short, drafting.reason_long.
    """
    if fate is not None:
        raise NotNow("drafting.answered_already")
    if own:
        raise NotNow("drafting.own_suggestion")
    if chosen not in ANSWERS:
        raise NotValid("drafting.no_answer", field="answer")
    if chosen != Fate.ACCEPTED or answer:
        check_reason(answer, field="answer")
