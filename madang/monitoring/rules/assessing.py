"""Self-assessments: what each kind covers, and when one may be put out and published."""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

from madang.foundation.dates import PartialDate
from madang.foundation.figures import Figure, days_on
from madang.foundation.refusals import NotNow, NotValid
from madang.monitoring.rules.status import last_day

READ_FOR = (
    Figure(14, "2026-11-23", "ours: the two weeks for public comment in OGP’s own reports"),
)
"""How long everyone reads a report and may comment on it before it is published."""
LONGEST_WORDS = 6000


class AssessmentKind(StrEnum):
    """The reports of a plan's cycle. Source: DOMAIN §1.4 (OGP's self-assessment), issue 6."""

    HALF_YEAR = "half_year"
    MID_TERM = "mid_term"
    END_OF_TERM = "end_of_term"


class AssessmentState(StrEnum):
    """Where a report is: written on, before the public for two weeks, published."""

    DRAFT = "draft"
    PUT_OUT = "put_out"
    PUBLISHED = "published"


def covered(kind: str, starts: str | None, ends: str | None, on: date) -> tuple[str, str]:
    """The first and the last day a report of a kind covers, for a plan of this period on a day.

    A half-year is the last one that is over, cut to the plan's period; midway is half of the
    plan's days.

    Raises NotValid: monitoring.no_assessment_kind, monitoring.no_period_of_plan; NotNow:
    monitoring.nothing_over_yet.
    """
    if kind not in list(AssessmentKind):
        raise NotValid("monitoring.no_assessment_kind", field="kind")
    if not (starts and ends):
        raise NotValid("monitoring.no_period_of_plan", field="kind")
    first, last = PartialDate(starts).first_day, last_day(ends)
    if kind == AssessmentKind.HALF_YEAR:
        begins, over = _half_year_before(min(on, last + timedelta(days=1)))
        first, last = max(first, begins), min(last, over)
    elif kind == AssessmentKind.MID_TERM:
        last = first + (last - first) / 2
    if last < first or (kind == AssessmentKind.HALF_YEAR and last >= on):
        raise NotNow("monitoring.nothing_over_yet", field="kind")
    return first.isoformat(), last.isoformat()


def _half_year_before(on: date) -> tuple[date, date]:
    """The half of a year that ended last before a day: January to June, or July to December."""
    if on.month > 6:
        return date(on.year, 1, 1), date(on.year, 6, 30)
    return date(on.year - 1, 7, 1), date(on.year - 1, 12, 31)


def read_until(on: date) -> date:
    """The last day on which a report that is put out on a day is read before it is published."""
    return on + days_on(READ_FOR, on)


def check_can_write(state: str) -> None:
    """Raises NotNow: monitoring.assessment_stands."""
    if state != AssessmentState.DRAFT:
        raise NotNow("monitoring.assessment_stands")


def check_words(words: Collection[str | None], field: str) -> None:
    """Raises NotValid: monitoring.words_long."""
    if any(len(one or "") > LONGEST_WORDS for one in words):
        raise NotValid("monitoring.words_long", most=LONGEST_WORDS, field=field)


def check_can_put_out(state: str, *, languages: Collection[str], there: Collection[str]) -> None:
    """A report goes out with its summary in every language of the forum.

    Raises NotNow: monitoring.assessment_stands, monitoring.summary_missing.
    """
    check_can_write(state)
    missing = [language for language in languages if language not in there]
    if missing:
        raise NotNow("monitoring.summary_missing", languages=", ".join(missing), field="summary")


def lies_open(state: str, until: str | None, on: date) -> bool:
    """Whether a report is read and commented on, its last day included."""
    return state == AssessmentState.PUT_OUT and until is not None and on.isoformat() <= until


def check_lies_open(state: str, until: str | None, on: date) -> None:
    """Raises NotNow: monitoring.not_read_now."""
    if not lies_open(state, until, on):
        raise NotNow("monitoring.not_read_now")


def check_can_publish(state: str, until: str | None, on: date, *, waiting: int = 0) -> None:
    """`waiting` is how many comments on it wait for a look or an answer.

    Raises NotNow: monitoring.not_put_out, monitoring.still_read, monitoring.published_before,
    monitoring.comments_wait.
    """
    if state == AssessmentState.PUBLISHED:
        raise NotNow("monitoring.published_before")
    if state != AssessmentState.PUT_OUT or until is None:
        raise NotNow("monitoring.not_put_out")
    if on.isoformat() <= until:
        raise NotNow("monitoring.still_read", day=PartialDate(until))
    if waiting:
        raise NotNow("monitoring.comments_wait", count=waiting)
