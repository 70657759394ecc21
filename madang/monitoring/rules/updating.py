"""What an update must say, when it may still be corrected, and when a plan asks for updates."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from ipaddress import ip_address
from itertools import pairwise
from urllib.parse import urlsplit

from madang.foundation.dates import PartialDate
from madang.foundation.refusals import NotNow, NotValid
from madang.monitoring.rules.status import Standing, is_past, last_day
from madang.monitoring.rules.words import ENDED, REPORTED, Cause, MilestoneStatus

MOST_TEXT = 300
"""The most characters of what was done, and of a reason. Source: issue 6, UX P6."""
MOST_URL = 600
MOST_LINKS = 5
CORRECTED_WITHIN = timedelta(minutes=10)
"""For how long an update may be corrected by whoever sent it. Source: UX P6."""
UNCHANGED = "unchanged"
"""An honest answer: it stands as it was last said to stand."""
NEEDS_A_REASON = (Cause.OTHER,)
MOST_PERIODS = 60


@dataclass(frozen=True)
class Update:
    """What someone says of one milestone. `status` is one of `REPORTED`, or `UNCHANGED`."""

    status: str
    text: str = ""
    links: tuple[str, ...] = ()
    done_on: str = ""
    new_due: str = ""
    cause: str = ""
    reason: str = ""


def check_update(update: Update, now: Standing, *, today: date, files: int = 0) -> None:
    """Whether an update says all it has to, given where the milestone stands now.

    Raises NotValid: monitoring.no_status, monitoring.nothing_said_yet, monitoring.date_passed,
    monitoring.text_missing, monitoring.text_long, monitoring.reason_long, monitoring.no_evidence,
    what `check_link`, and what those for late, done and stopped raise.
    """
    if update.status not in (*REPORTED, UNCHANGED):
        raise NotValid("monitoring.no_status", field="status")
    if update.status == UNCHANGED:
        _check_unchanged(now, today)
    elif not update.text:
        raise NotValid("monitoring.text_missing", field="text")
    if len(update.text) > MOST_TEXT:
        raise NotValid("monitoring.text_long", most=MOST_TEXT, now=len(update.text), field="text")
    if len(update.reason) > MOST_TEXT:
        raise NotValid("monitoring.reason_long", most=MOST_TEXT, field="reason")
    for link in update.links:
        check_link(link)
    if len(update.links) > MOST_LINKS:
        raise NotValid("monitoring.too_many_links", most=MOST_LINKS, field="link")
    if update.status in (MilestoneStatus.ON_TRACK, MilestoneStatus.NOT_STARTED):
        _check_not_past(now, today)
    elif update.status == MilestoneStatus.LATE:
        _check_late(update, now, today)
    elif update.status == MilestoneStatus.DONE:
        _check_done(update, today, shown=bool(update.links or files))
    elif update.status == MilestoneStatus.STOPPED:
        _check_cause(update)
        if not update.reason:
            raise NotValid("monitoring.no_reason", field="reason")


def _check_unchanged(now: Standing, today: date) -> None:
    if now.known is None:
        raise NotValid("monitoring.nothing_said_yet", field="status")
    if now.known not in ENDED:
        _check_not_past(now, today)


def _check_not_past(now: Standing, today: date) -> None:
    if is_past(now.due, today):
        raise NotValid("monitoring.date_passed", due=PartialDate(now.due or ""), field="status")


def _check_late(update: Update, now: Standing, today: date) -> None:
    _check_cause(update)
    if not update.new_due:
        raise NotValid("monitoring.no_new_date", field="new_due")
    _check_date(update.new_due, "new_due")
    if now.due and last_day(update.new_due) <= last_day(now.due):
        raise NotValid("monitoring.new_date_before_old", old=PartialDate(now.due), field="new_due")
    if is_past(update.new_due, today):
        raise NotValid("monitoring.new_date_past", field="new_due")


def _check_done(update: Update, today: date, *, shown: bool) -> None:
    if not shown:
        raise NotValid("monitoring.no_evidence", field="link")
    if update.done_on:
        _check_date(update.done_on, "done_on")
        if PartialDate(update.done_on).first_day > today:
            raise NotValid("monitoring.done_ahead", field="done_on")


def _check_cause(update: Update) -> None:
    if update.cause not in list(Cause):
        raise NotValid("monitoring.no_cause", field="cause")
    if update.cause in NEEDS_A_REASON and not update.reason:
        raise NotValid("monitoring.no_reason", field="reason")


def _check_date(given: str, field: str) -> None:
    try:
        PartialDate(given)
    except ValueError as error:
        raise NotValid("monitoring.no_date", value=given[:40], field=field) from error


def check_link(link: str) -> None:
    """Whether this can be the address of a page. Nothing is opened: who reads it opens it.

    Raises NotValid: monitoring.link_long, monitoring.link_signs, monitoring.link_scheme,
    monitoring.link_secret, monitoring.link_inside, monitoring.link_shape.
    """
    if len(link) > MOST_URL:
        raise NotValid("monitoring.link_long", most=MOST_URL, field="link")
    if re.search(r"[\s<>\"'\\]", link):
        raise NotValid("monitoring.link_signs", field="link")
    try:
        parts = urlsplit(link)
        host, secret = (parts.hostname or "").rstrip("."), parts.username or parts.password
    except ValueError:
        raise NotValid("monitoring.link_shape", field="link") from None
    if parts.scheme and parts.scheme not in ("http", "https"):
        raise NotValid("monitoring.link_scheme", field="link")
    if not parts.scheme or not host:
        raise NotValid("monitoring.link_shape", field="link")
    if secret is not None:
        raise NotValid("monitoring.link_secret", field="link")
    if _is_inside(host):
        raise NotValid("monitoring.link_inside", host=host[:80], field="link")


INSIDE = ("local", "localhost", "internal", "intranet", "lan", "home", "corp")
"""Endings of names that mean nothing outside one building's network (RFC 6761, 6762, 8375)."""


