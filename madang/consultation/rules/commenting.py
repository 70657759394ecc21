"""Comments on a draft plan: the words, the window, what a comment must be, how it is answered."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from madang.calls.rules.mailboxes import check_email
from madang.calls.rules.personal import holds_resident_number, personal_data
from madang.calls.rules.proposing import NAME_MOST, says_something
from madang.calls.rules.words import Channel
from madang.foundation.dates import is_a_day
from madang.foundation.figures import Figure, figure_on
from madang.foundation.refusals import NotNow, NotValid, Refusal
from madang.foundation.texts import Text

WINDOW_RULE = "comment-window"
"""The key of the forum's own rule, `{days: 14}`, where it has one."""
TEXT_LEAST, TEXT_MOST = 10, 2_000
"""Characters. Source: ours; a comment may be shorter than a proposal, and no longer."""
ANSWER_LEAST, ANSWER_MOST = 20, 800
"""Characters of the reason, in each language. Source: ours: half of what a proposal's answer has at
least, for a comment is about one sentence of a text beside it; and twice the 400 of UX.md P1b."""


class RoundStatus(StrEnum):
    """Where the comments on a draft stand. The clock opens and closes them; nobody else does."""

    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    CALLED_OFF = "called_off"
    """Taken back before it opened, with a reason."""


class CommentState(StrEnum):
    """Whether everyone reads a comment. What is hidden leaves its number, its reason, its answer;
    what its author withdrew leaves its number and its way."""

    RECEIVED = "received"
    PUBLIC = "public"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


class Fate(StrEnum):
    """What became of a comment."""

    TAKEN_UP = "taken_up"
    PARTLY = "partly"
    NOT_TAKEN_UP = "not_taken_up"


# --- the window ----------------------------------------------------------------------------------


WINDOWS = (
    Figure(
        14,
        "2020-04-01",
        "ours: the two weeks promised for the draft of Korea’s fifth plan in 2020, and those OGP’s "
        "reviewer gives for comments on its own drafts",
    ),
)
"""What holds where the forum's rules say nothing, the newest first."""


@dataclass(frozen=True)
class RoundText:
    """A window as it is announced; it is half-open. `short_reason` says why it is shorter than
    the rule, if it is."""

    opens_at: datetime
    closes_at: datetime
    answer_by: str
    invitation: Text | None = None
    short_reason: Text | None = None


def window_on(day: str, figures: Iterable[Mapping[str, Any]] = ()) -> Figure:
    """The window that holds on a day: the forum's own rule, else ours."""
    for figure in figures:
        days = (figure["figure"] or {}).get("days") if figure["key"] == WINDOW_RULE else None
        if isinstance(days, int):
            return Figure(days, "", str(figure.get("source") or ""))
    return figure_on(WINDOWS, day)


def long_enough(opens_at: datetime, closes_at: datetime, window: Figure) -> bool:
    """Whether a draft is open for as long as the rule asks; the edge is long enough."""
    return closes_at - opens_at >= timedelta(days=window.days)


def check_round(text: RoundText, *, window: Figure, closing_day: str, at: datetime) -> None:
    """What must be said before a window is announced. `closing_day` is that of `closes_at`.

    Raises NotValid: consultation.comment_window_past, consultation.comment_window_backwards, consultation.comment_no_answer_date,
    consultation.comment_answer_before_close, consultation.comment_window_short.
    """
    if text.opens_at < at:
        raise NotValid("consultation.comment_window_past", field="opens_on")
    if text.closes_at <= text.opens_at:
        raise NotValid("consultation.comment_window_backwards", field="closes_on")
    if not is_a_day(text.answer_by):
        raise NotValid("consultation.comment_no_answer_date", field="answer_by")
    if text.answer_by <= closing_day:
        raise NotValid("consultation.comment_answer_before_close", field="answer_by")
    if not long_enough(text.opens_at, text.closes_at, window) and not text.short_reason:
        days = (text.closes_at - text.opens_at).days
        raise NotValid(
            "consultation.comment_window_short", days=days, asked=window.days, field="short_reason"
        )


