"""A plan's and a commitment's due dates as a calendar, and what happened as a feed."""

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.drafting.models import Commitment
from madang.foundation.answers import said
from madang.foundation.dates import PartialDate
from madang.monitoring.pages.data import STEPS, step_data
from madang.monitoring.pages.wording import LEFT_TO_DO
from madang.monitoring.rules.feeds import DueDate, Happened, calendar, feed
from madang.monitoring.rules.status import last_day
from madang.monitoring.words import STATUSES
from madang.planning.models import Plan
from madang.plans.amended import amended_dates
from madang.plans.models import ChangeRequest
from madang.plans.pages.data import find_commitment, find_plan, reads_text

MOST = 60
"""How many entries a feed holds; what is older stands on the pages."""


def plan_calendar(request: Any, number: int) -> HttpResponse:
    """When each milestone of a plan that is not done is due."""
    plan = find_plan(number, request.actor)
    return _calendar(request, said(plan.title), _steps_of_plan(request, plan), _of(plan))


def plan_feed(request: Any, number: int) -> HttpResponse:
    """What was reported and changed of a plan, the newest first."""
    plan = find_plan(number, request.actor)
    page = reverse("plan.progress", args=[number])
    return _feed(request, said(plan.title), page, _steps_of_plan(request, plan), _of(plan))


def commitment_calendar(request: Any, number: int, commitment: int) -> HttpResponse:
    """When each milestone of a commitment that is not done is due."""
    row = find_commitment(number, commitment, request.actor)
    return _calendar(request, said(row.title), STEPS.filter(commitment=row), _of_one(row))


def commitment_feed(request: Any, number: int, commitment: int) -> HttpResponse:
    """What was reported and changed of a commitment, the newest first."""
    row = find_commitment(number, commitment, request.actor)
    page = reverse("commitment", args=[number, commitment])
    return _feed(request, said(row.title), page, STEPS.filter(commitment=row), _of_one(row))


def _steps_of_plan(request: Any, plan: Plan) -> QuerySet[Any]:
    rows = STEPS.filter(commitment__plan=plan)
    return rows if reads_text(plan, request.actor) else rows.none()


def _of(plan: Plan) -> QuerySet[ChangeRequest]:
    return ChangeRequest.objects.filter(plan=plan)


def _of_one(row: Commitment) -> QuerySet[ChangeRequest]:
    return ChangeRequest.objects.filter(commitment=row)


def _calendar(request: Any, name: str, rows: Any, changes: Any) -> HttpResponse:
    today = timezone.localdate(request.at)
    amended = amended_dates(changes)
    steps = [step_data(step, today, amended) for step in rows]
    dates = [
        DueDate(
            key=f"{step['plan']}-{step['label']}@{settings.INSTALLATION.host}",
            day=last_day(step["due"]),
            title=f"{step['label']} {said(step['title'])}",
            words=f"{step['commitment']}. {said(step['commitment_title'])}",
            url=settings.INSTALLATION.address + step["url"],
        )
        for step in steps
        if step["due"] and step["status"] in LEFT_TO_DO
    ]
    answer = HttpResponse(
        calendar(name, dates, at=_midnight(today)), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="due-dates.ics"'
    return answer


def _midnight(day: date) -> datetime:
    # The same all day, so that the calendar is the same file until something happens.
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _feed(request: Any, name: str, page: str, rows: Any, changes: Any) -> HttpResponse:
    found = [_reported(step, row) for step in rows for row in step.report_rows]
    settled = changes.filter(state="in_force").select_related("plan", "commitment")
    found += [_changed(change) for change in settled]
    found.sort(key=lambda one: (one.at, one.key), reverse=True)
    site = settings.INSTALLATION.address
    body = feed(
        name,
        site + page,
        found[:MOST],
        own=site + request.path,
        at=_midnight(timezone.localdate(request.at)),
    )
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def _reported(step: Any, row: dict[str, Any]) -> Happened:
    plan, commitment = step.commitment.plan.number, step.commitment
    word = str(STATUSES[row["status"]]) if row["status"] else row["word"]
    moved = f" ({row['new_due']})" if row["new_due"] else ""
    # What came from a file was said when the source says, and not when the file was loaded.
    there = row["made_at"] if row["by"] != "loader" else _midnight(_first(row["said_on"]))
    site = settings.INSTALLATION.address
    return Happened(
        key=f"{site}/plans/{plan}/milestones/{step.label}/{row['number']}",
        at=there,
        title=f"{step.label} {said(step.title)}: {word}{moved}",
        words=said(row["text"]) or said(row["reason"]) or said(commitment.title),
        url=f"{site}{reverse('commitment', args=[plan, commitment.number])}#milestone-{step.label}",
    )


def _first(when: str) -> date:
    return PartialDate(when).first_day


def _changed(change: ChangeRequest) -> Happened:
    site = settings.INSTALLATION.address
    url = site + reverse("plan.change", args=[change.plan.number, change.number])
    title = _("Commitment %(number)s was changed: %(title)s") % {
        "number": change.commitment.number,
        "title": said(change.commitment.title),
    }
    assert change.settled_at
    return Happened(url, change.settled_at, title, said(change.reason), url)
