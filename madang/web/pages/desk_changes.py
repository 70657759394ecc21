"""Changing an adopted plan: the secretariat asks, both co-chairs turn their keys or refuse."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from madang.ballots.keys import standing_keys
from madang.ballots.models import Ballot
from madang.ballots.rules.words import BallotStatus, Outcome
from madang.drafting.models import Commitment
from madang.drafting.rules.wording import fingerprint
from madang.drafting.versions import as_it_reads
from madang.drafting.wordings import parts_of
from madang.foundation.actors import Role
from madang.foundation.refusals import NotFound, NotValid, Refusal
from madang.foundation.texts import Text
from madang.meetings.actions.agenda import put_on_agenda
from madang.meetings.models import Meeting, Way
from madang.meetings.reading import to_come, where_it_stands
from madang.planning.models import Plan
from madang.plans.actions.amend import (
    decide_change,
    drop_change,
    request_change,
    turn_change_key,
)
from madang.plans.actions.key_change_document import enter_change_key, waiting_change_keys
from madang.plans.changing import approved_by_forum, change_digest, find_change, live_ballot
from madang.plans.models import ChangeRequest
from madang.plans.pages.change_data import difference
from madang.plans.pages.words import CHANGE_KINDS, CHANGE_STATES
from madang.plans.reading import is_published
from madang.plans.rules.amending import ChangeState
from madang.web.pages.acting import act_and_show
from madang.web.pages.ballot_text import key_places
from madang.web.pages.commitment_values import draft_of, squeezed, values_of
from madang.web.pages.desk_commitments import form_of
from madang.web.pages.desk_plans import find_plan
from madang.web.pages.two_tongues import Values, all_typed, field, limited, text_of, where
from madang.web.sentences import sentence
from madang.web.tasks import side_of
from madang.web.typed import moment_of, typed

MOST_MEETINGS = 20
"""How many meetings one can choose from; a change is decided at one of the last."""


def changes(request: Any, number: int) -> HttpResponse:
    """The commitments of an adopted plan, each with the way to ask for a change, and what waits."""
    plan = find_plan(number)
    rows = Commitment.objects.filter(plan=plan, withdrawn_at=None)
    shown = {
        "plan": plan,
        "published": is_published(plan),
        "commitments": rows,
        "may_ask": request_change.open_to(request.actor, plan),
        "changes": [
            (change, CHANGE_STATES[change.state])
            for change in ChangeRequest.objects.filter(plan=plan).select_related("commitment")
        ],
    }
    return render(request, "web/desk_changes.html", shown)


# --- asking --------------------------------------------------------------------------------------


def new(request: Any, number: int, commitment: int) -> HttpResponse:
    """The commitment as it stands, to be written as it should read, with the reason."""
    plan = find_plan(number)
    row = Commitment.objects.filter(plan=plan, number=commitment, withdrawn_at=None).first()
    if row is None:
        nearest = [reverse("desk.changes", args=[number])]
        raise NotFound("drafting.no_commitment", plan=number, number=commitment, nearest=nearest)
    if request.method != "POST":
        base = fingerprint(as_it_reads(row))
        return _form(
            request, plan, row, {**values_of(parts_of(row), request.forum.languages), "base": base}
        )
    values = squeezed(all_typed(request))
    if "more" in values:
        return _form(request, plan, row, values, more=2)
    try:
        return _ask(request, plan, row, values)
    except Refusal as problem:
        return _form(request, plan, row, values, problem=problem)


def _ask(request: Any, plan: Plan, row: Commitment, values: Values) -> HttpResponse:
    languages = request.forum.languages
    asked = request_change(
        plan,
        commitment=row.number,
        draft=draft_of(values, languages),
        base=values.get("base"),
        kind=limited(values, "kind", 20),
        reason=text_of(values, "reason", languages, most=10_000),
        decided_by=limited(values, "decided_by", 80),
        by=request.actor,
        at=moment_of(request),
    )
    return HttpResponseRedirect(reverse("desk.change", args=[plan.number, asked.number]))


def _form(
    request: Any,
    plan: Plan,
    row: Commitment,
    values: Values,
    *,
    more: int = 0,
    problem: Refusal | None = None,
) -> HttpResponse:
    today = timezone.localdate(moment_of(request)).isoformat()
    shown = {
        **form_of(request, plan, values, more=more, problem=problem),
        "row": row,
        "published": is_published(plan),
        "kinds": CHANGE_KINDS,
        "decisions": _decisions(today, since=today),
        "reason": field(
            "reason",
            _("Why it is to change"),
            values,
            request.forum.languages,
            rows=4,
            hint=_("Everyone reads it, for good."),
            problem=problem,
        ),
        "where": where(problem, "title"),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_change_new.html", shown, status=status)


def _decisions(today: str, *, since: str) -> list[tuple[str, Text]]:
    """What a change asked for on a day can name: the sittings since, and approved ballots."""
    approved = Ballot.objects.filter(status=BallotStatus.CLOSED, outcome=Outcome.APPROVED)
    rows = approved.select_related("meeting").order_by("-meeting__starts", "-pk")
    return [
        *((one.ref, one.title) for one in _sittings(since, today)),
        *((one.ref, one.meeting.title) for one in rows[:MOST_MEETINGS]),
    ]


def _sittings(first: str, last: str) -> list[Meeting]:
    rows = Meeting.objects.filter(way=Way.SITTING, ends__gte=first, starts__lte=last)
    return list(rows.order_by("-starts", "-number")[:MOST_MEETINGS])


# --- one change ----------------------------------------------------------------------------------


def change(request: Any, number: int, change: int) -> HttpResponse:
    """What would read otherwise; a co-chair's key approves it, and whoever drops it says why."""
    plan = find_plan(number)
    return act_and_show(
        request,
        lambda: _act(request, find_change(plan, change)),
        lambda problem: _page(request, find_change(plan, change), problem),
    )


