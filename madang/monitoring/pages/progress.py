"""All milestones of a plan on one page, the late ones first."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.foundation.answers import Table, answer, asked, said
from madang.foundation.paging import page_of
from madang.monitoring.pages.data import public, steps_of_plan
from madang.monitoring.pages.wording import MOST_URGENT_FIRST, counts, for_page, urgency
from madang.plans.pages.data import find_plan, plan_line, reads_text
from madang.plans.pages.milestone_chart import draw_both, draw_milestones

DRAWN = 60
"""How many milestones the chart draws by itself: the most urgent ones; a page draws its own."""


def progress(request: Any, number: int, twin: str) -> HttpResponse:
    """Where every milestone stands as of today, late first; one status or one body at a time.

    A page has the next few; the data and the table have them all.
    """
    plan = find_plan(number, request.actor)
    today = timezone.localdate(request.at)
    readable = reads_text(plan, request.actor)
    steps = [for_page(one) for one in steps_of_plan(plan, today)] if readable else []
    steps.sort(key=urgency)
    agencies = {one["agency"]["slug"]: one["agency"]["name"] for one in steps if one["agency"]}
    known = {one or "unknown" for one in MOST_URGENT_FIRST}
    chosen = asked(request, {"status": known, "agency": agencies})
    shown = [step for step in steps if _chosen(step, chosen)]
    data = {
        "plan": plan_line(plan),
        "as_of": today,
        "counts": {row["status"]: row["count"] for row in counts(steps)},
        "milestones": [public(step) for step in shown],
    }

    def table() -> Table:
        headings = [
            _("Milestone"),
            _("What will be done"),
            _("Commitment"),
            _("Agency"),
            _("State"),
            _("Since"),
            _("First promised"),
            _("Due"),
            _("Days late"),
            _("Source’s own word"),
            _("Number"),
        ]
        return Table(f"plan-{number}-progress", headings, map(_row, shown))

    def drawing() -> str:
        dated = _dated(shown)[:DRAWN]
        return draw_milestones(dated, as_of=today, standalone=True) if dated else ""

    at_hand = page_of(shown, request.GET, chosen)
    dated = _dated(at_hand["lines"])
    chart = draw_both(dated, as_of=today) if dated else ""
    extra = {
        **at_hand,
        "found": len(shown),
        "all": len(steps),
        "numbers": counts(steps),
        "agencies": agencies,
        "chosen": chosen,
        "chart": chart,
        "undrawn": not _dated(shown),
    }
    return answer(
        request,
        twin,
        "monitoring/progress.html",
        data,
        table=table,
        drawing=drawing,
        filters=("status", "agency"),
        extra=extra,
    )


def _dated(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [step for step in steps if step["from"] or step["due"]]


def _chosen(step: dict[str, Any], chosen: dict[str, str]) -> bool:
    if "status" in chosen and chosen["status"] != (step["status"] or "unknown"):
        return False
    slug = step["agency"]["slug"] if step["agency"] else None
    return "agency" not in chosen or chosen["agency"] == slug


def _row(step: dict[str, Any]) -> list[Any]:
    return [
        step["label"],
        said(step["title"]),
        said(step["commitment_title"]),
        said(step["agency"]["name"]) if step["agency"] else None,
        step["state_word"],
        step["since"],
        step["promised"],
        step["due"],
        step["days_late"] or None,
        step["word"],
        _("number given here") if step["numbered_here"] else None,
    ]
