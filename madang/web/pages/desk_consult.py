"""Consulting agencies: who was asked what, who has answered, and asking anew."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from madang.calls.rules.proposing import whole_text
from madang.consultation.actions.answer import enter_opinions
from madang.consultation.actions.ask import ask_bodies, withdraw_question
from madang.consultation.actions.remind import remind_bodies
from madang.consultation.models import Asked, Reminder, Request
from madang.consultation.reading import Place, places, places_of, request_at, sheet_known
from madang.consultation.rules.asking import WINDOW, usual_due
from madang.consultation.rules.words import Standing, Step
from madang.consultation.words import CHANNELS, SAID, STANDINGS, WINDOW_SOURCES
from madang.drafting.models import Commitment
from madang.foundation.figures import figure_on
from madang.foundation.refusals import NotFound, NotValid, Refusal
from madang.foundation.tables import one_line
from madang.foundation.texts import Text
from madang.members.models import Agency, FocalPoint
from madang.planning.models import Plan
from madang.planning.rules.writing import check_can_write
from madang.web.pages.consult import sheet_answer
from madang.web.pages.opinion_sheets import answers_in, preview, rows_seen, rows_sent
from madang.web.pages.two_tongues import PROSE, Values, all_typed, limited, where
from madang.web.sentences import sentence
from madang.web.typed import moment_of


def consult(request: Any) -> HttpResponse:
    """Every request, the newest first, with how many answers have come; and the plans to ask about."""
    at = moment_of(request)
    found: dict[int, list[Place]] = {}
    for one in places(Asked.objects.all(), at):
        found.setdefault(one.asked.request_id, []).append(one)
    rows = [_line(found[one.pk]) for one in Request.objects.all() if one.pk in found]
    today = timezone.localdate(at).isoformat()
    shown = {"rows": rows, "plans": [one for one in Plan.objects.all() if not _closed(one, today)]}
    return render(request, "web/desk_consult.html", shown)


def _closed(plan: Plan, today: str) -> Refusal | None:
    """Why nothing is asked about a plan's drafts any more, where nothing is."""
    try:
        check_can_write(plan.status, frozen_by=plan.frozen_by, starts=plan.starts, today=today)
    except Refusal as closed:
        return closed
    return None


def _line(found: list[Place]) -> dict[str, Any]:
    asked = found[0].asked.request
    owed = [one for one in found if one.is_owed]
    return {
        "asked": asked,
        "plan": asked.plan,
        "bodies": list({one.asked.agency_id: one.asked.agency.name for one in found}.values()),
        "count": len(found),
        "answered": sum(one.newest is not None for one in found),
        "overdue": sum(one.standing != Standing.WAITING for one in owed),
        "very": sum(one.standing == Standing.VERY_OVERDUE for one in owed),
    }


# --- asking ---------------------------------------------------------------------------------------


def new(request: Any, number: int) -> HttpResponse:
    """Choose drafts, agencies and the last day; one press asks them all."""
    plan = Plan.objects.filter(number=number).first()
    if plan is None:
        raise NotFound("plans.not_here", number=number, nearest=[reverse("desk.consult")])
    values, problem = all_typed(request), None
    if request.method == "POST":
        try:
            return _ask(request, plan, values)
        except Refusal as refusal:
            problem = refusal
    return _new_page(request, plan, values, problem)


def _ask(request: Any, plan: Plan, values: Values) -> HttpResponse:
    numbers = [int(one) for one in request.POST.getlist("commitments") if _is_number(one)]
    event = ask_bodies(
        plan,
        commitments=sorted(set(numbers)),
        bodies=sorted(set(request.POST.getlist("bodies"))),
        due_on=limited(values, "due", 40),
        note=whole_text(limited(values, "note", PROSE)),
        why_shorter=one_line(limited(values, "why", PROSE)),
        by=request.actor,
        at=moment_of(request),
    )
    return HttpResponseRedirect(reverse("desk.consult.one", args=[plan.number, event.number]))


def _is_number(given: str) -> bool:
    return given.isascii() and given.isdigit() and len(given) < 6


def _leads(draft: Commitment) -> list[Text]:
    return list({lead.agency_id: lead.agency.name for lead in draft.leads.all()}.values())


