"""A request to agencies: by when they answer, when that is overdue, and what a request must say.

Every figure is dated and names its source; nothing else in the software says one of these.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from madang.consultation.rules.words import Standing, Step
from madang.foundation.figures import Figure, days_on, figure_on
from madang.foundation.refusals import NotValid

MOST_COMMITMENTS, MOST_BODIES, LONGEST = 60, 60, 180
NOTE_MOST, WHY_LEAST, WHY_MOST = 3000, 10, 300


WINDOW = (
    Figure(
        21,
        "2022",
        "국민 제안 규정 제9조 (Regulations on Public Proposals, art. 9)",
    ),
)
VERY_OVERDUE = (Figure(14, "2026-11-23", "ours: two weeks more, then the director is told once"),)
SOON = (Figure(7, "2026-11-23", "ours: one letter a week before the last day"),)
LINKS = (Figure(90, "2026-11-23", "ours: what comes late is kept, so the link outlives the day"),)


def usual_due(day: str) -> str:
    """The last day for an answer to what is asked on `day`."""
    return (date.fromisoformat(day) + days_on(WINDOW, date.fromisoformat(day))).isoformat()


def check_request(
    commitments: Sequence[int], bodies: Sequence[str], *, due_on: str, today: str, why_shorter: str
) -> None:
    """Raises NotValid: consultation.no_commitments, consultation.no_bodies, consultation.too_many,
    and what `check_due` raises.
    """
    if not commitments:
        raise NotValid("consultation.no_commitments", field="commitments")
    if not bodies:
        raise NotValid("consultation.no_bodies", field="bodies")
    if len(commitments) > MOST_COMMITMENTS or len(bodies) > MOST_BODIES:
        raise NotValid("consultation.too_many", most=MOST_BODIES, field="bodies")
    check_due(due_on, today=today, why_shorter=why_shorter)


def check_due(due_on: str, *, today: str, why_shorter: str) -> None:
    """A window shorter than the rule's needs its reason, which everyone reads.

    Raises NotValid: consultation.not_a_day, consultation.due_past, consultation.due_far,
    consultation.due_short, consultation.why_long.
    """
    try:
        day = date.fromisoformat(due_on)
    except ValueError as error:
        raise NotValid("consultation.not_a_day", field="due") from error
    if day.isoformat() != due_on:
        raise NotValid("consultation.not_a_day", field="due")
    if due_on <= today:
        raise NotValid("consultation.due_past", field="due")
    if day > date.fromisoformat(today) + timedelta(LONGEST):
        raise NotValid("consultation.due_far", most=LONGEST, field="due")
    days = figure_on(WINDOW, today).days
    if due_on < usual_due(today) and len(why_shorter) < WHY_LEAST:
        raise NotValid("consultation.due_short", days=days, least=WHY_LEAST, field="why")
    if len(why_shorter) > WHY_MOST:
        raise NotValid("consultation.why_long", most=WHY_MOST, field="why")


def is_late(due_at: datetime, at: datetime) -> bool:
    """Whether an answer that comes now comes after its window: it is kept, and says so."""
    return at >= due_at


def standing_of(
    due_at: datetime, *, answered_at: datetime | None, withdrawn: bool, at: datetime
) -> Standing:
    """Where an answer stands at a moment; `answered_at` is the first answer's."""
    if answered_at:
        return Standing.ANSWERED_LATE if is_late(due_at, answered_at) else Standing.ANSWERED
    if withdrawn:
        return Standing.WITHDRAWN
    if at < due_at:
        return Standing.WAITING
    return Standing.VERY_OVERDUE if at >= very_overdue_from(due_at) else Standing.OVERDUE


def very_overdue_from(due_at: datetime) -> datetime:
    """The moment from which a missing answer is very overdue."""
    return due_at + days_on(VERY_OVERDUE, due_at.date())


def step_at(due_at: datetime, at: datetime) -> Step | None:
    """What agencies that have not answered are to be written about at a moment, once each."""
    if at >= very_overdue_from(due_at):
        return Step.VERY_OVERDUE
    if at >= due_at:
        return Step.OVERDUE
    soon = days_on(SOON, due_at.date())
    return Step.SOON if at >= due_at - soon else None


def links_end(due_at: datetime) -> datetime:
    """Until when the links of a request open."""
    return due_at + days_on(LINKS, due_at.date())
