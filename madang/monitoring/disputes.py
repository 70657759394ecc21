"""Disagreements: updates that members dispute, until the forum has stated its own view."""

from typing import Any

from django.urls import reverse

from madang.meetings.models import Meeting
from madang.meetings.reading import where_it_stands
from madang.monitoring.models import ForumView, Opinion, milestone_ref
from madang.monitoring.rules.words import Stance


def disagreements() -> list[dict[str, Any]]:
    """Updates that count and are disputed, and on which the forum has not stated its view since."""
    rows = Opinion.objects.filter(
        stance=Stance.DISPUTED, ended_at=None, report__corrected_by=None
    ).select_related("report__milestone__commitment__plan", "seat")
    views: dict[int, Any] = {}
    for key, at in ForumView.objects.values_list("milestone", "stated_at"):
        views[key] = max(at, views.get(key, at))
    found: dict[int, dict[str, Any]] = {}
    for one in rows.order_by("made_at", "pk"):
        step = one.report.milestone
        if step.pk in views and views[step.pk] > one.made_at:
            continue
        line = found.setdefault(one.report_id, _disagreement(one))
        line["seats"].append(one.seat.number)
        line["links"].append(one.url)
    stands = where_it_stands([line["ref"] for line in found.values()])
    for line in found.values():
        line["meeting"] = _meeting(stands.get(line["ref"]))
    return list(found.values())


def _meeting(row: Meeting | None) -> dict[str, Any] | None:
    """On which meeting's agenda it stands."""
    if row is None:
        return None
    url = reverse("meeting", args=[row.address])
    return {"address": row.address, "title": row.title, "held_on": row.starts, "url": url}


def _disagreement(one: Opinion) -> dict[str, Any]:
    step = one.report.milestone
    commitment = step.commitment
    return {
        "ref": milestone_ref(step),
        "plan": commitment.plan.number,
        "commitment": commitment.number,
        "label": step.label,
        "title": step.title,
        "status": one.report.status,
        "said_on": one.report.said_on,
        "text": one.text,
        "disputed_at": one.made_at,
        "seats": [],
        "links": [],
        "url": reverse("milestone", args=[commitment.plan.number, commitment.number, step.label]),
    }
