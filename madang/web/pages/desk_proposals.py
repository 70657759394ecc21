"""The secretariat's proposals: what waits for a look, moderation step by step, what came by hand."""

import secrets
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from madang.calls.actions.endorse import enter_supports
from madang.calls.actions.enter import BY_HAND, enter_proposal
from madang.calls.actions.moderate import (
    ask_hiding,
    ask_supplement,
    confirm_hiding,
    publish_proposal,
    refuse_hiding,
    restore_proposal,
    waiting,
)
from madang.calls.attaching import forget_waiting, keep_waiting
from madang.calls.hiding import officer
from madang.calls.models import Attachment, Call, Endorsement, Moderation, Proposal
from madang.calls.pages.data import plan_head
from madang.calls.reading import find_proposal
from madang.calls.rules import proposing
from madang.calls.rules.moderating import FROM
from madang.calls.rules.personal import personal_data
from madang.calls.rules.proposing import Words, each_line, one_line, problems, whole_text
from madang.calls.rules.words import CallStatus, ProposalState
from madang.calls.words import CHANNELS, HIDDEN_FOR, PERSONAL, STATES
from madang.foundation.answers import said
from madang.foundation.refusals import NotFound, NotNow, NotValid, Refusal
from madang.members.models import normal_email
from madang.web.pages.attached import file_of_form, file_shown
from madang.web.sentences import sentence
from madang.web.typed import moment_of

SHOWN = 100
LONGEST, LONGEST_LIST = 8_000, 150_000


def proposals(request: Any) -> HttpResponse:
    """What waits for the secretariat, the oldest first."""
    rows = Proposal.objects.select_related("plan").defer("features", "text")
    asked = Moderation.objects.filter(done_at=None).select_related("proposal__plan")
    held = rows.filter(state=ProposalState.RECEIVED).order_by("received_at")
    supplement = rows.filter(state=ProposalState.SUPPLEMENT).order_by("received_at")
    shown = {
        "held": [(row, row.plan) for row in held[:SHOWN]],
        "asked": [(step.proposal, HIDDEN_FOR.get(step.reason or "", "")) for step in asked[:SHOWN]],
        "supplement": list(supplement[:SHOWN]),
        "calls": Call.objects.exclude(status=CallStatus.ANNOUNCED).select_related("plan"),
    }
    return render(request, "web/desk_proposals.html", shown)


def proposal(request: Any, number: int, proposal: int) -> HttpResponse:
    """One proposal with all its words, and the steps that can be taken now."""
    row, problem = find_proposal(number, proposal), None
    if request.method == "POST":
        try:
            _step(request, row)
            return HttpResponseRedirect(reverse("desk.proposal", args=[number, proposal]))
        except Refusal as refusal:
            problem = refusal
            row = find_proposal(number, proposal)
    return _page(request, row, problem)


def _step(request: Any, row: Proposal) -> None:
    by, at = request.actor, moment_of(request)
    note = whole_text(request.POST.get("note", "")[:LONGEST])
    match request.POST.get("step"):
        case "publish":
            publish_proposal(row, by=by, at=at)
        case "ask":
            ask_supplement(row, note=note, by=by, at=at)
        case "hide":
            reason = request.POST.get("reason", "")[:40]
            ask_hiding(row, reason=reason, note=note, by=by, at=at)
        case "confirm":
            confirm_hiding(row, by=by, at=at)
        case "refuse":
            refuse_hiding(row, by=by, at=at)
        case "restore":
            restore_proposal(row, note=note, by=by, at=at)
        case "supports":
            lines = request.POST.get("signers", "")[:LONGEST_LIST].splitlines()
            signers = [line for line in map(one_line, lines) if line]
            paper = one_line(request.POST.get("paper", "")[:LONGEST])
            enter_supports(row, signers=signers, paper=paper, by=by, at=at)
        case _:
            raise NotValid("web.nothing_chosen")