def _new_page(request: Any, plan: Plan, values: Values, problem: Refusal | None) -> HttpResponse:
    today = timezone.localdate(moment_of(request)).isoformat()
    closed = _closed(plan, today)
    problem = problem or closed
    chosen, bodies = request.POST.getlist("commitments"), request.POST.getlist("bodies")
    drafts = Commitment.objects.filter(plan=plan, withdrawn_at=None).prefetch_related(
        "leads__agency"
    )
    there = set(
        FocalPoint.objects.filter(until=None, duty="focal").values_list("agency", flat=True)
    )
    window = figure_on(WINDOW, today)
    shown = {
        "plan": plan,
        "drafts": [(one, str(one.number) in chosen, _leads(one)) for one in drafts],
        "open": closed is None,
        "bodies": [(one, one.pk in there, one.slug in bodies) for one in Agency.objects.all()],
        "due": values.get("due") or usual_due(today),
        "window": window,
        "window_source": WINDOW_SOURCES[window.since],
        "values": values,
        "problem": problem and sentence(problem),
        "where": where(problem, "main"),
    }
    status = problem.status if problem and request.method == "POST" else 200
    return render(request, "web/desk_consult_new.html", shown, status=status)


# --- one request ----------------------------------------------------------------------------------


def one(request: Any, plan: int, number: int) -> HttpResponse:
    """A request: each agency's answers, its sheet out and back, a reminder, the withdrawal."""
    found = request_at(f"request:{plan}-{number}")
    if request.method != "POST":
        return _page(request, found)
    values = all_typed(request)
    try:
        if values.get("step") == "read":
            return _page(request, found, values=values, rows=rows_sent(request))
        _press(request, found, values)
    except Refusal as problem:
        return _page(request, request_at(found.ref), values=values, problem=problem)
    return HttpResponseRedirect(reverse("desk.consult.one", args=[plan, number]))


def _press(request: Any, found: Request, values: Values) -> None:
    who = {"by": request.actor, "at": moment_of(request)}
    match values.get("step"):
        case "remind":
            remind_bodies(found, step=Step.HAND, **who)
        case "withdraw":
            withdraw_question(found, reason=one_line(limited(values, "reason", PROSE)), **who)
        case "keep":
            agency = values.get("agency", "")
            answers = answers_in(rows_seen(request), _known(found, agency, who["at"]))
            document = one_line(limited(values, "document", PROSE))
            enter_opinions(found, agency=agency, answers=answers, document=document, **who)
        case _:
            raise NotValid("web.nothing_chosen", field="main")


def _known(found: Request, agency: str, at: Any) -> Any:
    """Raises NotValid: consultation.no_body."""
    if not agency or not found.asks(agency):
        raise NotValid("consultation.no_body", value=agency[:60], field="agency")
    return sheet_known(places_of(found, at, agency), found.plan.number)


def sheet(request: Any, plan: int, number: int, agency: str) -> HttpResponse:
    """An agency's sheet, to be sent to it by the secretariat's own mail."""
    found = request_at(f"request:{plan}-{number}")
    if not found.asks(agency):
        raise NotFound("consultation.no_body", value=agency[:60])
    return sheet_answer(found, agency, f"{plan}-{number}", moment_of(request))


def _page(
    request: Any,
    found: Request,
    *,
    values: Values | None = None,
    problem: Refusal | None = None,
    rows: Any = None,
) -> HttpResponse:
    at, kept = moment_of(request), values or {}
    if rows is None and kept.get("step") == "keep" and problem:
        # What was seen is shown again, with what is wrong with it.
        rows = _rows_again(request)
    try:
        told = preview(rows, _known(found, kept.get("agency", ""), at)) if rows else None
    except Refusal as refused:
        told, problem = None, refused
    places_ = places_of(found, at)
    shown = {
        "asked": found,
        "plan": found.plan,
        "bodies": _bodies(places_),
        "owed": any(one.is_owed for one in places_),
        "reminders": Reminder.objects.filter(request=found),
        "preview": told,
        "values": kept,
        "problem": problem and sentence(problem),
        "where": where(problem, "main"),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_consult_one.html", shown, status=status)


def _rows_again(request: Any) -> Any:
    try:
        return rows_seen(request)
    except Refusal:
        return None


def _bodies(found: list[Place]) -> list[tuple[Agency, list[dict[str, Any]]]]:
    grouped: dict[int, tuple[Agency, list[dict[str, Any]]]] = {}
    for one in found:
        row = {
            "draft": one.asked.commitment,
            "standing": STANDINGS[one.standing],
            "warned": one.standing in (Standing.OVERDUE, Standing.VERY_OVERDUE),
            "newest": one.newest,
            "said": SAID[one.newest.stance] if one.newest else "",
            "channel": CHANNELS[one.newest.channel] if one.newest else "",
        }
        grouped.setdefault(one.asked.agency_id, (one.asked.agency, []))[1].append(row)
    return list(grouped.values())
