"""Milestones of a plan being carried out, and what is reported of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from madang.drafting.models import Commitment, Milestone
from madang.foundation.actors import CLOCK, Actor, Role
from madang.foundation.texts import Text
from madang.members.actions.focal import name_focal_points
from madang.members.models import FocalPoint, Forum
from madang.members.rules.focal import Post
from madang.monitoring.actions.periods import ask_for_updates, set_periods
from madang.monitoring.actions.update import Entry, post_update
from madang.monitoring.models import MilestoneReport, ReportingPeriod
from madang.monitoring.reading import open_period
from madang.monitoring.rules.updating import Stretch, Update
from madang.planning.models import Plan
from madang.record.guard import writing
from tests.makers.plans import SECRETARY

NAMED = datetime(2026, 3, 20, 1, 0, tzinfo=UTC)
ASKED = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
TOLD = datetime(2026, 4, 10, 1, 0, tzinfo=UTC)
LAMPS = Actor(
    roles=frozenset({Role.ANONYMOUS, Role.FOCAL_POINT}),
    name="focal.lamps@office.example",
    agency="lamps",
)
"""Who answers for the lamps, and so for the first commitment."""


def a_milestone(label: str = "1.1", *, due: str | None = "2026-06-30", **other: Any) -> Milestone:
    """A milestone of the small forum's plan, as if its file had had it."""
    commitment = Commitment.objects.get(plan__number=1, number=int(label.split(".")[0]))
    given: dict[str, Any] = {
        "position": int(label.rsplit(".", 1)[1]),
        "title": Text({"en": f"Step {label}", "fr": None}),
        "due": due,
    }
    with writing():
        made = Milestone.objects.create(commitment=commitment, label=label, **{**given, **other})
    return Milestone.objects.select_related("commitment__plan").get(pk=made.pk)


def a_focal_point(agency: str = "lamps", *, duty: str = "focal", about: str = "") -> FocalPoint:
    """Someone who answers for a body, named by the secretariat."""
    email = f"{duty}.{agency}@office.example"
    post = Post(agency, f"{duty} of {agency}", email, duty=duty, about=about, language="en")
    name_focal_points(Forum.objects.get(pk=1), posts=[post], by=SECRETARY, at=NAMED)
    return FocalPoint.objects.select_related("agency").get(email=email, about=about, until=None)


def the_period(*, asked: bool = True) -> ReportingPeriod:
    """The first quarter of 2026, asked for on 1 April, due on the 22nd."""
    plan = Plan.objects.get(number=1)
    one = Stretch(date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 22))
    set_periods(plan, periods=[one], by=SECRETARY, at=NAMED)
    period = ReportingPeriod.objects.select_related("plan").get(number=1)
    if asked:
        ask_for_updates(period, by=CLOCK, at=ASKED)
    return ReportingPeriod.objects.select_related("plan").get(pk=period.pk)


def an_entry(status: str = "on_track", label: str = "1.1", **other: Any) -> Entry:
    """What is said of a milestone, as if nobody had said anything before."""
    base, files = other.pop("base", 0), other.pop("files", ())
    text = other.pop("text", "" if status == "unchanged" else "Two meetings were held.")
    return Entry(label, Update(status, text, **other), base, files)


def tell(*entries: Entry, by: Actor | None = None, at: datetime = TOLD, **other: Any) -> Any:
    """Post an update on the small forum's first commitment, in its open period."""
    given = {"period": open_period(Plan.objects.get(number=1)), "nonce": f"form-{at}"}
    commitment = Commitment.objects.select_related("plan").get(plan__number=1, number=1)
    return post_update(
        commitment, entries=entries, language="en", by=by or LAMPS, at=at, **{**given, **other}
    )


def last_report(label: str = "1.1") -> MilestoneReport:
    return MilestoneReport.objects.filter(milestone__label=label).latest("number")


def a_period_now(*, due_in: int = 10, asked_ago: int = 5) -> ReportingPeriod:
    """A period in whose time for answers we are, asked for some days ago: for pages, which tell
    the time themselves.
    """
    now = datetime.now(UTC)
    today = timezone.localdate(now)
    days = [today + timedelta(days=n) for n in (-100, -asked_ago - 1, -asked_ago, due_in)]
    plan = Plan.objects.get(number=1)
    at = now - timedelta(days=asked_ago)
    set_periods(plan, periods=[Stretch(*days)], by=SECRETARY, at=at)
    period = ReportingPeriod.objects.select_related("plan").latest("number")
    ask_for_updates(period, by=CLOCK, at=at)
    return ReportingPeriod.objects.select_related("plan").get(pk=period.pk)


def days_ahead(count: int) -> str:
    """A day so many days from today, as it is typed."""
    return (timezone.localdate() + timedelta(days=count)).isoformat()