def _page(request: Any, row: Proposal, problem: Refusal | None) -> HttpResponse:
    asked = waiting(row)
    steps = Moderation.objects.filter(proposal=row, done_at__isnull=False)
    found = personal_data(row.title, row.text, row.name, *row.joint)
    shown = {
        "row": row,
        "plan": row.plan,
        "state_words": STATES[row.state],
        "source_words": CHANNELS.get(row.platform or row.channel, row.platform),
        "may": {step: row.state in states for step, states in FROM.items()} if not asked else {},
        "asked": asked,
        "asked_words": HIDDEN_FOR.get(asked.reason or "", "") if asked else "",
        "mine": bool(asked and asked.first == officer(request.actor)),
        "has_author": hasattr(row, "contact"),
        "file": Attachment.objects.filter(proposal=row).select_related("document").first(),
        "found": [(PERSONAL[one.kind], one.words) for one in found],
        "steps": [(step, STATES[step.state], HIDDEN_FOR.get(step.reason or "")) for step in steps],
        "reasons": list(HIDDEN_FOR.items()),
        "given_reason": request.POST.get("reason", ""),
        "may_support": row.state in FROM["endorse"],
        "on_paper": Endorsement.objects.filter(proposal=row, verified=False).count(),
        "signers": request.POST.get("signers", "")[:LONGEST_LIST].replace("\x00", ""),
        "paper": request.POST.get("paper", "")[:LONGEST].replace("\x00", ""),
        "given_step": request.POST.get("step", ""),
        "note": request.POST.get("note", "")[:LONGEST].replace("\x00", ""),
        "problem": problem and sentence(problem),
        "where": f"step-{request.POST.get('step', '')[:10]}" if problem else "",
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_proposal.html", shown, status=status)


# --- on behalf of someone ------------------------------------------------------------------------

FIELDS = ("plan", "channel", "proposed_on", "title", "text", "area", "name", "joint", "email")


def new(request: Any) -> HttpResponse:
    """Enter what came on paper, by telephone or at a workshop."""
    calls = Call.objects.exclude(status=CallStatus.ANNOUNCED).select_related("plan")
    found = list(calls.order_by("-opens_at"))
    if not found:
        raise NotFound("calls.none_opened", nearest=[reverse("desk.plans")])
    given = {name: request.POST.get(name, "")[:LONGEST].replace("\x00", "") for name in FIELDS}
    call = next((one for one in found if str(one.plan.number) == given["plan"]), found[0])
    if request.method != "POST":
        today = timezone.localdate(request.at).isoformat()
        return _new_page(request, found, call, {"proposed_on": today, "channel": "paper"}, [])
    given["file"], refused = file_of_form(request)
    wrong: list[Refusal] = list(problems(_words(given, request, call))) + refused
    if not wrong:
        try:
            return _entered(request, call, given)
        except Refusal as refusal:
            wrong = [refusal]
    return _new_page(request, found, call, given, wrong)


def _entered(request: Any, call: Call, given: dict[str, str]) -> HttpResponse:
    nonce = request.POST.get("nonce", "")[:64] or secrets.token_urlsafe(24)
    at = moment_of(request)
    try:
        enter_proposal(
            call,
            words=_words(given, request, call),
            channel=given["channel"],
            proposed_on=given["proposed_on"],
            email=normal_email(given["email"]),
            nonce=nonce,
            file=keep_waiting(given["file"], at),
            by=request.actor,
            at=at,
        )
        forget_waiting(given["file"])
    except NotNow as refusal:
        if refusal.code != "calls.sent_before":
            raise
    kept = Proposal.objects.get(plan=call.plan_id, nonce=nonce)
    return HttpResponseRedirect(
        reverse("proposal", args=[call.plan.number, kept.number]) + "?receipt=1"
    )


def _words(given: dict[str, str], request: Any, call: Call) -> Words:
    area = given["area"]
    return Words(
        title=one_line(given["title"]),
        text=whole_text(given["text"]),
        language=get_language() or "ko",
        area=int(area) - 1 if area.isdecimal() and len(area) < 4 else None,
        name=one_line(given["name"]),
        joint=each_line(given["joint"]),
        title_only=request.POST.get("title_only") == "yes",
    )


def _new_page(
    request: Any, calls: list[Call], call: Call, given: dict[str, str], wrong: list[Refusal]
) -> HttpResponse:
    def where(one: Refusal) -> str:
        return str(one.facts.get("field") or "title")

    shown = {
        "plan": plan_head(call.plan),
        "calls": [(str(one.plan.number), one.plan.title) for one in calls],
        "given": given,
        "title_only": request.POST.get("title_only") == "yes",
        "file": file_shown(given.get("file", ""), request),
        "nonce": request.POST.get("nonce", "")[:64] or secrets.token_urlsafe(24),
        "channels": [(key.value, CHANNELS[key]) for key in BY_HAND],
        "areas": [(str(area.position + 1), said(area.text)) for area in call.plan.areas.all()],
        "wrong": [(where(one), sentence(one)) for one in wrong],
        "errors": {where(one): sentence(one) for one in reversed(wrong)},
        "title_most": proposing.TITLE_MOST,
    }
    return render(
        request, "web/desk_proposal_new.html", shown, status=wrong[0].status if wrong else 200
    )
