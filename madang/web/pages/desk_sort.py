"""Sorting: one proposal a screen, its nearest neighbours beside it, six choices, one press."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, Subquery, Value, When
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.calls.rules.words import ProposalState
from madang.foundation.answers import said
from madang.foundation.refusals import NotAllowed, NotFound, NotValid, Refusal
from madang.members.models import Person
from madang.taskforces.actions.mark import Given, mark_proposal, settle_proposal, undo_mark
from madang.taskforces.models import Candidate, Group, Mark, Placement
from madang.taskforces.nearest import Near, NearCandidate, nearest, nearest_candidates
from madang.taskforces.pages.data import WAITS
from madang.taskforces.reading import find_group, standing_marks
from madang.taskforces.rules.sorting import BODY_MOST, seen_by, spoken
from madang.taskforces.rules.weighing import STANDING
from madang.taskforces.rules.words import Choice
from madang.taskforces.words import CHOICES, CHOSEN
from madang.web.pages.two_tongues import all_typed
from madang.web.sentences import sentence
from madang.web.typed import moment_of


def sort(request: Any, plan: int, number: int) -> HttpResponse:
    """The next proposal of one's group that waits for one's choice, or the one asked for."""
    group = find_group(plan, number)
    if not (request.actor.name and group.is_worked_on_by(request.actor.name)):
        raise NotAllowed("taskforces.not_your_group")
    if request.method != "POST":
        return _page(request, group, _asked_for(request, group))
    values = all_typed(request)
    placement = _lying(group, values.get("proposal", ""))
    try:
        if placement is None:
            raise NotFound("taskforces.no_such_proposal")
        _act(request, placement, values)
    except Refusal as problem:
        waits = placement is not None and placement.choice is None
        return _page(request, group, placement if waits else None, values, problem)
    here = reverse("desk.sort", args=[plan, number])
    # What was taken back is the next one to look at.
    then = "proposal" if values.get("step") == "undo" else "done"
    return HttpResponseRedirect(f"{here}?{then}={placement.proposal.number}")


def _act(request: Any, placement: Placement, values: dict[str, str]) -> None:
    """Raises NotValid: taskforces.nothing_chosen; and what the acts raise."""
    by, at = request.actor, moment_of(request)
    if values.get("step") == "undo":
        undo_mark(placement, by=by, at=at)
        return
    if values.get("choice") not in set(Choice):
        raise NotValid("taskforces.nothing_chosen", field="choice")
    given = Given(
        choice=Choice(values["choice"]),
        candidate=_number(values.get("candidate", "")),
        group=_number(values.get("group", "")),
        body=" ".join(values.get("body", "").split()),
    )
    act = settle_proposal if values.get("step") == "settle" else mark_proposal
    act(placement, given=given, by=by, at=at)


def _number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else None


# --- which one -----------------------------------------------------------------------------------


def _rows(group: Group) -> Any:
    return Placement.objects.select_related(
        "proposal__plan", "proposal__area", "group__plan", "candidate__plan"
    ).filter(group__plan=group.plan_id, proposal__state=ProposalState.PUBLIC)


def _lying(group: Group, number: str) -> Placement | None:
    """The proposal of a number: one that lies with the group, or that was sent on from it."""
    found = _number(number)
    row: Placement | None = _rows(group).filter(proposal__number=found).first() if found else None
    return row


def _asked_for(request: Any, group: Group) -> Placement | None:
    row = _lying(group, request.GET.get("proposal", ""))
    return row if row and row.group_id == group.pk and row.choice is None else None


def _next(request: Any, group: Group) -> Placement | None:
    """What waits for this member's choice, by number; what was put off comes last."""
    mine = Mark.objects.filter(
        proposal=OuterRef("proposal"), undone_at=None, person__slug=request.actor.name
    )
    rows = _rows(group).filter(group=group, choice=None, together=False)
    rows = rows.annotate(said=Subquery(mine.values("choice")[:1]))
    rows = rows.filter(Q(said=None) | Q(said=Choice.LATER))
    put_off = Case(When(said=Choice.LATER, then=Value(1)), default=Value(0))
    row: Placement | None = rows.order_by(put_off, "proposal__number").first()
    return row


