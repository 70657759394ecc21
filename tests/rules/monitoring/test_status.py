"""Where a milestone stands, before, on and after its dates; what follows for its commitment."""

from datetime import date

import pytest

from madang.monitoring.rules.status import (
    From,
    Moved,
    Said,
    days_late,
    derive,
    is_overdue,
    is_past,
    is_silent,
    is_to_remind,
    last_day,
    standing,
)
from madang.monitoring.rules.words import Completion, MilestoneStatus

NOT_STARTED, ON_TRACK, LATE, DONE, STOPPED, NO_WORD = MilestoneStatus


@pytest.mark.parametrize(
    ("when", "day"),
    [
        pytest.param("2024", date(2024, 12, 31), id="a year ends in December"),
        pytest.param("2024-12", date(2024, 12, 31), id="and so does its last month"),
        pytest.param("2024-02", date(2024, 2, 29), id="February of a leap year has 29 days"),
        pytest.param("2023-02", date(2023, 2, 28), id="of another 28"),
        pytest.param("2100-02", date(2100, 2, 28), id="a century is no leap year"),
        pytest.param("2000-02", date(2000, 2, 29), id="but each fourth is"),
        pytest.param("2024-11", date(2024, 11, 30), id="November has 30"),
        pytest.param("2024-05-31", date(2024, 5, 31), id="a day is itself"),
    ],
)
def test_the_last_day_a_date_can_mean(when: str, day: date) -> None:
    assert last_day(when) == day


@pytest.mark.parametrize(
    ("due", "on", "past"),
    [
        pytest.param("2024-02-28", date(2024, 2, 28), False, id="on the day it is not past"),
        pytest.param("2024-02-28", date(2024, 2, 29), True, id="on the leap day after it is"),
        pytest.param("2024-02", date(2024, 2, 29), False, id="a month lasts through its leap day"),
        pytest.param("2024-02", date(2024, 3, 1), True, id="and is past the day after"),
        pytest.param("2024", date(2024, 12, 31), False, id="a year lasts to its last day"),
        pytest.param("2024", date(2025, 1, 1), True, id="and is past on New Year's Day"),
        pytest.param(None, date(2099, 1, 1), False, id="a date nobody recorded never passes"),
    ],
)
def test_when_a_date_has_passed(due: str | None, on: date, past: bool) -> None:
    assert is_past(due, on) is past


DUE = "2026-05-31"


def on_track(on: str = "2026-03-02") -> Said:
    return Said(ON_TRACK, on)


def moved(to: str, on: str = "2026-04-10") -> Said:
    return Said(LATE, on, new_due=to)


@pytest.mark.parametrize(
    ("reports", "on", "status", "rests_on"),
    [
        pytest.param([], date(2026, 7, 1), None, None, id="what nobody reported is not recorded"),
        pytest.param([on_track()], date(2026, 3, 1), None, None, id="nor the day before it was"),
        pytest.param([on_track()], date(2026, 3, 2), ON_TRACK, From.REPORT, id="on the day it is"),
        pytest.param(
            [on_track()], date(2026, 5, 31), ON_TRACK, From.REPORT, id="on the due day on track"
        ),
        pytest.param(
            [on_track()], date(2026, 6, 1), LATE, From.DATE, id="the day after late, by the date"
        ),
        pytest.param(
            [Said(NOT_STARTED, "2026-03-02")],
            date(2026, 6, 1),
            LATE,
            From.DATE,
            id="what was never begun is late too",
        ),
        pytest.param(
            [on_track(), moved("2026-08-31")],
            date(2026, 8, 31),
            LATE,
            From.REPORT,
            id="late stays late until someone says otherwise",
        ),
        pytest.param(
            [on_track(), moved("2026-08-31"), on_track("2026-05-01")],
            date(2026, 6, 1),
            ON_TRACK,
            From.REPORT,
            id="on track again, the moved date holds",
        ),
        pytest.param(
            [moved("2026-08-31"), on_track("2026-05-01")],
            date(2026, 9, 1),
            LATE,
            From.DATE,
            id="and passes in its turn",
        ),
        pytest.param(
            [Said(DONE, "2026-05-20", done_on="2026-05-18")],
            date(2027, 1, 1),
            DONE,
            From.REPORT,
            id="done is done whatever the date",
        ),
        pytest.param(
            [on_track(), Said(STOPPED, "2026-04-01")],
            date(2027, 1, 1),
            STOPPED,
            From.REPORT,
            id="stopped is not late",
        ),
        pytest.param(
            [on_track(), Said(NO_WORD, "2026-05-01")],
            date(2026, 7, 1),
            NO_WORD,
            From.CLOCK,
            id="no word is the clock's, also after the date",
        ),
        pytest.param(
            [on_track(), Said(NO_WORD, "2026-05-01"), on_track("2026-05-09")],
            date(2026, 5, 9),
            ON_TRACK,
            From.REPORT,
            id="and goes with the next update",
        ),
        pytest.param(
            [Said(DONE, "2024-01-01"), on_track("2024-02-01")],
            date(2024, 3, 1),
            ON_TRACK,
            From.REPORT,
            id="a status may step back from done",
        ),
        pytest.param(
            [Said(None, "2026-03-01")],
            date(2026, 9, 1),
            None,
            From.REPORT,
            id="a foreign word that fits none of ours is none of ours",
        ),
    ],
)
def test_where_a_milestone_stands(reports, on, status, rests_on) -> None:
    found = standing(DUE, reports, on)

    assert (found.status, found.rests_on) == (status, rests_on)


