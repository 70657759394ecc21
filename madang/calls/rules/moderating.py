"""Which step of moderation, and which of an author's own, may follow on which state."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from madang.calls.rules.words import CallStatus, HiddenFor, ProposalState
from madang.foundation.refusals import NotNow, NotValid

RECEIVED, PUBLIC = ProposalState.RECEIVED, ProposalState.PUBLIC
SUPPLEMENT, HIDDEN = ProposalState.SUPPLEMENT, ProposalState.HIDDEN
WITHDRAWN = ProposalState.WITHDRAWN
FROM = {
    "publish": (RECEIVED,),
    "ask": (RECEIVED, PUBLIC),
    "hide": (RECEIVED, PUBLIC, SUPPLEMENT),
    "restore": (HIDDEN,),
    "edit": (RECEIVED, PUBLIC, SUPPLEMENT),
    "withdraw": (RECEIVED, PUBLIC, SUPPLEMENT),
    "endorse": (PUBLIC, SUPPLEMENT),
}
"""The states in which each step can be taken. Source: the moderation policy."""
NOTE_MOST = 500


def check_step(step: str, state: str) -> None:
    """Raises NotNow: calls.not_in_this_state."""
    if state not in FROM[step]:
        raise NotNow("calls.not_in_this_state")


def check_note(note: str) -> None:
    """Raises NotValid: calls.note_missing, calls.note_long."""
    if not note:
        raise NotValid("calls.note_missing", field="note")
    if len(note) > NOTE_MOST:
        raise NotValid("calls.note_long", most=NOTE_MOST, field="note")


def check_reason(reason: str) -> HiddenFor:
    """Raises NotValid: calls.no_hiding_reason."""
    if reason not in set(HiddenFor):
        raise NotValid("calls.no_hiding_reason", field="reason")
    return HiddenFor(reason)


def check_second(first: str, second: str) -> None:
    """Raises NotNow: calls.same_person."""
    if first == second:
        raise NotNow("calls.same_person")


def check_can_edit(state: str, *, call: str | None, answered: bool) -> None:
    """Whether an author may change a proposal: while the call is open, or when asked to.

    After the close others work with the text as it is.

    Raises NotNow: calls.not_in_this_state, calls.answered_before, calls.edited_too_late.
    """
    check_step("edit", state)
    if answered:
        raise NotNow("calls.answered_before")
    if state != SUPPLEMENT and call != CallStatus.OPEN:
        raise NotNow("calls.edited_too_late")


def check_can_withdraw(state: str, *, answered: bool) -> None:
    """Raises NotNow: calls.not_in_this_state, calls.answered_before."""
    check_step("withdraw", state)
    if answered:
        raise NotNow("calls.answered_before")


def stood_still(steps: Iterable[tuple[str, datetime]], until: datetime) -> timedelta:
    """For how long the time for an answer stood still: while an author was asked for more.

    `steps` are the states entered and when, in their order.
    """
    total, since = timedelta(), None
    for state, at in steps:
        if since is not None:
            total += at - since
        since = at if state == SUPPLEMENT else None
    return total + (until - since if since is not None else timedelta())


SIGNERS_MOST, SIGNER_MOST, PAPER_MOST = 500, 200, 120
"""Lines of one sheet, characters of a line, and of what a sheet is called."""


def check_signers(signers: Sequence[str], paper: str) -> None:
    """Whether who signed on paper can be counted: each line says more than a name in one word.

    Raises NotValid: calls.no_signers, calls.signers_many, calls.signer_long, calls.signer_short,
    calls.no_paper.
    """
    if not signers:
        raise NotValid("calls.no_signers", field="signers")
    if len(signers) > SIGNERS_MOST:
        raise NotValid("calls.signers_many", most=SIGNERS_MOST, field="signers")
    for number, line in enumerate(signers, 1):
        if len(line) > SIGNER_MOST:
            raise NotValid("calls.signer_long", line=number, most=SIGNER_MOST, field="signers")
        if len(line.split()) < 2:
            # A name alone is many people's: then two of them would count as one.
            raise NotValid("calls.signer_short", line=number, field="signers")
    if not paper or len(paper) > PAPER_MOST:
        raise NotValid("calls.no_paper", most=PAPER_MOST, field="paper")
