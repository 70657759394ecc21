"""Reporting periods: set for a plan, asked for and fallen silent by the clock, closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db.models import Max
from django.utils import timezone

from madang.foundation.actors import Actor
from madang.foundation.dates import PartialDate
from madang.foundation.refusals import NotNow
from madang.monitoring.models import MilestoneReport, ReportingPeriod
from madang.monitoring.reading import asked_of, last_of
from madang.monitoring.rules.permissions import MAY
from madang.monitoring.rules.status import is_silent
from madang.monitoring.rules.updating import Stretch, check_periods
from madang.monitoring.rules.words import MilestoneStatus
from madang.planning.models import DRAFTS, Plan
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class PeriodsSet(Event):
    """A plan was given its reporting periods: on which days it asks, and when answers are due."""

    KIND: ClassVar[str] = "periods.set"

    count: int
    due: list[str]


@dataclass(frozen=True, kw_only=True)
class UpdatesAsked(Event):
    """Those who answer for a plan's milestones were asked for an update.

    `asked` is how many commitments' letters are due, `nobody` the bodies without a focal point.
    """

    KIND: ClassVar[str] = "updates.asked"

    due_on: str
    steps: int
    bodies: list[str]


@dataclass(frozen=True, kw_only=True)
class NoWord(Event):
    """No update came for these milestones, 30 days after it was due."""

    KIND: ClassVar[str] = "updates.missed"

    due_on: str
    steps: list[str]


@dataclass(frozen=True, kw_only=True)
class PeriodClosed(Event):
    """Nothing more is taken for a reporting period."""

    KIND: ClassVar[str] = "period.closed"


@action("periods.set", may=MAY)
def set_periods(plan: Plan, *, periods: Sequence[Stretch], by: Actor, at: datetime) -> PeriodsSet:
    """Give a plan its reporting periods. Those that were asked for stay; the others are replaced.

    Raises NotNow: monitoring.plan_not_decided, monitoring.periods_begun. Raises NotValid: what
    `check_periods` raises.
    """
    if plan.status in DRAFTS or plan.withdrawn_at:
        raise NotNow("monitoring.plan_not_decided")
    check_periods(periods)
    ReportingPeriod.objects.filter(plan=plan, asked_at=None).delete()
    kept = ReportingPeriod.objects.filter(plan=plan)
    if kept.filter(ends__gte=periods[0].starts.isoformat()).exists():
        raise NotNow("monitoring.periods_begun")
    first = (kept.aggregate(most=Max("number"))["most"] or 0) + 1
    ReportingPeriod.objects.bulk_create(
        ReportingPeriod(
            plan=plan,
            number=number,
            starts=one.starts.isoformat(),
            ends=one.ends.isoformat(),
            asks_on=one.asks_on.isoformat(),
            due_on=one.due_on.isoformat(),
        )
        for number, one in enumerate(periods, first)
    )
    return PeriodsSet(
        about=plan.ref, count=len(periods), due=[one.due_on.isoformat() for one in periods]
    )


@action("period.ask", may=MAY)
def ask_for_updates(period: ReportingPeriod, *, by: Actor, at: datetime) -> UpdatesAsked:
    """Ask whoever answers for the plan's milestones, on the day set for it; the letters follow.

    The period before it takes nothing more. Raises NotNow: monitoring.asked_before,
    monitoring.too_early.
    """
    if period.asked_at:
        raise NotNow("monitoring.asked_before")
    if timezone.localdate(at) < period.asks_day:
        raise NotNow("monitoring.too_early")
    before = ReportingPeriod.objects.filter(plan=period.plan, number__lt=period.number)
    before.filter(asked_at__isnull=False, closed_at=None).update(closed_at=at)
    period.asked_at = at
    period.save(update_fields=["asked_at"])
    asked = asked_of(period.plan, period)
    return UpdatesAsked(
        about=period.ref,
        due_on=period.due_day.isoformat(),
        steps=sum(len(steps) for steps in asked.values()),
        bodies=sorted({slug for slug, _ in asked}),
    )


@action("period.fall_silent", may=MAY)
def fall_silent(period: ReportingPeriod, *, by: Actor, at: datetime) -> NoWord:
    """Say "no word" of every milestone of which nobody told, 30 days after that was due.

    Raises NotNow: monitoring.too_early, monitoring.silent_before.
    """
    today = timezone.localdate(at)
    if period.silent_at or period.asked_at is None or period.closed_at:
        raise NotNow("monitoring.silent_before")
    if not is_silent(period.due_day, today, answered=False):
        raise NotNow("monitoring.too_early")
    period.silent_at = at
    period.save(update_fields=["silent_at"])
    silent = [step for steps in asked_of(period.plan, period).values() for step in steps]
    numbers = dict(
        MilestoneReport.objects.filter(milestone__in=silent)
        .order_by()
        .values_list("milestone")
        .annotate(most=Max("number"))
    )
    MilestoneReport.objects.bulk_create(
        MilestoneReport(
            milestone=step,
            number=numbers.get(step.pk, 0) + 1,
            status=MilestoneStatus.NO_WORD,
            said_on=today.isoformat(),
            reported_by=by.label,
            period=period,
            made_at=at,
        )
        for step in silent
        # What fell silent in an earlier period is silent still.
        if (last := last_of(step)) is None or last.status != MilestoneStatus.NO_WORD
    )
    return NoWord(
        about=period.ref,
        due_on=period.due_day.isoformat(),
        steps=[step.label for step in silent][:200],
    )


@action("period.close", may=MAY)
def close_period(period: ReportingPeriod, *, by: Actor, at: datetime) -> PeriodClosed:
    """Take nothing more for a period. Raises NotNow: monitoring.not_asked, monitoring.period_closed."""
    if period.asked_at is None:
        raise NotNow("monitoring.not_asked")
    if period.closed_at:
        raise NotNow(
            "monitoring.period_closed",
            day=PartialDate(timezone.localdate(period.closed_at).isoformat()),
        )
    period.closed_at = at
    period.save(update_fields=["closed_at"])
    return PeriodClosed(about=period.ref)