def _act(request: Any, found: ChangeRequest) -> None:
    at = moment_of(request)
    match request.POST.get("act"):
        case "turn":
            digest = typed(request, "digest", most=64)
            turn_change_key(found, digest=digest, by=request.actor, at=at)
        case "decide":
            ref = typed(request, "decided_by", most=80)
            decide_change(found, decided_by=ref, by=request.actor, at=at)
        case "take":
            rows = Meeting.objects.filter(address=typed(request, "meeting", most=80))
            meeting = rows.first()
            if meeting is None:
                raise NotValid("meetings.choose", field="meeting")
            title = found.commitment.title
            put_on_agenda(meeting, title=title, item=found.ref, by=request.actor, at=at)
        case "drop":
            reason = text_of(all_typed(request), "reason", request.forum.languages, most=10_000)
            drop_change(found, reason=reason, by=request.actor, at=at)
        case _:
            raise NotValid("web.nothing_chosen")


def _page(request: Any, found: ChangeRequest, problem: Refusal | None) -> HttpResponse:
    keys, digest = standing_keys(found.ref), change_digest(found)
    side = side_of(request.actor, moment_of(request))
    turned = side in {key.side for key in keys}
    waits = found.state == ChangeState.WAITING
    on_ballot = live_ballot(found) if waits else None
    may_turn = waits and not on_ballot and turn_change_key.open_to(request.actor, found)
    values = all_typed(request) if request.method == "POST" else {}
    languages = request.forum.languages
    today = timezone.localdate(moment_of(request)).isoformat()
    undecided = waits and not found.decided_by and not on_ballot
    may_name = undecided and decide_change.open_to(request.actor, found)
    shown = {
        "sittings": _sittings(timezone.localdate(found.asked_at).isoformat(), today)
        if may_name
        else [],
        "to_come": to_come(today) if may_name else [],
        "stands": where_it_stands([found.ref]).get(found.ref),
        "may_name": may_name,
        "plan": found.plan,
        "change": found,
        "kind": CHANGE_KINDS[found.kind],
        "state": CHANGE_STATES[found.state],
        "difference": difference(found),
        "digest": digest,
        "places": key_places(keys),
        "turned": turned,
        "mine": may_turn and bool(side) and not turned,
        "second": len(keys) == 1,
        "waits": waits,
        "on_ballot": on_ballot,
        "may_ask": waits and not found.decided_by and request.actor.has(Role.SECRETARIAT),
        "may_enter": waits and enter_change_key.open_to(request.actor, found),
        "pending": len(waiting_change_keys(found)) if waits else 0,
        "co_chair": bool(side),
        "may_drop": waits and not on_ballot and (bool(side) or not approved_by_forum(found)),
        "reason": field("reason", _("Why"), values, languages, rows=3, problem=problem),
        "problem": problem and sentence(problem),
        "where": where(problem, "turn"),
    }
    return render(request, "web/desk_change.html", shown, status=problem.status if problem else 200)
