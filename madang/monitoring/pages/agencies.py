"""The pages of agencies: what each promised, and how late it is."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from madang.drafting.models import Lead
from madang.foundation.answers import Table, answer, said
from madang.foundation.paging import page_of
from madang.monitoring.pages.data import STEPS, public, step_data
from madang.monitoring.pages.wording import counts, for_page, urgency
from madang.monitoring.rules.words import MilestoneStatus
from madang.planning.models import DRAFTS
from madang.plans.amended import amended_dates
from madang.plans.models import ChangeRequest
from madang.plans.pages import data as shapes


def agencies(request: Any, twin: str) -> HttpResponse:
    """Every agency with what it leads, how many milestones it answers for, and how many are late."""
    data = shapes.agencies_data()
    steps = _steps(STEPS, timezone.localdate(request.at))
    for line in data["agencies"]:
        line |= _lateness([s for s in steps if _is_of(s, line["slug"])])

    def table() -> Table:
        headings = [
            _("Agency"),
            _("Name in English"),
            _("Commitments led"),
            _("Source"),
            _("Milestones"),
            _("Milestones done"),
            _("Milestones late"),
            _("Days late, the most"),
        ]
        keys = ("commitments", "source", "milestones", "done", "late", "most_days")
        rows = [
            [said(a["name"]), a["name"].words.get("en"), *(a[key] for key in keys)]
            for a in data["agencies"]
        ]
        return Table("agencies", headings, rows)

    return answer(request, twin, "monitoring/agencies.html", data, table=table)


def _steps(rows: QuerySet[Any], on: date) -> list[dict[str, Any]]:
    """Milestones that everyone reads, with where each stands: two queries."""
    amended = amended_dates(ChangeRequest.objects.all())
    public_rows = rows.exclude(commitment__plan__status__in=DRAFTS)
    kept = public_rows.filter(commitment__plan__withdrawn_at=None)
    return [step_data(step, on, amended) for step in kept]


def _is_of(step: dict[str, Any], slug: str) -> bool:
    return bool(step["agency"]) and step["agency"]["slug"] == slug


def _lateness(steps: list[dict[str, Any]]) -> dict[str, Any]:
    """An agency's milestones in numbers; of what nobody said anything there is no number."""
    known = [step for step in steps if step["status"]]
    late = [step for step in known if step["status"] == MilestoneStatus.LATE]
    return {
        "milestones": len(steps) or None,
        "done": sum(s["status"] == MilestoneStatus.DONE for s in known) if known else None,
        "late": len(late) if known else None,
        "most_days": max((step["days_late"] for step in late), default=None),
    }


def agency(request: Any, slug: str, twin: str) -> HttpResponse:
    """What an agency promised, and where each milestone stands that it answers for, late first.

    A page has the next few of both; the data and the table have them all.
    """
    found = shapes.find_agency(slug)
    data = shapes.agency_data(found)
    led = Lead.objects.filter(agency=found).order_by().values("commitment")
    rows = STEPS.filter(Q(agency=found) | Q(agency=None, commitment__in=led))
    steps = [for_page(one) for one in _steps(rows, timezone.localdate(request.at))]
    steps = sorted((one for one in steps if _is_of(one, slug)), key=urgency)
    steps.sort(key=lambda one: -one["plan"])
    data["milestones"] = [public(one) for one in steps]

    def table() -> Table:
        headings = [
            _("Plan"),
            _("Number"),
            _("Title"),
            pgettext("of a commitment", "Parts"),
            _("Source"),
        ]
        rows = [
            [c["plan"], c["number"], said(c["title"]), " ".join(c["parts"]), c["source"]]
            for c in data["commitments"]
        ]
        return Table(f"agency-{slug}", headings, rows)

    asked = {key: request.GET[key] for key in ("led", "page") if key in request.GET}
    extra = {
        "led": page_of(data["commitments"], asked, asked, "led"),
        "steps": page_of(steps, asked, asked),
        "numbers": counts(steps),
    }
    return answer(request, twin, "monitoring/agency.html", data, table=table, extra=extra)
