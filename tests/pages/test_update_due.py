"""A commitment's head says by when the next word of it is due, and for how long it has not come."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from madang.monitoring.actions.periods import set_periods
from madang.monitoring.reading import open_period
from madang.monitoring.rules.updating import Stretch
from madang.planning.models import Plan
from tests.makers.plans import SECRETARY
from tests.makers.promises import (
    a_focal_point,
    a_milestone,
    a_period_now,
    an_entry,
    days_ahead,
    tell,
)
from tests.makers.readers import Reader
from tests.pages.reading import Page


def head(reader) -> str:
    return Page(reader.get("/plans/1/commitments/1/")).one("header", class_="numbered").text


def test_the_commitment_s_head_says_by_when_the_next_update_is_due(forum):
    a_milestone("1.1", due=days_ahead(60))
    a_focal_point("lamps")
    reader, today = Reader("en"), timezone.localdate()
    assert "update due" not in head(reader)
    days = [today + timedelta(days=n) for n in (-50, -1, 20, 40)]
    set_periods(
        Plan.objects.get(number=1), periods=[Stretch(*days)], by=SECRETARY, at=datetime.now(UTC)
    )

    address = "/plans/1/commitments/1.json"
    [step] = [one for one in reader.get(address).json()["milestones"] if one["label"] == "1.1"]

    assert "next update due by" in head(reader) and "overdue" not in head(reader)
    assert step["next_update"] == days_ahead(40)


@pytest.mark.parametrize(("due_in", "late"), [(1, False), (0, False), (-1, True), (-4, True)])
def test_an_overdue_update_is_said_in_the_head_from_the_day_after(forum, due_in, late):
    a_milestone("1.1", due=days_ahead(60))
    a_focal_point("lamps")
    a_period_now(due_in=due_in, asked_ago=25)

    said = head(Reader("en"))

    assert "next update due by" in said and ("overdue" in said) is late
    assert not late or f"{-due_in} day" in said


def test_where_all_was_told_no_update_is_due(forum):
    a_milestone("1.1", due=days_ahead(60))
    a_focal_point("lamps")
    a_period_now()
    done = an_entry("done", links=("https://a.example/x",))

    tell(done, period=open_period(Plan.objects.get(number=1)), at=datetime.now(UTC))

    assert "update due" not in head(Reader("en"))
