"""When a ballot may open, take a vote, and close."""

from datetime import datetime

from madang.ballots.rules.tally import Rules, Tally
from madang.ballots.rules.words import BallotStatus, Choice
from madang.foundation.refusals import NotNow, NotValid

LONGEST_REASON = 2000
"""The most characters of a reason."""


def check_window(opens_at: datetime, closes_at: datetime, *, at: datetime) -> None:
    """Refuse a window that is over before it begins.

    Raises NotValid: ballots.window_backwards, ballots.window_past.
    """
    if closes_at <= opens_at:
        raise NotValid("ballots.window_backwards")
    if closes_at <= at:
        raise NotValid("ballots.window_past")


def check_can_open(status: str, *, opens_at: datetime | None, at: datetime) -> None:
    """Raises NotNow: ballots.not_keyed without both keys, ballots.too_early before its time."""
    if status != BallotStatus.KEYED:
        raise NotNow("ballots.not_keyed")
    assert opens_at
    if at < opens_at:
        raise NotNow("ballots.too_early", opens_at=opens_at)


def check_is_open(status: str) -> None:
    """Raises NotNow: ballots.not_open_yet, ballots.closed."""
    if status in (BallotStatus.DRAFT, BallotStatus.KEYED):
        raise NotNow("ballots.not_open_yet")
    if status != BallotStatus.OPEN:
        raise NotNow("ballots.closed")


def check_can_cast(status: str, *, closes_at: datetime | None, at: datetime) -> None:
    """A vote counts only between the opening and the close, both by the record and by the clock.

    Raises NotNow: ballots.not_open_yet, ballots.closed.
    """
    check_is_open(status)
    assert closes_at
    if at >= closes_at:
        raise NotNow("ballots.closed")


def check_answer(choice: str, reason: str) -> None:
    """Raises NotValid: ballots.no_choice, ballots.reason_missing, ballots.reason_too_long."""
    if choice not in list(Choice):
        raise NotValid("ballots.no_choice")
    if choice == Choice.NO and not reason.strip():
        raise NotValid("ballots.reason_missing")
    if len(reason) > LONGEST_REASON:
        raise NotValid("ballots.reason_too_long", most=LONGEST_REASON)


def check_can_close(
    counted: Tally, rules: Rules, *, closes_at: datetime, by_clock: bool, at: datetime
) -> None:
    """An open ballot closes at its time, by the clock; where the rules say so, with the last answer.

    No person closes one because it is time, let alone before.

    Raises NotNow: ballots.still_open with the number of seats waited for.
    """
    complete = rules.early_close and counted.not_returned == 0
    if not (complete or (by_clock and at >= closes_at)):
        raise NotNow("ballots.still_open", waited_for=counted.not_returned)
