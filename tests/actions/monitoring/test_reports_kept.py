"""What the tables of reports refuse to hold, whoever writes them."""

import pytest
from django.db import IntegrityError, transaction

from madang.drafting.models import Milestone
from madang.monitoring.models import Evidence, MilestoneReport, ReportingPeriod, milestone_ref
from madang.planning.models import Plan
from madang.record.guard import writing
from tests.makers.forums import LOADED
from tests.makers.promises import a_milestone


@pytest.fixture(autouse=True)
def step(forum):
    return a_milestone()


def keep(model, **values):
    with writing(), transaction.atomic():
        return model.objects.create(**values)


def a_report(number=1, **other):
    values = {"status": "on_track", "said_on": "2031-04-02", "reported_by": "loader"}
    step = Milestone.objects.get()
    return keep(
        MilestoneReport, milestone=step, number=number, made_at=LOADED, **{**values, **other}
    )


def a_period(number=1, **other):
    days = {"starts": "2031-01-01", "ends": "2031-03-31", "asks_on": "2031-04-01"}
    plan = Plan.objects.earliest("pk")
    return keep(
        ReportingPeriod, plan=plan, number=number, **{**days, "due_on": "2031-04-15", **other}
    )


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"status": "late"}, id="late without a cause"),
        pytest.param({"status": "stopped"}, id="stopped without a cause"),
        pytest.param({"status": None}, id="neither our word nor the source's"),
        pytest.param({"number": 1}, id="two of one number"),
        pytest.param({"nonce": "pressed"}, id="one form twice"),
    ],
)
def test_a_report_that_makes_no_sense_is_refused(values):
    a_report(nonce="pressed")

    with pytest.raises(IntegrityError):
        a_report(**{"number": 2, **values})


def test_what_a_source_says_is_kept_as_the_source_says_it():
    source = Plan.objects.earliest("pk").source

    a_report(status=None, status_as_in_source="Ongoing", source=source)
    a_report(number=2, status="late", status_as_in_source="Delayed", source=source)


def test_no_word_is_said_once_a_period():
    period = a_period()
    a_report(status="no_word", period=period)

    with pytest.raises(IntegrityError):
        a_report(number=2, status="no_word", period=period)


def test_a_corrected_report_no_longer_counts_and_stays():
    first = a_report()
    second = a_report(number=2, corrects=first)

    assert list(MilestoneReport.objects.counting()) == [second]
    assert MilestoneReport.objects.count() == 2


@pytest.mark.parametrize(
    "days",
    [
        pytest.param({"ends": "2030-12-31"}, id="ends before it starts"),
        pytest.param({"due_on": "2031-03-31"}, id="due before it is asked for"),
        pytest.param({"closed_at": LOADED}, id="closed before anyone was asked"),
        pytest.param({"number": 1}, id="two of one number"),
    ],
)
def test_a_period_runs_forwards(days):
    a_period()

    with pytest.raises(IntegrityError):
        a_period(**{"number": 2, **days})


def test_evidence_is_something():
    report = a_report()
    keep(Evidence, report=report, position=0, url="https://example.org/list.csv")

    with pytest.raises(IntegrityError):
        keep(Evidence, report=report, position=1)


def test_a_milestone_is_named_by_its_plan_and_label(step):
    assert milestone_ref(step) == "milestone:1-1.1"
