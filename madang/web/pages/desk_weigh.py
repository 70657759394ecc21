"""For members: confirm or dispute an update, say whether its links open."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from madang.foundation.refusals import NotFound, NotValid, Refusal
from madang.members.models import Forum
from madang.monitoring.actions.weigh import look_at_evidence, weigh_update
from madang.monitoring.models import Evidence, MilestoneReport
from madang.monitoring.reading import find_step
from madang.monitoring.rules.words import MilestoneStatus
from madang.monitoring.words import STANCES
from madang.web.pages.milestone import find_row, for_page, milestone_data
from madang.web.pages.two_tongues import Values, all_typed, limited
from madang.web.sentences import sentence
from madang.web.typed import moment_of

MOST_TYPED = 20_000


def weigh(request: Any, plan: int, label: str) -> HttpResponse:
    """`/desk/weigh/5-6.2/`: the newest thing said of a milestone, and what a member says of it."""
    step = find_step(plan, label)
    report = newest(step)
    values: Values = all_typed(request) if request.method == "POST" else {}
    problem: Refusal | None = None
    page_of = reverse("milestone", args=[plan, step.commitment.number, label])
    if request.method == "POST":
        try:
            _act(request, report, values)
            if values.get("act") == "weigh":
                return HttpResponseRedirect(f"{page_of}#report-{report.number}")
            return HttpResponseRedirect(request.path)
        except Refusal as refusal:
            problem = refusal
    row = find_row(plan, step.commitment.number, label)
    told = milestone_data(row, timezone.localdate(moment_of(request)))["reports"]
    shown = {
        "row": row,
        "plan": row.commitment.plan,
        "commitment": row.commitment,
        "page_of": page_of,
        "one": for_page(next(one for one in told if one["number"] == report.number)),
        "links": [one for one in report.evidence.all() if one.url],
        "stances": STANCES.items(),
        "values": values,
        "problem": problem and sentence(problem),
        "where": _where(problem),
    }
    return render(request, "web/desk_weigh.html", shown, status=problem.status if problem else 200)


def newest(step: Any) -> MilestoneReport:
    """The newest thing that a body said of a milestone and that counts.

    Raises NotFound: monitoring.nothing_to_weigh.
    """
    rows = MilestoneReport.objects.counting().filter(milestone=step)
    found = rows.exclude(status=MilestoneStatus.NO_WORD).order_by("number").last()
    if found is None:
        plan, commitment = step.commitment.plan, step.commitment
        nearest = [reverse("milestone", args=[plan.number, commitment.number, step.label])]
        raise NotFound("monitoring.nothing_to_weigh", nearest=nearest)
    return found


def _act(request: Any, report: MilestoneReport, values: Values) -> None:
    by, at = request.actor, moment_of(request)
    if values.get("act") == "look":
        position = values.get("position", "")[:4]
        shown = Evidence.objects.filter(
            report=report, position=int(position) if position.isdecimal() else -1
        ).first()
        if shown is None or values.get("opens") not in ("yes", "no"):
            raise NotValid("web.nothing_chosen")
        look_at_evidence(shown, opens=values["opens"] == "yes", by=by, at=at)
        return
    seen = values.get("report", "")[:8]
    if seen and seen != str(report.number):
        # Another update came while this one was read: what was chosen was said of the other.
        raise NotValid("monitoring.other_update", field="stance")
    languages = Forum.objects.get(pk=1).languages
    spoken = get_language() or "ko"
    weigh_update(
        report,
        stance=limited(values, "stance", 20),
        url=limited(values, "url", MOST_TYPED),
        text=" ".join(limited(values, "text", MOST_TYPED).split()),
        language=spoken if spoken in languages else languages[0],
        by=by,
        at=at,
    )


def _where(problem: Refusal | None) -> str:
    field = str(problem.facts.get("field") or "stance") if problem else ""
    return "url" if field == "link" else field