def test_a_status_by_the_date_holds_since_the_day_after_it() -> None:
    assert standing(DUE, [on_track()], date(2026, 8, 1)).since == "2026-06-01"


def test_one_said_after_the_date_holds_since_it_was_said() -> None:
    assert standing(DUE, [on_track("2026-07-07")], date(2026, 8, 1)).since == "2026-07-07"


def test_the_last_known_status_stands_beside_no_word() -> None:
    found = standing(DUE, [on_track(), Said(NO_WORD, "2026-05-01")], date(2026, 5, 2))

    assert (found.status, found.known) == (NO_WORD, ON_TRACK)


def test_a_moved_date_keeps_each_old_one_beside_it() -> None:
    found = standing(DUE, [moved("2026-08-31"), moved("2026-12", "2026-08-20")], date(2026, 9, 1))

    assert found.promised == DUE
    assert found.due == "2026-12"
    assert found.moved == (
        Moved(DUE, "2026-08-31", "2026-04-10"),
        Moved("2026-08-31", "2026-12", "2026-08-20"),
    )


def test_a_date_moved_later_does_not_hold_before_it_was_said() -> None:
    assert standing(DUE, [moved("2026-08-31")], date(2026, 4, 9)).due == DUE


@pytest.mark.parametrize(
    ("due", "done_on", "on", "days"),
    [
        pytest.param("2024-02-28", None, date(2024, 3, 1), 2, id="a leap day counts"),
        pytest.param("2023-02-28", None, date(2023, 3, 1), 1, id="in another year there is none"),
        pytest.param("2024-02", "2024-02-29", date(2025, 1, 1), 0, id="in time on the last day"),
        pytest.param("2024-02", "2024-03-01", date(2025, 1, 1), 1, id="a day late"),
        pytest.param("2024-02-10", "2024-02", date(2025, 1, 1), 0, id="a month may lie in time"),
        pytest.param("2024-02-10", "2024-03", date(2025, 1, 1), 20, id="all of it lies after"),
        pytest.param(None, None, date(2025, 1, 1), 0, id="without a date nothing is late"),
    ],
)
def test_days_late(due, done_on, on, days) -> None:
    assert days_late(due, done_on, on) == days


def test_days_late_count_from_the_promise_not_from_the_moved_date() -> None:
    assert standing(DUE, [moved("2026-08-31")], date(2026, 6, 10)).days_late == 10


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(Said(STOPPED, "2026-04-01"), id="what was stopped is not waited for"),
        pytest.param(Said(DONE, "2026-04-01"), id="done on a day nobody recorded"),
        pytest.param(Said(None, "2026-04-01"), id="a foreign word"),
    ],
)
def test_what_counts_no_days(said: Said) -> None:
    assert standing(DUE, [said], date(2027, 1, 1)).days_late == 0