def _is_inside(host: str) -> bool:
    """Whether a host can be reached from inside one network alone, or from one machine."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        last = host.rpartition(".")[2]
        # A short or odd way to write a number, as 127.1 or 0x7f000001, is no name either.
        return "." not in host or last in INSIDE or bool(re.fullmatch(r"[0-9]+|0x[0-9a-f]*", last))


def check_can_correct(made_at: datetime, at: datetime) -> None:
    """Raises NotNow: monitoring.too_late_to_correct."""
    if at >= made_at + CORRECTED_WITHIN:
        raise NotNow("monitoring.too_late_to_correct", minutes=CORRECTED_WITHIN.seconds // 60)


# --- reporting periods ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Stretch:
    """A reporting period as four days; see `ReportingPeriod`."""

    starts: date
    ends: date
    asks_on: date
    due_on: date


ANSWERED_WITHIN = timedelta(days=21)
"""How long whoever is asked has to answer, where the forum says nothing else. Source: ADR 0024."""


def stretches(
    starts: str, ends: str, *, months: int, answered_within: timedelta = ANSWERED_WITHIN
) -> list[Stretch]:
    """A plan's time cut into periods of so many months; the letters go out the day after each.

    The last one ends with the plan. Raises NotValid: monitoring.period_months.
    """
    if months not in (1, 2, 3, 4, 6, 12):
        raise NotValid("monitoring.period_months", field="months")
    begins, over, found = PartialDate(starts).first_day, last_day(ends), list[Stretch]()
    while begins <= over and len(found) < MOST_PERIODS:
        after = _months_after(begins, months)
        end = min(after - timedelta(days=1), over)
        asks = end + timedelta(days=1)
        found.append(Stretch(begins, end, asks, asks + answered_within))
        begins = after
    return found


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def check_periods(given: Sequence[Stretch]) -> None:
    """Whether periods follow one another and are each asked for once they have begun.

    Raises NotValid: monitoring.no_periods, monitoring.period_backwards, monitoring.periods_overlap.
    """
    if not given or len(given) > MOST_PERIODS:
        raise NotValid("monitoring.no_periods", most=MOST_PERIODS, field="periods")
    for one in given:
        if not (one.starts < one.ends and one.starts <= one.asks_on <= one.due_on):
            raise NotValid(
                "monitoring.period_backwards",
                starts=PartialDate(one.starts.isoformat()),
                field="periods",
            )
    for first, second in pairwise(given):
        if second.starts <= first.ends or second.asks_on <= first.asks_on:
            raise NotValid(
                "monitoring.periods_overlap",
                starts=PartialDate(second.starts.isoformat()),
                field="periods",
            )
