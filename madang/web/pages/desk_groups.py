"""The secretariat's groups: formed, staffed, and given proposals to sort."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.calls.models import Proposal
from madang.calls.rules.words import ProposalState
from madang.foundation.refusals import NotValid, Refusal
from madang.members.models import Person
from madang.planning.models import Plan
from madang.taskforces.actions.groups import form_group, join_group, leave_group, place_proposals
from madang.taskforces.models import Group
from madang.taskforces.pages.data import with_counts
from madang.taskforces.reading import find_group
from madang.web.pages.desk_plans import find_plan
from madang.web.pages.two_tongues import LINE, Values, all_typed, field, text_of, where
from madang.web.sentences import sentence
from madang.web.typed import moment_of

MOST_NUMBERS = 500


def groups(request: Any, number: int) -> HttpResponse:
    """A plan's groups on one page: each with its members and queue, and a form for a new one."""
    plan = find_plan(number)
    if request.method != "POST":
        return _page(request, plan, {})
    values = all_typed(request)
    try:
        _act(request, plan, values)
    except Refusal as problem:
        return _page(request, plan, values, problem)
    return HttpResponseRedirect(reverse("desk.groups", args=[number]))


def _act(request: Any, plan: Plan, values: Values) -> None:
    """Raises NotValid: web.nothing_chosen; and what the acts raise."""
    by, at, languages = request.actor, moment_of(request), list(request.forum.languages)
    step = values.get("step", "")
    if step == "form":
        name = text_of(values, "name", languages, most=LINE)
        scope = text_of(values, "scope", languages, most=LINE)
        form_group(plan, name=name, scope=scope or None, by=by, at=at)
        return
    place = values.get("group", "")
    if step not in ("join", "leave", "place") or not (place.isascii() and place.isdigit()):
        raise NotValid("web.nothing_chosen")
    group = find_group(plan.number, int(place[:6]))
    if step == "join":
        join_group(group, person=values.get("person", ""), by=by, at=at)
    elif step == "leave":
        leave_group(group, person=values.get("person", ""), by=by, at=at)
    else:
        area = values.get("area", "")
        place_proposals(
            group,
            numbers=numbers_in(values.get("numbers", "")),
            area=int(area) - 1 if area.isascii() and area.isdigit() and len(area) < 4 else None,
            by=by,
            at=at,
        )


def numbers_in(typed: str) -> list[int]:
    """The numbers of a list as people write it: `412, 5-0413 414`.

    Raises NotValid: taskforces.not_a_number.
    """
    found = []
    for word in typed.replace(",", " ").split()[:MOST_NUMBERS]:
        digits = word.rpartition("-")[2]
        if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
            raise NotValid("taskforces.not_a_number", field="numbers")
        found.append(int(digits))
    return found


def _page(request: Any, plan: Plan, values: Values, problem: Refusal | None = None) -> HttpResponse:
    languages = list(request.forum.languages)
    rows = with_counts(Group.objects.filter(plan=plan)).prefetch_related("members__person")
    unplaced = Proposal.objects.filter(plan=plan, placement=None, state=ProposalState.PUBLIC)
    wrong = str(problem.facts.get("field", "")) if problem else ""
    shown = {
        "plan": plan,
        "groups": [
            {
                "row": row,
                "workers": [one.person for one in row.members.all() if one.left_at is None],
                "open": bool(problem) and values.get("group") == str(row.number),
            }
            for row in rows
        ],
        "people": Person.objects.order_by("slug"),
        "areas": plan.areas.all(),
        "unplaced": unplaced.count(),
        "values": values,
        "name": field("name", _("Name of the group"), values, languages, problem=problem),
        "scope": field("scope", _("Scope"), values, languages, problem=problem),
        "problem": problem and sentence(problem),
        "where": where(problem, "name") if wrong in ("name", "scope") else "groups",
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_groups.html", shown, status=status)
