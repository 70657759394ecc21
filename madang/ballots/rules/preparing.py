"""When a ballot's text may still be changed, sent back or dropped, and when members are reminded."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from madang.ballots.rules.states import may_begin
from madang.ballots.rules.words import BallotStatus
from madang.foundation.dates import PartialDate
from madang.foundation.refusals import NotNow, NotValid

LONGEST_NOTE = 2000
"""The most characters of a reason for sending back or annulling."""
LONGEST_DOCUMENT = 80
"""The most characters of a document's number."""
MOST_REMINDERS = 3
"""How often members are reminded where the forum's rules give no figure.

Source: none gives one; three is this software's own bound, so that nobody is worn down.
"""
BETWEEN_REMINDERS = timedelta(hours=12)


def notice_days(figures: Iterable[Mapping[str, Any]]) -> int | None:
    """For how many days the rules want a vote in writing known before it opens; None: not recorded.

    Raises NotValid: ballots.rule_not_understood, where the figure is no number of days.
    """
    known = {figure["key"]: figure["figure"] for figure in figures}
    if not (figure := known.get("notice-in-writing")):
        return None
    if not isinstance(days := figure.get("days"), int):
        raise NotValid("ballots.rule_not_understood", rule="notice-in-writing")
    return days


def check_notice(days: int | None, *, opens_on: date, written_on: date) -> None:
    """Refuse an opening that comes too soon after the day on which it was written.

    Days of the calendar are counted, the day of writing not among them. Where no figure is
    recorded nothing is asked.

    Source: the forum's rules in force on the day of opening; what their notice counts from, none
    that we have seen says.

    Raises NotValid: ballots.notice_short.
    """
    earliest = written_on + timedelta(days=days or 0)
    if days and opens_on < earliest:
        raise NotValid(
            "ballots.notice_short", days=days, earliest=PartialDate(earliest.isoformat())
        )


def check_can_revise(status: str) -> None:
    """Raises NotNow: ballots.text_stands, once the ballot has opened."""
    if not may_begin("ballot.revise", status):
        raise NotNow("ballots.text_stands")


def check_can_return(status: str, reason: str) -> None:
    """Raises NotNow: ballots.not_waiting_for_keys. Raises NotValid as `check_note` does."""
    if not may_begin("ballot.return", status):
        raise NotNow("ballots.not_waiting_for_keys")
    check_note(reason)


def check_can_annul(status: str, reason: str) -> None:
    """An open ballot is annulled by no one person, whoever it is: its votes are being given.

    Raises NotNow: ballots.open_stays, ballots.not_annullable. Raises NotValid as `check_note` does.
    """
    if status == BallotStatus.OPEN:
        raise NotNow("ballots.open_stays")
    if not may_begin("ballot.annul", status):
        raise NotNow("ballots.not_annullable")
    check_note(reason)


def check_note(reason: str) -> None:
    """Raises NotValid: ballots.note_missing, ballots.reason_too_long."""
    if not reason.strip():
        raise NotValid("ballots.note_missing")
    if len(reason) > LONGEST_NOTE:
        raise NotValid("ballots.reason_too_long", most=LONGEST_NOTE)


def most_reminders(figures: Iterable[Mapping[str, Any]]) -> int:
    """How often members may be reminded in one ballot, by the rules it froze: three times at most."""
    known = {figure["key"]: figure["figure"] or {} for figure in figures}
    return min(int(known.get("reminders", {}).get("count", MOST_REMINDERS)), MOST_REMINDERS)


def check_can_remind(
    status: str, *, closes_at: datetime, sent: int, most: int, last: datetime | None, at: datetime
) -> None:
    """Raises NotNow: ballots.not_open_yet, ballots.closed, ballots.reminders_spent,
    ballots.reminded_lately.
    """
    if status in (BallotStatus.DRAFT, BallotStatus.KEYED):
        raise NotNow("ballots.not_open_yet")
    if not may_begin("ballot.remind", status) or at >= closes_at:
        raise NotNow("ballots.closed", closes_at=closes_at)
    if sent >= most:
        raise NotNow("ballots.reminders_spent", most=most)
    if last is not None and at < last + BETWEEN_REMINDERS:
        raise NotNow("ballots.reminded_lately", hours=BETWEEN_REMINDERS // timedelta(hours=1))


# --- what comes on paper -------------------------------------------------------------------------


def check_paper(act: str, status: str, document: str) -> None:
    """Raises NotNow: ballots.not_on_paper_now. Raises NotValid: ballots.no_document."""
    if not may_begin(act, status):
        raise NotNow("ballots.not_on_paper_now")
    check_number(document)


def check_number(document: str) -> None:
    """Raises NotValid: ballots.no_document."""
    if not document.strip() or len(document) > LONGEST_DOCUMENT:
        raise NotValid("ballots.no_document", most=LONGEST_DOCUMENT)


# --- printed codes -------------------------------------------------------------------------------


def check_can_print(act: str, status: str, *, closes_at: datetime, at: datetime) -> None:
    """Codes are printed while there is something to vote on.

    Raises NotNow: ballots.not_open_yet, ballots.closed.
    """
    if status in (BallotStatus.DRAFT, BallotStatus.KEYED):
        raise NotNow("ballots.not_open_yet")
    if not may_begin(act, status) or at >= closes_at:
        raise NotNow("ballots.closed")