def check_can_open(status: str, *, opens_at: datetime, at: datetime) -> None:
    """Raises NotNow: consultation.comment_not_announced, consultation.comment_too_early."""
    if status != RoundStatus.ANNOUNCED:
        raise NotNow("consultation.comment_not_announced")
    if at < opens_at:
        raise NotNow("consultation.comment_too_early")


def check_can_close(status: str, *, closes_at: datetime, at: datetime) -> None:
    """Raises NotNow: consultation.comment_not_open, consultation.comment_too_early."""
    if status != RoundStatus.OPEN:
        raise NotNow("consultation.comment_not_open")
    if at < closes_at:
        raise NotNow("consultation.comment_too_early")


def takes_comments(status: str, *, closes_at: datetime, at: datetime) -> bool:
    """Whether anyone may comment now. The clock may be some seconds late; the window is not."""
    return status == RoundStatus.OPEN and at < closes_at


def check_can_extend(
    status: str, *, closes_at: datetime, later: datetime, reason: Text, at: datetime
) -> None:
    """A window is put off while it runs and no further back than it was.

    Raises NotNow: consultation.comment_not_open; NotValid: consultation.comment_not_later, consultation.comment_no_reason.
    """
    # Once the close has passed the window is over, whether the clock has been there or not.
    if status not in (RoundStatus.ANNOUNCED, RoundStatus.OPEN) or at >= closes_at:
        raise NotNow("consultation.comment_not_open")
    if later <= closes_at:
        raise NotValid("consultation.comment_not_later", field="extend_on")
    if not reason:
        raise NotValid("consultation.comment_no_reason", field="extend_reason")


def check_can_call_off(status: str, *, opens_at: datetime, reason: Text, at: datetime) -> None:
    """Raises NotNow: consultation.comment_opened_before; NotValid: consultation.comment_no_reason."""
    if status != RoundStatus.ANNOUNCED or at >= opens_at:
        raise NotNow("consultation.comment_opened_before")
    if not reason:
        raise NotValid("consultation.comment_no_reason", field="call_off_reason")


# --- a comment -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """A comment as its author wrote it, on one commitment or, without a number, on the whole draft."""

    text: str
    language: str
    commitment: int | None = None
    name: str = ""


def problems(words: Words, *, email: str | None = None, agreed: bool = True) -> list[Refusal]:
    """Everything that is wrong with a comment, field by field, in the order of the form."""
    return list(_problems(words, email, agreed))


def check_words(words: Words) -> None:
    """Raises NotValid: the first of what `problems` finds."""
    for problem in _problems(words, None, True):
        raise problem


def _problems(words: Words, email: str | None, agreed: bool) -> Iterator[Refusal]:
    length = len(words.text)
    if not says_something(words.text):
        yield NotValid("consultation.comment_text_missing", field="text")
    elif length < TEXT_LEAST:
        yield NotValid(
            "consultation.comment_text_short", least=TEXT_LEAST, now=length, field="text"
        )
    elif length > TEXT_MOST:
        yield NotValid("consultation.comment_text_long", most=TEXT_MOST, now=length, field="text")
    elif holds_resident_number(words.text):
        yield NotValid("calls.resident_number", field="text")
    if email is not None:
        try:
            check_email(email)
        except NotValid as problem:
            yield problem
    if len(words.name) > NAME_MOST:
        yield NotValid("calls.name_long", most=NAME_MOST, field="name")
    elif holds_resident_number(words.name):
        yield NotValid("calls.resident_number", field="name")
    if not agreed:
        yield NotValid("calls.not_agreed", field="agreed")


def waits_for_a_look(words: Words) -> bool:
    """Whether someone looks at it before it is public: it may hold personal data."""
    return bool(personal_data(words.text, words.name))


# --- moderation: the policy is that of proposals -------------------------------------------------

FROM = {
    "publish": (CommentState.RECEIVED,),
    "hide": (CommentState.RECEIVED, CommentState.PUBLIC),
    "restore": (CommentState.HIDDEN,),
    "edit": (CommentState.RECEIVED, CommentState.PUBLIC),
    "withdraw": (CommentState.RECEIVED, CommentState.PUBLIC),
    "answer": (CommentState.RECEIVED, CommentState.PUBLIC, CommentState.HIDDEN),
}
"""The states in which each step can be taken. Source: the moderation policy."""


