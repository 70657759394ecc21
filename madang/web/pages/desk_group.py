"""A group at its desk: what waits, its drafts, its meetings, its homework, a new draft."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from madang.drafting.actions.grow import grow_draft
from madang.drafting.models import Commitment
from madang.foundation.actors import Role
from madang.foundation.refusals import NotAllowed, NotFound, NotValid, Refusal
from madang.foundation.tables import one_line
from madang.planning.rules.permissions import sees_drafts
from madang.taskforces.actions.work import (
    call_group_meeting,
    finish_homework,
    give_homework,
    note_group_meeting,
)
from madang.taskforces.models import Candidate, Group
from madang.taskforces.nearest import copies, topics_of
from madang.taskforces.pages.data import find_row
from madang.taskforces.reading import find_candidate, find_group
from madang.taskforces.rules.words import CandidateStatus
from madang.taskforces.rules.working import WORDS_MOST, due_by, is_late
from madang.web.pages.desk_plans import closed_to_writing
from madang.web.pages.desk_sort import lies
from madang.web.pages.two_tongues import LINE, Values, all_typed, field, limited, text_of, where
from madang.web.sentences import sentence
from madang.web.typed import moment_of


def group(request: Any, plan: int, number: int) -> HttpResponse:
    """What a group has to do, and the forms for doing it."""
    found = find_group(plan, number)
    works = bool(request.actor.name) and found.is_worked_on_by(request.actor.name)
    if not (request.actor.has(Role.SECRETARIAT) or works):
        raise NotAllowed("taskforces.not_your_group")
    if request.method != "POST":
        return _page(request, found, {}, works=works)
    values = all_typed(request)
    try:
        address = _act(request, found, values)
    except Refusal as problem:
        return _page(request, found, values, works=works, problem=problem)
    return HttpResponseRedirect(address)


def _act(request: Any, found: Group, values: Values) -> str:
    """Where it goes on. Raises NotValid: web.nothing_chosen; and what the acts raise."""
    who: dict[str, Any] = {"by": request.actor, "at": moment_of(request)}

    def text(name: str) -> Any:
        return text_of(values, name, request.forum.languages, most=WORDS_MOST)

    match values.get("step"):
        case "meeting":
            place, day = one_line(limited(values, "place", LINE)), limited(values, "held_on", LINE)
            call_group_meeting(found, held_on=day, agenda=text("agenda"), place=place, **who)
        case "note":
            note_group_meeting(_row(found.meetings, values), notes=text("notes"), **who)
        case "homework":
            give_homework(found, task=text("task"), due=limited(values, "due", LINE), **who)
        case "done":
            finish_homework(_row(found.homework, values), **who)
        case "grow":
            chosen = [_number(one) for one in request.POST.getlist("candidate")[:100]]
            if not chosen:
                raise NotValid("web.nothing_chosen", field="grow")
            first = find_candidate(found.plan.number, chosen[0])
            made = grow_draft(first, others=chosen[1:], **who)
            return reverse("desk.draft", args=[found.plan.number, made.number])
        case _:
            raise NotValid("web.nothing_chosen")
    return reverse("desk.group", args=[found.plan.number, found.number])


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0


def _row(rows: Any, values: Values) -> Any:
    """Raises NotFound: taskforces.no_such_row."""
    found = rows.filter(number=_number(values.get("row", ""))).first()
    if found is None:
        raise NotFound("taskforces.no_such_row")
    return found


def _page(
    request: Any, found: Group, values: Values, *, works: bool, problem: Refusal | None = None
) -> HttpResponse:
    languages, today = list(request.forum.languages), timezone.localdate(request.at)

    def one(name: str, label: Any, rows: int = 3) -> Any:
        return field(name, label, values, languages, rows=rows, problem=problem)

    drafts = Commitment.objects.filter(group=found, withdrawn_at=None)
    row = find_row(found.plan, found.number)
    shown = {
        "plan": found.plan,
        "group": found,
        "row": row,
        "works": works,
        "copies": [[(near, lies(near, found)) for near in one] for one in copies(found)],
        "topics": topics_of(found),
        "reads": sees_drafts(request.actor),
        "drafts": drafts.annotate(open=Count("suggestions", filter=Q(suggestions__fate=None))),
        "homework": [
            {**task, "late": is_late(task["due"], done=False, today=today.isoformat())}
            for task in row.homework_rows
            if task["done_at"] is None
        ],
        "done": [task for task in row.homework_rows if task["done_at"] is not None],
        "candidates": Candidate.objects.filter(group=found, status=CandidateStatus.OPEN),
        "closed": closed_to_writing(request, found.plan),
        "usual": due_by(today),
        "agenda": one("agenda", _("What is on it")),
        "notes": one("notes", _("What came of it")),
        "task": one("task", _("What is to be done")),
        "values": values,
        "problem": problem and sentence(problem),
        "where": where(problem, "work"),
        "wrong": problem.facts.get("field") if problem else "",
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_group.html", shown, status=status)
