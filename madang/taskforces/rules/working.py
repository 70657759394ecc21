"""A group at work: its meetings and its homework."""

from dataclasses import dataclass
from datetime import date, timedelta

from madang.foundation.dates import PartialDate
from madang.foundation.refusals import NotNow, NotValid
from madang.foundation.texts import Text

PLACE_MOST = 200
WORDS_MOST = 2000
"""The most characters of an agenda, of what came of a meeting, of a task. Source: ours."""


@dataclass(frozen=True)
class Rhythm:
    """How many days a group has for its homework, since when, and who says so."""

    days: int
    since: str
    source: str


RHYTHMS = (Rhythm(14, "2020-06-19", "https://ogp.parti.xyz/front/posts/35080"),)
"""What is offered where nobody says another day, the newest first."""


def rhythm_on(day: str) -> Rhythm:
    return next((one for one in RHYTHMS if one.since <= day), RHYTHMS[-1])


def due_by(day: date) -> str:
    """The day homework is due that is given on a day."""
    return (day + timedelta(days=rhythm_on(day.isoformat()).days)).isoformat()


def is_late(due: str, *, done: bool, today: str) -> bool:
    """Whether homework is late: a month or a year lasts to its end."""
    return not done and due < today[: len(due)]


def check_words(words: Text | None, *, field: str) -> None:
    """Raises NotValid: taskforces.no_words, taskforces.words_long."""
    if not words:
        raise NotValid("taskforces.no_words", field=field)
    if max(len(one or "") for one in words.words.values()) > WORDS_MOST:
        raise NotValid("taskforces.words_long", most=WORDS_MOST, field=field)


def check_place(place: str) -> None:
    """Raises NotValid: taskforces.place_long."""
    if len(place) > PLACE_MOST:
        raise NotValid("taskforces.place_long", most=PLACE_MOST, field="place")


def check_day(day: str, *, field: str) -> None:
    """Raises NotValid: taskforces.not_a_day."""
    try:
        if PartialDate(day).day:
            return
    except ValueError:
        pass
    raise NotValid("taskforces.not_a_day", field=field)


def check_can_finish(*, done: bool) -> None:
    """Raises NotNow: taskforces.done_already."""
    if done:
        raise NotNow("taskforces.done_already")
