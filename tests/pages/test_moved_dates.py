"""A date that an update moved and a change of the plan moved: everyone reads the same one."""

import io
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from django.utils import timezone

from madang.drafting.models import Milestone
from madang.foundation.actors import Actor, Role
from madang.letters.models import Letter
from madang.monitoring import due
from madang.monitoring.models import MilestoneReport
from madang.monitoring.pages.data import steps_of_commitment
from tests.makers.changes import a_change, as_drafted, key_change, later, the_commitment
from tests.makers.focal import a_focal_point, address_in
from tests.makers.promises import a_period_now, an_entry, last_report, tell
from tests.makers.readers import Reader
from tests.pages.reading import Page

FINANCE = Actor(
    roles=frozenset({Role.ANONYMOUS, Role.FOCAL_POINT}),
    name="finance@gaon.example",
    agency="finance",
)
STEP, PROMISED = "1.3", "2027-06-30"
ONE, OTHER = "2098-10-31", "2099-06-30"
NOON = datetime.now(UTC).replace(hour=3, minute=0, second=0, microsecond=0) - timedelta(days=3)
LATER = {"a day later": timedelta(days=1), "an hour later": timedelta(hours=1)}


@pytest.fixture(autouse=True)
def asked(practice_forum):
    """The body that answers for the milestone is asked for an update these days."""
    a_focal_point("finance", language="en")
    a_period_now()


def updated(new_due: str, at: datetime) -> None:
    last = MilestoneReport.objects.filter(milestone__label=STEP).order_by("number").last()
    entry = an_entry("late", STEP, base=last.number if last else 0, new_due=new_due, cause="budget")
    tell(entry, by=FINANCE, at=at)


def amended(new_due: str, at: datetime) -> None:
    row = the_commitment()
    change = a_change(row, draft=as_drafted(row, steps=later(row, new_due)), at=at)
    for side in ("government", "civil_society"):
        key_change(change, side, at=at)


def the_page() -> str:
    asked = Letter.objects.filter(kind="update.asked", subject__startswith="Commitment 1:")
    return address_in(asked.get(), "u")


@pytest.fixture(params=LATER.values(), ids=LATER)
def moved(request):
    """The one date first, the other after it: by an update and by a change, in either order."""

    def moved(first, then):
        first(ONE, NOON)
        then(OTHER, NOON + request.param)

    return moved


ORDERS = pytest.mark.parametrize(
    ("first", "then"),
    [
        pytest.param(updated, amended, id="an update, then a change"),
        pytest.param(amended, updated, id="a change, then an update"),
    ],
)


@ORDERS
def test_everyone_reads_the_date_that_came_last(moved, first, then):
    moved(first, then)
    reader = Reader("en")

    [public] = [
        one
        for one in steps_of_commitment(the_commitment(), timezone.localdate())
        if one["label"] == STEP
    ]
    assert [public[key] for key in ("promised", "due")] == [PROMISED, OTHER]
    assert [(one["from"], one["to"]) for one in public["moved"]] == [(PROMISED, ONE), (ONE, OTHER)]

    said = Page(reader.get(the_page())).text
    assert "Due 30 June 2099 (first promised for 30 June 2027)" in said

    sheet = openpyxl.load_workbook(
        io.BytesIO(reader.get(f"{the_page()}sheet.xlsx").content)
    ).worksheets[0]
    assert {sheet.cell(row, 1).value: sheet.cell(row, 3).value for row in (2, 3, 4)}[STEP] == OTHER


@ORDERS
def test_the_letter_before_the_day_comes_before_the_day_that_holds(moved, first, then):
    moved(first, then)

    def told() -> list[str]:
        rows = Letter.objects.filter(kind="update.due_soon", subject__contains=STEP)
        return list(rows.values_list("subject", flat=True))

    due.remind(datetime(2098, 10, 20, 3, tzinfo=UTC))
    assert told() == []
    due.remind(datetime(2099, 6, 16, 3, tzinfo=UTC))
    assert told() == ["Step 1.3 is due on 30 June 2099"]


@ORDERS
def test_the_next_update_starts_from_the_date_that_holds(moved, first, then):
    moved(first, then)

    updated("2099-12-31", NOON + timedelta(days=2))

    report = last_report(STEP)
    assert (report.old_due, report.new_due) == (OTHER, "2099-12-31")


def test_a_change_of_the_date_is_not_taken_for_word_of_how_it_stands():
    amended(ONE, NOON)
    standing = steps_of_commitment(the_commitment(), timezone.localdate())[-1]["standing"]
    assert (standing.status, standing.since, standing.rests_on) == (None, None, None)

    updated(OTHER, NOON + timedelta(hours=1))
    amended("2099-12-31", NOON + timedelta(days=2))

    standing = steps_of_commitment(the_commitment(), timezone.localdate())[-1]["standing"]
    said_on = timezone.localdate(NOON).isoformat()
    assert (standing.status, standing.since, standing.due) == ("late", said_on, "2099-12-31")
    assert Milestone.objects.get(label=STEP, commitment=the_commitment()).due == "2099-12-31"