def check_step(step: str, state: str) -> None:
    """Raises NotNow: consultation.comment_not_in_this_state."""
    if state not in FROM[step]:
        raise NotNow("consultation.comment_not_in_this_state")


def check_can_edit(state: str, *, is_open: bool, answered: bool) -> None:
    """An author may change a comment while the draft is open to comments; later others work with it.

    Raises NotNow: consultation.comment_not_in_this_state, consultation.comment_answered_before,
    consultation.comment_not_open.
    """
    check_can_withdraw(state, answered=answered)
    if not is_open:
        raise NotNow("consultation.comment_not_open")


def check_can_withdraw(state: str, *, answered: bool) -> None:
    """Raises NotNow: consultation.comment_not_in_this_state, consultation.comment_answered_before."""
    check_step("withdraw", state)
    if answered:
        raise NotNow("consultation.comment_answered_before")


# --- entered on behalf of someone ----------------------------------------------------------------

BY_HAND = (Channel.PAPER, Channel.TELEPHONE, Channel.WORKSHOP)
"""The ways by which a comment comes that the secretariat enters."""


def check_entry(status: str, *, channel: str, said_on: str, first_day: str, last_day: str) -> None:
    """Whether what came by another way counts: it came while the draft was open to comments. What
    was late in the post may be entered after the close.

    Raises NotNow: consultation.comment_not_opened_yet; NotValid: calls.no_channel,
    consultation.comment_came_outside.
    """
    if status not in (RoundStatus.OPEN, RoundStatus.CLOSED):
        raise NotNow("consultation.comment_not_opened_yet")
    if channel not in BY_HAND:
        raise NotValid("calls.no_channel", field="channel")
    if not (is_a_day(said_on) and first_day <= said_on <= last_day):
        raise NotValid(
            "consultation.comment_came_outside", first=first_day, last=last_day, field="said_on"
        )


# --- answers -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """What became of a comment, why, and the version of a commitment that changed because of it.

    `changed` is that commitment's number and the version's.
    """

    fate: str
    reason: Text
    changed: tuple[int, int] | None = None


def check_answer(
    answer: Answer, *, newer: Collection[tuple[int, int]], on_the_whole: bool = False
) -> None:
    """A comment on a commitment that was taken up changed a text, and the answer says which.

    One on the whole draft may have changed something else, such as the timeline. `newer` are the
    versions written since the draft was put before the public.

    Raises NotValid: consultation.comment_no_fate, consultation.comment_reason_short, consultation.comment_reason_long,
    consultation.comment_no_change, consultation.comment_change_without_fate, consultation.comment_not_a_newer_version.
    """
    if answer.fate not in set(Fate):
        raise NotValid("consultation.comment_no_fate", field="fate")
    lengths = [len(words) for words in answer.reason.words.values() if words]
    if min(lengths, default=0) < ANSWER_LEAST:
        now = min(lengths, default=0)
        raise NotValid(
            "consultation.comment_reason_short", least=ANSWER_LEAST, now=now, field="reason"
        )
    if max(lengths) > ANSWER_MOST:
        raise NotValid("consultation.comment_reason_long", most=ANSWER_MOST, field="reason")
    if answer.fate == Fate.NOT_TAKEN_UP:
        if answer.changed is not None:
            raise NotValid("consultation.comment_change_without_fate", field="changed")
    elif answer.changed is None and not on_the_whole:
        raise NotValid("consultation.comment_no_change", field="changed")
    if answer.changed is not None and answer.changed not in newer:
        raise NotValid("consultation.comment_not_a_newer_version", field="changed")


def check_can_answer(status: str, *, published: bool) -> None:
    """An answer may be written from the opening on, and over until it is published.

    Raises NotNow: consultation.comment_not_opened_yet, consultation.comment_answered_before.
    """
    if status not in (RoundStatus.OPEN, RoundStatus.CLOSED):
        raise NotNow("consultation.comment_not_opened_yet")
    if published:
        raise NotNow("consultation.comment_answered_before")


def check_can_publish(status: str) -> None:
    """Answers come out once everyone has been heard: after the close.

    Raises NotNow: consultation.comment_still_open.
    """
    if status != RoundStatus.CLOSED:
        raise NotNow("consultation.comment_still_open")
