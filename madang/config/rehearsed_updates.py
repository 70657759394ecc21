"""How a practice forum's first plan is carried out: its bodies asked, their updates, what members said."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import yaml
from django.utils import timezone

from madang.config.commands.demo import forum_file
from madang.config.days import Planned, on
from madang.drafting.models import Commitment, Milestone
from madang.foundation.actors import CLOCK, Actor
from madang.members.actions.focal import name_focal_points
from madang.members.focal import actor_of_focal
from madang.members.models import Forum
from madang.members.rules.focal import Post
from madang.monitoring import due
from madang.monitoring.actions.periods import ask_for_updates, set_periods
from madang.monitoring.actions.update import Entry, post_update, translate_update
from madang.monitoring.actions.weigh import look_at_evidence, weigh_update
from madang.monitoring.letters import contact_of
from madang.monitoring.models import Evidence, MilestoneReport, ReportingPeriod
from madang.monitoring.rules.status import is_past
from madang.monitoring.rules.updating import Stretch, Update, stretches
from madang.planning.models import Plan

NAMED, ASKED, DUE = -39, -38, -24
"""Days from today: the contacts are named, the first letters go out, the answers are due. "No
word" follows 31 days after the last, a week ahead, so that the practice clock can bring it."""
REMINDED = -31
EXAMPLE = "practice-updates"
Seated = Callable[[str, datetime], Actor]


def begin(office: Actor, here: datetime) -> None:
    """Name who answers for the first plan's steps, and set its periods: the first one now, then
    one each half-year.
    """
    told = read_example()
    at = on(here, NAMED, time(16))
    posts = [Post(**one) for one in told["contacts"]]
    name_focal_points(Forum.objects.get(pk=1), posts=posts, by=office, at=at)
    plan, today = Plan.objects.get(number=int(told["plan"])), here.date()
    days = [today + timedelta(days=n) for n in (NAMED - 182, NAMED, ASKED, DUE)]
    later = stretches(days[2].isoformat(), _ends(plan, today), months=6)[:4]
    set_periods(plan, periods=[Stretch(*days), *later], by=office, at=at + timedelta(minutes=20))


def _ends(plan: Plan, today: date) -> str:
    # Whoever starts the practice forum after its plan's end still has a next period to come.
    return max(plan.ends or "", (today + timedelta(days=366)).isoformat())


def road(office: Actor, here: datetime, seated: Seated) -> Iterator[Planned]:
    """Ask, let the bodies tell, let members say what they think of it, translate some of it."""
    told = read_example()
    plan = Plan.objects.get(number=int(told["plan"]))
    period = ReportingPeriod.objects.select_related("plan").get(plan=plan, number=1)
    at = on(here, ASKED, time(10, 45))
    yield at, partial(ask_for_updates, period, by=CLOCK, at=at)
    steps: list[Planned] = []
    for n, one in enumerate(told["updates"]):
        at = on(here, int(one["day"]), time(int(one["hour"]), 7 + n))
        steps.append((at, partial(_post, plan, period, one, at)))
    at = on(here, REMINDED, time(9))
    steps.append((at, partial(due.remind, at)))
    for n, one in enumerate(told["opinions"]):
        at = on(here, int(one["day"]), time(19, 10 + n))
        steps.append((at, partial(_weigh, plan, one, seated, at)))
    for n, one in enumerate(told["looks"]):
        at = on(here, int(one["day"]), time(20, 10 + n))
        steps.append((at, partial(_look, plan, one, seated, at)))
    told_in_english = [step for one in told["updates"] for step in one["steps"] if "en" in step]
    for n, step in enumerate(told_in_english):
        at = on(here, DUE + 1, time(10, n))
        steps.append((at, partial(_translate, plan, step, office, at)))
    yield from sorted(steps, key=lambda step: step[0])


def _weigh(plan: Plan, one: dict[str, Any], seated: Seated, at: datetime) -> None:
    weigh_update(
        _newest(plan, one["step"]),
        stance=one["stance"],
        url=one.get("url", ""),
        text=one.get("text", ""),
        language=one.get("language", "ko"),
        by=seated(one["seat"], at),
        at=at,
    )


def _look(plan: Plan, one: dict[str, Any], seated: Seated, at: datetime) -> None:
    shown = Evidence.objects.get(report=_newest(plan, one["step"]), position=int(one["position"]))
    look_at_evidence(shown, opens=one["opens"] == "true", by=seated(one["seat"], at), at=at)


def _translate(plan: Plan, one: dict[str, Any], office: Actor, at: datetime) -> None:
    report = _newest(plan, one["step"])
    translate_update(report, language="en", words=one["en"], by=office, at=at)


def _post(plan: Plan, period: ReportingPeriod, told: dict[str, Any], at: datetime) -> None:
    number = int(told["commitment"])
    focal = contact_of(told["agency"], f"commitment:{plan.number}-{number}")
    assert focal
    steps = {
        step.label: step
        for step in Milestone.objects.filter(commitment__plan=plan, commitment__number=number)
    }
    post_update(
        Commitment.objects.select_related("plan").get(plan=plan, number=number),
        entries=[_entry(one, steps[one["step"]], timezone.localdate(at)) for one in told["steps"]],
        period=period,
        language="ko",
        nonce=f"rehearsed-{told['agency']}-{number}",
        by=actor_of_focal(focal),
        at=at,
    )


def _entry(told: dict[str, Any], step: Milestone, today: date) -> Entry:
    status, cause = told["status"], told.get("cause", "")
    if status in ("on_track", "not_started") and is_past(step.due, today):
        status, cause = "late", "partners"
    ahead = _months_on(today, int(told.get("months", 6))) if status == "late" else ""
    if ahead and step.due and ahead <= step.due[:7]:
        # Told long before its date, it moves on from there.
        ahead = _months_on(date.fromisoformat(f"{(step.due + '-28')[:10]}"), 3)
    done_on = min(step.due or "", today.isoformat()) if status == "done" else ""
    update = Update(
        status,
        told["text"],
        links=tuple(told.get("links", ())),
        done_on=done_on,
        new_due=ahead,
        cause=cause,
        reason=told.get("reason", ""),
    )
    return Entry(told["step"], update)


def _months_on(day: date, months: int) -> str:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return f"{year}-{month + 1:02d}"


def _newest(plan: Plan, label: str) -> MilestoneReport:
    rows = MilestoneReport.objects.filter(milestone__commitment__plan=plan, milestone__label=label)
    return rows.latest("number")


def read_example() -> dict[str, Any]:
    """What the file of the example says; all of it as text."""
    told: dict[str, Any] = yaml.load(forum_file(EXAMPLE).read_text("utf-8"), Loader=yaml.BaseLoader)
    return told