ASKED = date(2024, 1, 31)


@pytest.mark.parametrize(
    ("on", "remind", "overdue", "silent"),
    [
        pytest.param(
            date(2024, 1, 16), False, False, False, id="15 days before nobody is reminded"
        ),
        pytest.param(date(2024, 1, 17), True, False, False, id="14 days before one is"),
        pytest.param(date(2024, 1, 31), True, False, False, id="on the day it is not overdue"),
        pytest.param(date(2024, 2, 1), False, True, False, id="the day after it is"),
        pytest.param(date(2024, 3, 1), False, True, False, id="30 days after, over a leap day"),
        pytest.param(date(2024, 3, 2), False, True, True, id="and a day: no word"),
    ],
)
def test_what_a_day_makes_of_an_update_that_was_asked_for(on, remind, overdue, silent) -> None:
    assert is_to_remind(ASKED, on, answered=False) is remind
    assert is_overdue(ASKED, on, answered=False) is overdue
    assert is_silent(ASKED, on, answered=False) is silent
    assert not is_to_remind(ASKED, on, answered=True)
    assert not is_overdue(ASKED, on, answered=True)
    assert not is_silent(ASKED, on, answered=True)


def step(*statuses: MilestoneStatus | None):
    reports = [Said(status, f"2026-0{n}-01") for n, status in enumerate(statuses, 1)]
    return standing(None, reports, date(2026, 12, 1))


@pytest.mark.parametrize(
    ("steps", "state", "level"),
    [
        pytest.param([], None, None, id="without milestones nothing follows"),
        pytest.param([step(), step()], None, None, id="nor from milestones nobody reported on"),
        pytest.param([step(DONE), step(DONE)], DONE, Completion.COMPLETE, id="all done"),
        pytest.param(
            [step(DONE), step()], None, Completion.LIMITED, id="one done, the other unknown"
        ),
        pytest.param(
            [step(DONE), step(DONE), step(ON_TRACK)],
            ON_TRACK,
            Completion.SUBSTANTIAL,
            id="more than half done",
        ),
        pytest.param(
            [step(DONE), step(ON_TRACK)], ON_TRACK, Completion.LIMITED, id="exactly half is limited"
        ),
        pytest.param(
            [step(NOT_STARTED), step(NOT_STARTED)],
            NOT_STARTED,
            Completion.NOT_STARTED,
            id="none begun",
        ),
        pytest.param(
            [step(NOT_STARTED), step(ON_TRACK)], ON_TRACK, Completion.LIMITED, id="one begun"
        ),
        pytest.param(
            [step(LATE), step(ON_TRACK, NO_WORD)],
            LATE,
            Completion.LIMITED,
            id="late before no word",
        ),
        pytest.param(
            [step(ON_TRACK, NO_WORD), step(ON_TRACK)],
            NO_WORD,
            Completion.LIMITED,
            id="no word before on track, and what was begun stays begun",
        ),
        pytest.param(
            [step(NO_WORD), step(NOT_STARTED)],
            NO_WORD,
            Completion.NOT_STARTED,
            id="no word is not a beginning",
        ),
        pytest.param(
            [step(STOPPED), step(ON_TRACK)], ON_TRACK, Completion.LIMITED, id="part of it stopped"
        ),
        pytest.param(
            [step(ON_TRACK, STOPPED), step(DONE)],
            STOPPED,
            Completion.LIMITED,
            id="all that was not done was stopped",
        ),
        pytest.param(
            [step(STOPPED), step()], None, Completion.NOT_STARTED, id="stopped, and one unknown"
        ),
    ],
)
def test_what_follows_for_a_commitment(steps, state, level) -> None:
    found = derive(steps)

    assert (found.state, found.level) == (state, level)


def test_how_a_level_was_derived_can_be_counted_again() -> None:
    found = derive([step(DONE), step(ON_TRACK), step(NOT_STARTED), step()])

    assert (found.all, found.done, found.begun, found.unknown) == (4, 1, 2, 1)
