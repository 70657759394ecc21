"""When a call may be announced, opened, closed, extended, ended and opened again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from madang.calls.rules.words import CallStatus
from madang.foundation.dates import is_a_day
from madang.foundation.refusals import NotNow, NotValid
from madang.foundation.texts import Text

NOTICE_RULE = "call-notice"
"""The key of the forum's own rule, `{days: 14}`, where it has one."""


@dataclass(frozen=True)
class Notice:
    """How many days a timeline is public before its call opens, since when, and who says so."""

    days: int
    since: str
    source: str


NOTICES = (
    Notice(
        14,
        "2022-01-01",
        "OGP Participation and Co-Creation Standards, Standard 3, minimum requirement 3.1",
    ),
)
"""What holds where the forum's rules say nothing, the newest first."""
MOST_POINTS = 12
"""The most questions, and the most criteria, of a call."""


@dataclass(frozen=True)
class CallText:
    """A call as it is announced. The window is half-open.

    `notice_reason` says why the timeline was public for less than the rule asks, if it was.
    """

    opens_at: datetime
    closes_at: datetime
    answer_by: str
    invitation: Text | None = None
    questions: list[Text] = field(default_factory=list)
    criteria: list[Text] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    answer_at: Text | None = None
    notice_reason: Text | None = None


def notice_on(day: str, figures: Iterable[Mapping[str, Any]] = ()) -> Notice:
    """The notice that holds on a day: the forum's own rule, else the standard's."""
    for figure in figures:
        days = (figure["figure"] or {}).get("days") if figure["key"] == NOTICE_RULE else None
        if isinstance(days, int):
            return Notice(days, "", str(figure.get("source") or ""))
    return next((one for one in NOTICES if one.since <= day), NOTICES[-1])


def days_of_notice(announced_at: datetime | None, opens_at: datetime) -> int:
    """For how many whole days a timeline will have been public when the call opens."""
    return max(0, (opens_at - announced_at).days) if announced_at else 0


def notice_kept(announced_at: datetime | None, opens_at: datetime, notice: Notice) -> bool:
    """Whether the timeline will have been public long enough."""
    return announced_at is not None and opens_at - announced_at >= timedelta(days=notice.days)


def check_call(
    text: CallText,
    *,
    announced_at: datetime | None,
    notice: Notice,
    languages: Iterable[str],
    closing_day: str,
    at: datetime,
) -> None:
    """What a call must say before it is announced. `closing_day` is that of `closes_at`.

    Raises NotNow: calls.plan_not_announced. Raises NotValid: calls.window_past,
    calls.window_backwards, calls.no_criteria, calls.too_many_points, calls.no_language,
    calls.no_answer_date, calls.answer_before_close, calls.notice_short.
    """
    if announced_at is None:
        raise NotNow("calls.plan_not_announced")
    if text.opens_at < at:
        raise NotValid("calls.window_past", field="opens_on")
    if text.closes_at <= text.opens_at:
        raise NotValid("calls.window_backwards", field="closes_on")
    if not text.criteria:
        raise NotValid("calls.no_criteria", field="criteria-1")
    if max(len(text.criteria), len(text.questions)) > MOST_POINTS:
        raise NotValid("calls.too_many_points", most=MOST_POINTS, field="criteria-1")
    if not text.languages or set(text.languages) - set(languages):
        raise NotValid("calls.no_language", field="languages")
    check_answer_day(text.answer_by, closing_day=closing_day, field="answer_by")
    if not notice_kept(announced_at, text.opens_at, notice) and not text.notice_reason:
        days = days_of_notice(announced_at, text.opens_at)
        raise NotValid("calls.notice_short", days=days, asked=notice.days, field="notice_reason")


def check_recorded_call(text: CallText, *, at: datetime) -> None:
    """What is asked of a call that was held elsewhere: that it is over.

    Raises NotValid: calls.window_not_past, calls.window_backwards, calls.no_answer_date.
    """
    if text.closes_at <= text.opens_at:
        raise NotValid("calls.window_backwards", field="closes_on")
    if text.closes_at > at:
        raise NotValid("calls.window_not_past", field="closes_on")
    if text.answer_by and len(text.answer_by) != 10:
        raise NotValid("calls.no_answer_date", field="answer_by")


def check_can_open(status: str, *, opens_at: datetime, at: datetime) -> None:
    """Raises NotNow: calls.not_announced, calls.too_early."""
    if status != CallStatus.ANNOUNCED:
        raise NotNow("calls.not_announced")
    if at < opens_at:
        raise NotNow("calls.too_early")


def check_can_close(status: str, *, closes_at: datetime, at: datetime) -> None:
    """Raises NotNow: calls.not_open, calls.too_early."""
    if status != CallStatus.OPEN:
        raise NotNow("calls.not_open")
    if at < closes_at:
        raise NotNow("calls.too_early")


def takes_proposals(status: str, *, closes_at: datetime, at: datetime) -> bool:
    """Whether anyone may propose now. The clock may be some seconds late; the window is not."""
    return status == CallStatus.OPEN and at < closes_at


def check_can_revise(status: str, *, opens_at: datetime, at: datetime) -> None:
    """Raises NotNow: calls.opened_before."""
    if status != CallStatus.ANNOUNCED or at >= opens_at:
        raise NotNow("calls.opened_before")


def check_can_extend(
    status: str, *, closes_at: datetime, later: datetime, reason: Text, at: datetime
) -> None:
    """Raises NotNow: calls.not_open; NotValid: calls.not_later, calls.no_reason."""
    if status not in (CallStatus.ANNOUNCED, CallStatus.OPEN):
        raise NotNow("calls.not_open")
    if later <= max(closes_at, at):
        raise NotValid("calls.not_later", field="extend_on")
    _check_reason(reason, "extend_reason")


def check_answer_day(answer_by: str, *, closing_day: str, field: str) -> None:
    """Whether the answers of a call are still to come after its close.

    Raises NotValid: calls.no_answer_date, calls.answer_before_close.
    """
    if not is_a_day(answer_by):
        raise NotValid("calls.no_answer_date", field=field)
    if answer_by <= closing_day:
        raise NotValid("calls.answer_before_close", field=field)


def check_can_end(status: str, *, reason: Text) -> None:
    """Raises NotNow: calls.ended_before; NotValid: calls.no_reason."""
    if status == CallStatus.ENDED:
        raise NotNow("calls.ended_before")
    _check_reason(reason, "end_reason")


def check_can_reopen(status: str, *, until: datetime, reason: Text, at: datetime) -> None:
    """Raises NotNow: calls.not_closed; NotValid: calls.not_later, calls.no_reason."""
    if status not in (CallStatus.CLOSED, CallStatus.ENDED):
        raise NotNow("calls.not_closed")
    if until <= at:
        raise NotValid("calls.not_later", field="reopen_on")
    _check_reason(reason, "reopen_reason")


def _check_reason(reason: Text, field: str) -> None:
    if not reason:
        raise NotValid("calls.no_reason", field=field)
