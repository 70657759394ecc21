"""`/desk/updates/`: what was asked and has not come, what waits for words, and what members weigh."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from madang.drafting.words import TONGUES
from madang.foundation.actors import Role
from madang.foundation.dates import PartialDate
from madang.foundation.refusals import NotFound, NotValid, Refusal
from madang.meetings.models import Meeting
from madang.meetings.reading import where_it_stands
from madang.members.models import Agency, Forum
from madang.monitoring.actions.periods import close_period, set_periods
from madang.monitoring.actions.update import TRANSLATED, translate_update
from madang.monitoring.actions.weigh import state_view
from madang.monitoring.disputes import disagreements
from madang.monitoring.letters import contact_of
from madang.monitoring.models import (
    MilestoneReport,
    Remark,
    ReportingPeriod,
    milestone_ref,
)
from madang.monitoring.reading import asked_of, find_step, last_of
from madang.monitoring.rules.assessing import AssessmentState
from madang.monitoring.rules.status import is_overdue
from madang.monitoring.rules.updating import stretches
from madang.monitoring.rules.words import REPORTED, CommentState, MilestoneStatus
from madang.monitoring.words import STATUSES
from madang.planning.models import DRAFTS, Plan
from madang.web.pages.acting import entry_of_form
from madang.web.pages.milestone import find_row, for_page, milestone_data
from madang.web.pages.two_tongues import (
    LINE,
    PROSE,
    Values,
    all_typed,
    field,
    limited,
    text_of,
    where,
)
from madang.web.sentences import sentence
from madang.web.typed import moment_of

MOST_SHOWN = 40


def updates(request: Any) -> HttpResponse:
    values: Values = all_typed(request) if request.method == "POST" else {}
    problem: Refusal | None = None
    if request.method == "POST":
        try:
            _act(request, values)
            return HttpResponseRedirect(request.path)
        except Refusal as refusal:
            problem = refusal
    officer = request.actor.has(Role.SECRETARIAT)
    today = timezone.localdate(moment_of(request))
    periods = list(
        ReportingPeriod.objects.select_related("plan").order_by("-plan__number", "number")
    )
    shown = {
        "officer": officer,
        "waiting": _waiting(periods, today),
        "newest": _newest(),
        "disagreements": disagreements(),
        "periods": [_period(one, today) for one in periods] if officer else [],
        "plans": _plans() if officer else [],
        "queue": _queue() if officer else [],
        "remarks": _held() if officer else [],
        "values": values,
        "today": today.isoformat(),
        "months": [str(n) for n in (3, 1, 2, 4, 6, 12)],
        "problem": problem and sentence(problem),
        "where": where(problem, "waiting"),
    }
    return render(
        request, "web/desk_updates.html", shown, status=problem.status if problem else 200
    )


# --- what is shown -------------------------------------------------------------------------------


def _waiting(periods: list[ReportingPeriod], today: date) -> list[dict[str, Any]]:
    """Every update that was asked for and has not come, overdue first."""
    names = {one.slug: one.name for one in Agency.objects.all()}
    found = []
    for period in periods:
        if period.asked_at is None or period.closed_at:
            continue
        for (slug, number), steps in asked_of(period.plan, period).items():
            found.append(
                {
                    "plan": period.plan.number,
                    "commitment": number,
                    "title": steps[0].commitment.title,
                    "agency": names[slug],
                    "steps": [step.label for step in steps],
                    "due_on": period.due_on,
                    "days": max(0, (today - period.due_day).days),
                    "overdue": is_overdue(period.due_day, today, answered=False),
                    "silent": any(_is_silent(step) for step in steps),
                    "nobody": contact_of(slug, f"commitment:{period.plan.number}-{number}") is None,
                    "url": reverse("commitment", args=[period.plan.number, number]),
                }
            )
    return sorted(found, key=lambda one: (-one["days"], one["plan"], one["commitment"]))


def _is_silent(step: Any) -> bool:
    last = last_of(step)
    return last is not None and last.status == MilestoneStatus.NO_WORD


def _newest() -> list[dict[str, Any]]:
    """The newest updates, for members to weigh."""
    rows = MilestoneReport.objects.counting().exclude(status=MilestoneStatus.NO_WORD)
    rows = rows.filter(source=None).order_by("-made_at", "-pk")
    rows = rows.select_related("milestone__commitment__plan").prefetch_related("opinions")
    return [
        {
            "plan": one.milestone.commitment.plan.number,
            "label": one.milestone.label,
            "title": one.milestone.title,
            "state_word": STATUSES[MilestoneStatus(one.status)] if one.status else "",
            "status": one.status,
            "on": one.said_on,
            "weighed": sum(item.ended_at is None for item in one.opinions.all()),
        }
        for one in rows[:MOST_SHOWN]
    ]


def _period(period: ReportingPeriod, today: date) -> dict[str, Any]:
    return {
        "key": period.pk,
        "plan": period.plan.number,
        "number": period.number,
        "starts": period.starts,
        "ends": period.ends,
        "asks_on": period.asks_on,
        "due_on": period.due_on,
        "asked": bool(period.asked_at),
        "closed": bool(period.closed_at),
        "silent": bool(period.silent_at),
    }


def _plans() -> list[Plan]:
    """The plans that can be asked about: adopted, with milestones."""
    rows = Plan.objects.exclude(status__in=DRAFTS).filter(withdrawn_at=None)
    return list(rows.filter(commitments__milestones__isnull=False).distinct())


def _queue() -> list[dict[str, Any]]:
    """Updates whose words are missing in a language of the forum, the oldest first."""
    languages = Forum.objects.get(pk=1).languages
    rows = MilestoneReport.objects.counting().exclude(text=None, reason=None).filter(source=None)
    rows = rows.select_related("milestone__commitment__plan").order_by("made_at", "pk")
    found: list[dict[str, Any]] = []
    for one, part in ((one, part) for one in rows for part in TRANSLATED):
        text = getattr(one, part)
        missing = [key for key in languages if text and not text.words.get(key)]
        if missing and len(found) < MOST_SHOWN:
            tongues = [
                {"key": key, "words": TONGUES.get(key, key), "name": f"{part}-{one.pk}-{key}"}
                for key in missing
            ]
            found.append({"report": one, "part": part, "text": text, "missing": tongues})
    return found


def _held() -> list[Remark]:
    """Comments that wait for a look or a second person, and those on reports without an answer."""
    rows = Remark.objects.filter(
        Q(state=CommentState.HELD)
        | Q(moderations__isnull=False, moderations__done_at=None)
        | Q(state=CommentState.PUBLIC, answered_at=None, assessment__state=AssessmentState.PUT_OUT)
    ).distinct()
    rows = rows.select_related("milestone__commitment__plan", "assessment__plan")
    return list(rows.order_by("made_at", "pk")[:MOST_SHOWN])


# --- what is done --------------------------------------------------------------------------------


def _act(request: Any, values: Values) -> None:
    by, at, act = request.actor, moment_of(request), values.get("act", "")
    if act == "translate":
        report = _row(MilestoneReport, request)
        language = limited(values, "language", 3)
        if language not in Forum.objects.get(pk=1).languages:
            raise NotValid("monitoring.nothing_to_translate")
        part = limited(values, "part", 10)
        words = " ".join(limited(values, f"{part}-{report.pk}-{language}", PROSE).split())
        translate_update(report, language=language, words=words, part=part, by=by, at=at)
    elif act == "close":
        close_period(_row(ReportingPeriod, request), by=by, at=at)
    elif act == "periods":
        _set_periods(request, values)
    else:
        raise NotValid("web.nothing_chosen")


def _row(model: Any, request: Any) -> Any:
    key = entry_of_form(request)
    row = model.objects.filter(pk=key).first()
    if row is None:
        raise NotFound("web.nothing_chosen")
    return row


def _set_periods(request: Any, values: Values) -> None:
    number, months = values.get("plan", "")[:9], values.get("months", "")[:2]
    plan = Plan.objects.filter(number=int(number) if number.isdecimal() else 0).first()
    if plan is None:
        raise NotValid("monitoring.choose_plan", field="plan")
    starts = limited(values, "starts", LINE)
    try:
        PartialDate(starts)
    except ValueError as error:
        raise NotValid("monitoring.no_date", value=starts[:40], field="starts") from error
    if not plan.ends or plan.ends < starts[: len(plan.ends)]:
        raise NotValid("monitoring.after_the_plan", field="starts")
    periods = stretches(starts, plan.ends, months=int(months) if months.isdecimal() else 0)
    set_periods(plan, periods=periods, by=request.actor, at=moment_of(request))


# --- the forum's own view ------------------------------------------------------------------------


def view(request: Any, plan: int, label: str) -> HttpResponse:
    """`/desk/views/5-6.2/`: how the forum itself saw a milestone in a meeting."""
    step = find_step(plan, label)
    languages = Forum.objects.get(pk=1).languages
    values: Values = all_typed(request) if request.method == "POST" else {}
    problem: Refusal | None = None
    page_of = reverse("milestone", args=[plan, step.commitment.number, label])
    at = moment_of(request)
    if request.method == "POST":
        try:
            state_view(
                step,
                meeting=limited(values, "meeting", 80),
                status=limited(values, "status", 20),
                text=text_of(values, "text", languages),
                by=request.actor,
                at=at,
            )
            return HttpResponseRedirect(f"{page_of}#views")
        except Refusal as refusal:
            problem = refusal
    row = find_row(plan, step.commitment.number, label)
    today = timezone.localdate(at)
    ref = milestone_ref(step)
    if stands := where_it_stands([ref]).get(ref):
        values.setdefault("meeting", stands.address)
    told = [for_page(one) for one in milestone_data(row, today)["reports"]]
    held = Meeting.objects.filter(starts__lte=today.isoformat()).order_by("-starts", "-number")
    shown = {
        "row": row,
        "commitment": row.commitment,
        "page_of": page_of,
        "history": list(reversed(told))[:3],
        "meetings": held[:30],
        "statuses": [(key, STATUSES[key]) for key in REPORTED],
        "text": field(
            "text", _("What the forum found"), values, languages, rows=4, problem=problem
        ),
        "values": values,
        "problem": problem and sentence(problem),
        "where": where(problem, "meeting"),
    }
    return render(request, "web/desk_view.html", shown, status=problem.status if problem else 200)
