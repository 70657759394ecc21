"""Where a milestone stands on a day, and what follows for its commitment. Values in, values out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from madang.foundation.dates import PartialDate
from madang.foundation.figures import Figure, days_on
from madang.monitoring.rules.words import ENDED, Completion, MilestoneStatus

NO_WORD_AFTER = (Figure(30, "2026-11-23", "ours: a month of silence after the deadline"),)
"""How long after its deadline an update that did not come makes "no word"."""
REMINDED_BEFORE = (Figure(14, "2026-11-23", "ours: two weeks before the day"),)
"""How long before a date whoever answers is reminded of it."""


UNDER_WAY = (MilestoneStatus.ON_TRACK, MilestoneStatus.LATE, MilestoneStatus.DONE)


@dataclass(frozen=True)
class Said:
    """What one report says of a milestone, or one change of its plan.

    `on` is the day on which it was said (`2026-11-23`), `at` the moment of it. `status` is None where a
    source's own word fits none of ours. `done_on` and `new_due` are years, months or days. A change
    (`amends`) moves the date, and says nothing of how it stands.
    """

    status: MilestoneStatus | None
    on: str
    done_on: str | None = None
    new_due: str | None = None
    at: datetime | None = None
    amends: bool = False


class From(StrEnum):
    """What a status rests on."""

    REPORT = "report"
    DATE = "date"
    """The date has passed, and what was last said no longer holds."""
    CLOCK = "clock"


@dataclass(frozen=True)
class Moved:
    """A date that was moved: both stay side by side."""

    old: str | None
    new: str
    on: str


@dataclass(frozen=True)
class Standing:
    """Where a milestone stands on a day. What nobody ever said is None.

    `known` is the last thing said by someone; it stands beside "no word". `due` is the date that
    holds, `promised` the first one. `days_late` counts from the promised date. `begun` is whether
    it was ever said to be under way.
    """

    status: MilestoneStatus | None
    rests_on: From | None
    since: str | None
    known: MilestoneStatus | None
    promised: str | None
    due: str | None
    moved: tuple[Moved, ...]
    done_on: str | None
    days_late: int
    begun: bool


def last_day(when: str) -> date:
    """The last day a year, month or day can mean: what is due in 2024-02 is due on the 29th."""
    found = PartialDate(when)
    if found.day:
        return found.first_day
    year, month = (found.year, found.month + 1) if found.month else (found.year + 1, 1)
    return date(year + month // 13, (month - 1) % 12 + 1, 1) - timedelta(days=1)


def is_past(due: str | None, on: date) -> bool:
    """Whether a date is over on a day; on its last day it is not."""
    return due is not None and on > last_day(due)


def standing(due: str | None, reports: Sequence[Said], on: date) -> Standing:
    """Where a milestone stands on a day, by the reports of that day and before, in their order.

    A milestone said to be on track, or not begun, is late once the date that holds has passed:
    the calendar needs no report. One that is done or stopped stays so.

    Source: UX §0 (no status without its day), issue 6 (lateness is worked out from dates).
    """
    heard = [said for said in reports if said.on <= on.isoformat()]
    told = [said for said in heard if not said.amends]
    spoken = [said for said in told if said.status != MilestoneStatus.NO_WORD]
    known = spoken[-1].status if spoken else None
    moved = moves(due, heard)
    holds = moved[-1].new if moved else due
    status, rests_on, since = None, None, None
    if told:
        status, since = told[-1].status, told[-1].on
        rests_on = From.CLOCK if status == MilestoneStatus.NO_WORD else From.REPORT
    if status in (MilestoneStatus.NOT_STARTED, MilestoneStatus.ON_TRACK) and is_past(holds, on):
        assert holds
        status, rests_on = MilestoneStatus.LATE, From.DATE
        since = max((last_day(holds) + timedelta(days=1)).isoformat(), since or "")
    done_on = told[-1].done_on if status == MilestoneStatus.DONE else None
    return Standing(
        status=status,
        rests_on=rests_on,
        since=since,
        known=known,
        promised=due,
        due=holds,
        moved=moved,
        done_on=done_on,
        days_late=_days_late(due, status, done_on, on),
        begun=any(said.status in UNDER_WAY for said in spoken),
    )


def moves(due: str | None, reports: Iterable[Said]) -> tuple[Moved, ...]:
    """The dates that were moved, in the order in which that was said."""
    found: list[Moved] = []
    for said in reports:
        if said.new_due and said.new_due != due:
            found.append(Moved(due, said.new_due, said.on))
            due = said.new_due
    return tuple(found)


def in_order(reports: Iterable[Said], changes: Iterable[Said]) -> list[Said]:
    """What was said, with each change of the plan where it came in time: the later one moves the
    date. Where only the day is known, the change comes after what was said on it.
    """
    found, waiting = [], list(changes)
    for said in reports:
        while waiting and _came_before(waiting[0], said):
            found.append(waiting.pop(0))
        found.append(said)
    return [*found, *waiting]


def _came_before(change: Said, said: Said) -> bool:
    if change.on == said.on and change.at and said.at:
        return change.at < said.at
    return change.on < said.on


def days_late(due: str | None, done_on: str | None, on: date) -> int:
    """Days between the last day of a date and the day it was done, or `on`; never less than 0.

    What was done in a month or a year is late only if all of it lies after the date.
    """
    if due is None:
        return 0
    until = PartialDate(done_on).first_day if done_on else on
    return max(0, (until - last_day(due)).days)


def _days_late(
    due: str | None, status: MilestoneStatus | None, done_on: str | None, on: date
) -> int:
    # What was stopped is not waited for; what was done on a day nobody recorded is not counted.
    if status is None or (status in ENDED and not done_on):
        return 0
    return days_late(due, done_on, on)


# --- what is asked for ---------------------------------------------------------------------------


def is_overdue(due_on: date, on: date, *, answered: bool) -> bool:
    """Whether an update that was asked for by `due_on` has not come in time."""
    return not answered and on > due_on


def is_silent(due_on: date, on: date, *, answered: bool) -> bool:
    """Whether the clock may say "no word": so many days after the deadline passed in silence."""
    return not answered and on > due_on + days_on(NO_WORD_AFTER, due_on)


def is_to_remind(due_on: date, on: date, *, answered: bool) -> bool:
    """Whether whoever answers is reminded: from two weeks before the deadline until it has passed."""
    return not answered and due_on - days_on(REMINDED_BEFORE, due_on) <= on <= due_on


# --- the commitment ------------------------------------------------------------------------------

GRAVEST_FIRST = (
    MilestoneStatus.LATE,
    MilestoneStatus.NO_WORD,
    MilestoneStatus.ON_TRACK,
    MilestoneStatus.NOT_STARTED,
)
"""Which of the milestones still going on speaks for the commitment."""


@dataclass(frozen=True)
class Derived:
    """What follows for a commitment from its milestones, with the counts it follows from.

    `level` is OGP's completion as the agencies' own reports add up to it; the independent
    reviewer's stands beside it and is never mixed with it. `unknown` are the milestones of which
    nobody ever said anything.
    """

    state: MilestoneStatus | None
    level: Completion | None
    all: int
    done: int
    begun: int
    unknown: int


def derive(steps: Sequence[Standing]) -> Derived:
    """A commitment's state and level from where its milestones stand.

    The state is the gravest of those still going on; done or stopped only where every milestone
    is. The level is complete when all are done, substantial when more than half are, not started
    when none has begun, and else limited. Where nothing was said neither is known.

    Source: ADR 0023 (OGP names the levels and leaves the judgement to its reviewer; what follows
    from milestones alone is this arithmetic, and it says so).
    """
    statuses = [step.status for step in steps]
    known = [status for status in statuses if status is not None]
    done, begun = known.count(MilestoneStatus.DONE), sum(step.begun for step in steps)
    return Derived(
        state=_state(known, everything=len(known) == len(steps)),
        level=_level(done, begun, len(steps)) if known else None,
        all=len(steps),
        done=done,
        begun=begun,
        unknown=len(steps) - len(known),
    )


def _state(known: list[MilestoneStatus], *, everything: bool) -> MilestoneStatus | None:
    going = [status for status in GRAVEST_FIRST if status in known]
    if going:
        return going[0]
    if not (known and everything):
        # Those that are known have ended; of the others nobody can say it.
        return None
    return next(
        status for status in (MilestoneStatus.STOPPED, MilestoneStatus.DONE) if status in known
    )


def _level(done: int, begun: int, all_of_them: int) -> Completion:
    if done == all_of_them:
        return Completion.COMPLETE
    if done * 2 > all_of_them:
        return Completion.SUBSTANTIAL
    return Completion.LIMITED if begun else Completion.NOT_STARTED
