"""`/desk/handover/`: put everything known of a commitment into one file for whoever takes it over."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from madang.drafting.models import Commitment, Lead
from madang.foundation.refusals import NotValid, Refusal
from madang.members.models import FocalPoint
from madang.members.rules.focal import Duty
from madang.monitoring.actions.hand_over import keep_pack
from madang.monitoring.models import HandoverPack, MilestoneReport
from madang.monitoring.rules.words import Cause, HandedOver, MilestoneStatus
from madang.monitoring.words import HANDED_OVER
from madang.planning.models import DRAFTS
from madang.web.handover import pack
from madang.web.pages.acting import act_and_show
from madang.web.pages.two_tongues import Values, all_typed, limited, where
from madang.web.sentences import sentence
from madang.web.typed import moment_of

SHOWN = 60


def handover(request: Any) -> HttpResponse:
    """The commitments that need a pack, any other by choice, and the packs that were made."""
    return act_and_show(request, lambda: _act(request), lambda problem: _page(request, problem))


def _act(request: Any) -> None:
    values, at = all_typed(request), moment_of(request)
    row, why = _chosen(values), limited(values, "why", 30)
    if why not in list(HandedOver):
        # Before the pack is put together, which takes a while.
        raise NotValid("monitoring.no_handover_reason", field="why")
    keep_pack(row, why=why, file=pack(row, at), by=request.actor, at=at)


def _chosen(values: Values) -> Commitment:
    """Raises NotValid: monitoring.choose_commitment."""
    plan, _dash, number = limited(values, "commitment", 20).partition("-")
    if not (plan.isdecimal() and number.isdecimal()):
        raise NotValid("monitoring.choose_commitment", field="commitment")
    found = _standing().filter(plan__number=int(plan), number=int(number)).first()
    if found is None:
        raise NotValid("monitoring.choose_commitment", field="commitment")
    return found


def _standing() -> Any:
    rows = Commitment.objects.filter(withdrawn_at=None, plan__withdrawn_at=None)
    rows = rows.exclude(plan__status__in=DRAFTS).select_related("plan")
    return rows.order_by("-plan__number", "number")


def _needed() -> list[dict[str, Any]]:
    """Stopped by a change of government, or left by whoever answered for it, and without a pack
    since then.
    """
    packed = {
        one.commitment_id: one.made_at for one in HandoverPack.objects.order_by("made_at", "pk")
    }
    found: dict[tuple[int, str], dict[str, Any]] = {}
    for row, why, since in [*_stopped(), *_left()]:
        if packed.get(row.pk) is None or packed[row.pk] < since:
            line = {"row": row, "why": why, "word": HANDED_OVER[why], "since": since}
            found.setdefault((row.pk, why), line)
    return list(found.values())[:SHOWN]


def _stopped() -> list[tuple[Commitment, str, Any]]:
    reports = MilestoneReport.objects.counting().filter(
        status=MilestoneStatus.STOPPED, cause=Cause.CHANGE_OF_GOVERNMENT
    )
    rows = reports.select_related("milestone__commitment__plan").order_by("-made_at", "-pk")
    return [
        (one.milestone.commitment, HandedOver.GOVERNMENT, one.made_at)
        for one in rows
        if not one.milestone.commitment.withdrawn_at
    ]


def _left() -> list[tuple[Commitment, str, Any]]:
    """The commitments of bodies whose focal point's post ended; the newest end counts."""
    ended = FocalPoint.objects.filter(duty=Duty.FOCAL, until__isnull=False).order_by("until", "pk")
    ends = {one.agency_id: one.until for one in ended}
    leads = Lead.objects.filter(
        agency__in=ends, commitment__withdrawn_at=None, commitment__plan__withdrawn_at=None
    ).exclude(commitment__plan__status__in=DRAFTS)
    return [
        (one.commitment, HandedOver.FOCAL_POINT, ends[one.agency_id])
        for one in leads.select_related("commitment__plan").order_by(
            "commitment__plan", "commitment__number", "pk"
        )
    ]


def _page(request: Any, problem: Refusal | None) -> HttpResponse:
    packs = HandoverPack.objects.select_related("commitment__plan", "document").order_by(
        "-made_at", "-pk"
    )
    shown = {
        "needed": _needed(),
        "commitments": _standing(),
        "reasons": HANDED_OVER.items(),
        "packs": [(one, HANDED_OVER[one.why]) for one in packs[:SHOWN]],
        "values": all_typed(request) if request.method == "POST" else {},
        "problem": problem and sentence(problem),
        "where": where(problem, "commitment"),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_handover.html", shown, status=status)