# --- the page ------------------------------------------------------------------------------------


def _page(
    request: Any,
    group: Group,
    placement: Placement | None,
    values: dict[str, str] | None = None,
    problem: Refusal | None = None,
) -> HttpResponse:
    placement = placement or _next(request, group)
    near = nearest(placement.proposal) if placement else []
    standing = Candidate.objects.filter(plan=group.plan_id, status__in=STANDING)
    close = nearest_candidates(placement.proposal, standing) if placement else []
    offered = _candidates(group, standing, near, close)
    typed = values or {}
    shown = {
        "plan": group.plan,
        "group": group,
        "placement": placement,
        "proposal": placement.proposal if placement else None,
        "near": [{"row": one, "lies": lies(one, group)} for one in near],
        "near_candidates": close,
        "candidates": offered,
        "chosen": typed.get("candidate") or (str(offered[0].number) if offered else ""),
        "groups": Group.objects.filter(plan=group.plan_id).exclude(pk=group.pk),
        "group_chosen": typed.get("group", ""),
        "body": typed.get("body", ""),
        "body_most": BODY_MOST,
        "choices": [
            (str(n), choice.value, CHOICES[choice])
            for n, choice in enumerate(Choice, 1)
            if choice is not Choice.LATER or not (placement and placement.together)
        ],
        "done": _done(request, group),
        "counts": _counts(group),
        "apart": _apart(group),
        "together": bool(placement and placement.together),
        "said": _said(placement, request.actor.name) if placement else [],
        "problem": problem and sentence(problem),
        "where": str(problem.facts.get("field") or "choices") if problem else "",
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_sort.html", shown, status=status)


def _candidates(
    group: Group, standing: Iterable[Candidate], near: list[Near], close: list[NearCandidate]
) -> list[Candidate]:
    """The candidates one can join it to: those of its neighbours first, then those whose own words
    are near, then the group's own.
    """
    first = [one.placement.candidate_id for one in near if one.placement]
    first += [one.candidate.pk for one in close]
    order = {pk: n for n, pk in reversed(list(enumerate(first)))}
    return sorted(
        standing,
        key=lambda one: (order.get(one.pk, len(first)), one.group_id != group.pk, one.number),
    )


def lies(one: Near, group: Group) -> str:
    """Where a proposal lies, for someone of a group."""
    row = one.placement
    if row is None:
        return _("in no group yet")
    if row.candidate:
        return _("in candidate %(number)s") % {"number": row.candidate.number}
    where = str(CHOSEN[row.choice]) if row.choice else _("waits")
    if row.group_id == group.pk:
        return where
    return f"{said(row.group.name)}: {where}"


def _counts(group: Group) -> dict[str, int]:
    rows = Placement.objects.filter(WAITS | ~Q(choice=None), group=group)
    return rows.aggregate(all=Count("pk"), done=Count("pk", filter=~Q(choice=None)))


def _apart(group: Group) -> list[Placement]:
    return list(_rows(group).filter(group=group, together=True).order_by("proposal__number"))


def _said(placement: Placement, person: str) -> list[dict[str, Any]]:
    """Who chose what, as far as this member may see it."""
    seen = spoken(seen_by(standing_marks(placement), person))
    names = Person.objects.in_bulk([mark.person for mark in seen], field_name="slug")
    return [{"name": names[mark.person].name, "choice": CHOSEN[mark.choice]} for mark in seen]


def _done(request: Any, group: Group) -> dict[str, Any] | None:
    """What one did on the screen before, with the way back."""
    row = _lying(group, request.GET.get("done", ""))
    if row is None:
        return None
    marks = Mark.objects.filter(proposal=row.proposal_id, undone_at=None, group=group)
    mark = marks.filter(person__slug=request.actor.name).select_related("candidate").first()
    if mark is None:
        return None
    return {
        "row": row,
        "words": CHOSEN[mark.choice],
        "candidate": mark.candidate,
        "second": mark.choice == Choice.NOT_IN_PLAN and row.choice is None and not row.together,
        "apart": row.together,
    }
