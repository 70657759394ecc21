"""The consultation of a plan as everyone reads it: who was asked, who has answered, who is late."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.calls.pages.data import plan_head
from madang.consultation.models import Asked, Opinion
from madang.consultation.reading import Place, places
from madang.consultation.rules.asking import VERY_OVERDUE, WINDOW
from madang.consultation.rules.words import Standing
from madang.consultation.words import CHANNELS, SAID, STANDINGS, WINDOW_SOURCES
from madang.foundation.answers import Table, answer, said
from madang.foundation.figures import figure_on
from madang.foundation.texts import Text
from madang.plans.pages.data import find_plan, reads_text
from madang.web.typed import moment_of

SHOWN = 100
"""How many places stand on the page; its table has them all."""


def consultation(request: Any, number: int, twin: str) -> HttpResponse:
    """Each agency with each draft it was asked about, by when, and what it said."""
    plan, at = find_plan(number, request.actor), moment_of(request)
    data = consultation_data(plan, at, whole=reads_text(plan, request.actor))

    def table() -> Table:
        headings = [
            _("Request"),
            _("Body"),
            _("Commitment"),
            _("Title"),
            _("Where it stands"),
            _("Last day"),
            _("Answered"),
            _("Opinion"),
            _("In its own words"),
            _("Proposed wording"),
            _("The agency’s own number"),
        ]
        return Table(f"plan-{number}-consultation", headings, map(_cells, data["places"]))

    found = data["places"]
    extra = {
        "rows": [_shown(one) for one in found[:SHOWN]],
        "totals": [(STANDINGS[key], count) for key, count in data["counts"].items() if count],
        "window_source": WINDOW_SOURCES[data["figures"]["window"]["since"]],
        "more": len(found) > SHOWN,
        "count": len(found),
        "answered": sum(one["answered_at"] is not None for one in found),
    }
    return answer(request, twin, "web/consultation.html", data, table=table, extra=extra)


def consultation_data(plan: Any, at: datetime, *, whole: bool) -> dict[str, Any]:
    """The consultation's shape; `whole` says whether what drafts say may be read.

    Who is late is public as soon as the plan is; what is in a draft, and so what was said to it,
    once the draft is.
    """
    found = places(Asked.objects.filter(request__plan=plan).order_by(*_ORDER), at)
    today = timezone.localdate(at).isoformat()
    counts = {key: sum(one.standing == key for one in found) for key in Standing}
    requests = {one.asked.request_id: one.asked.request for one in found}
    return {
        "plan": plan_head(plan),
        "drafts_readable": whole,
        "figures": {
            "window": vars(figure_on(WINDOW, today)),
            "very_overdue": vars(figure_on(VERY_OVERDUE, today)),
        },
        "counts": {key.value: count for key, count in counts.items()},
        "requests": [
            {
                "number": one.number,
                "asked_at": one.asked_at,
                "due_on": one.due_on,
                "note": one.note if whole else None,
                "why_shorter": one.why_shorter,
                "withdrawn_at": one.withdrawn_at,
                "reason": one.reason,
            }
            for one in requests.values()
        ],
        "places": [_place(one, at, whole) for one in found],
    }


_ORDER = ("-request__number", "agency__position", "commitment__number")


def _place(one: Place, at: datetime, whole: bool) -> dict[str, Any]:
    asked, newest = one.asked, one.newest
    draft = asked.commitment
    first = one.opinions[0] if one.opinions else None
    return {
        "request": asked.request.number,
        "agency": {
            "slug": asked.agency.slug,
            "name": asked.agency.name,
            "url": reverse("agency", args=[asked.agency.slug]),
        },
        "commitment": draft.number,
        "title": draft.title if whole else None,
        "url": reverse("commitment", args=[draft.plan.number, draft.number]) if whole else None,
        "standing": one.standing.value,
        "due_on": asked.request.due_on,
        "answered_at": first.made_at if first else None,
        "days_overdue": _days_over(asked.request.due_on, at) if one.is_owed else 0,
        "answers": [_opinion(each) for each in one.opinions] if whole else [],
        "stance": newest.stance if newest and whole else None,
    }


def _days_over(due_on: str, at: datetime) -> int:
    day = datetime.fromisoformat(due_on).date()
    return max(0, (timezone.localdate(at) - day).days)


def _opinion(one: Opinion) -> dict[str, Any]:
    return {
        "number": one.number,
        "stance": one.stance,
        "words": one.words,
        "wording": one.wording,
        "reference": one.reference or None,
        "version": one.version,
        "late": one.late,
        "channel": one.channel,
        "document": one.document or None,
        "made_at": one.made_at,
    }


def _shown(one: dict[str, Any]) -> dict[str, Any]:
    newest = one["answers"][-1] if one["answers"] else None
    return {
        **one,
        "words": STANDINGS[one["standing"]],
        "warned": one["standing"] in (Standing.OVERDUE, Standing.VERY_OVERDUE),
        "late": one["standing"] == Standing.ANSWERED_LATE,
        "newest": newest,
        "excerpt": _excerpt(newest["words"]) if newest else None,
        "said": SAID[newest["stance"]] if newest else "",
        "channel": CHANNELS[newest["channel"]] if newest else "",
    }


def _excerpt(text: Text | None) -> Text | None:
    """The beginning of what was said; the whole stands beside the draft."""
    if not text:
        return None
    cut = {key: f"{one[:160]}…" for key, one in text.words.items() if one and len(one) > 160}
    return Text({**text.words, **cut})


def _cells(one: dict[str, Any]) -> list[Any]:
    newest = one["answers"][-1] if one["answers"] else {}
    return [
        one["request"],
        said(one["agency"]["name"]),
        one["commitment"],
        said(one["title"]),
        STANDINGS[one["standing"]],
        one["due_on"],
        one["answered_at"],
        SAID[newest["stance"]] if newest else "",
        said(newest.get("words")),
        said(newest.get("wording")),
        newest.get("reference"),
    ]
