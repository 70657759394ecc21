"""A candidate on the desk of its group: written, weighed, merged, split, led to a commitment."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from madang.calls.models import Call
from madang.calls.rules.proposing import whole_text
from madang.drafting.actions.tie import tie_commitment, untie_commitment
from madang.drafting.models import Commitment, GrownFrom
from madang.foundation.actors import Role
from madang.foundation.refusals import NotAllowed, NotValid, Refusal
from madang.foundation.texts import Text
from madang.taskforces.actions.candidates import (
    merge_candidates,
    set_candidate_aside,
    split_candidate,
    write_candidate,
)
from madang.taskforces.actions.weigh import argue, score_candidate
from madang.taskforces.models import Candidate, Placement, Score
from madang.taskforces.pages.data import SHOWN, lying
from madang.taskforces.reading import find_candidate
from madang.taskforces.rules.weighing import MOST_POINTS, STANDING, CandidateText
from madang.taskforces.rules.words import Grade, Side
from madang.taskforces.words import GRADES, SIDES, STATUS
from madang.web.pages.desk_groups import numbers_in
from madang.web.pages.two_tongues import Values, all_typed, field, put, text_of, where
from madang.web.sentences import sentence
from madang.web.typed import moment_of


def candidate(request: Any, plan: int, number: int) -> HttpResponse:
    """Everything one may do with a candidate, each a form of its own."""
    found = find_candidate(plan, number)
    office = request.actor.has(Role.SECRETARIAT)
    works = bool(request.actor.name) and found.is_worked_on_by(request.actor.name)
    if not (office or works):
        raise NotAllowed("taskforces.not_your_group")
    if request.method != "POST":
        return _page(request, found, _kept(found, request), works=works)
    values = all_typed(request)
    try:
        _act(request, found, values)
    except Refusal as problem:
        typed = {**_kept(found, request), **values}
        return _page(request, found, typed, works=works, problem=problem)
    return HttpResponseRedirect(reverse("desk.candidate", args=[plan, number]))


def _act(request: Any, found: Candidate, values: Values) -> None:
    """Raises NotValid: web.nothing_chosen, web.too_much; and what the acts raise."""
    who: dict[str, Any] = {"by": request.actor, "at": moment_of(request)}
    languages = list(request.forum.languages)
    match values.get("step"):
        case "write":
            write_candidate(found, text=_text(values, languages), **who)
        case "merge":
            merge_candidates(found, others=_numbers(request, "others"), **who)
        case "split":
            title = text_of(values, "part", languages)
            moved = [*_numbers(request, "moved"), *numbers_in(values.get("numbers", ""))]
            split_candidate(found, title=title, moved=moved, **who)
        case "aside":
            set_candidate_aside(found, **who)
        case "score":
            _score(found, values, who)
        case "argue":
            side = values.get("side", "")
            if side not in set(Side):
                raise NotValid("web.nothing_chosen", field="text")
            words = whole_text(values.get("text", ""))
            argue(found, side=Side(side), text=words, language=get_language() or "ko", **who)
        case "tie":
            tie_commitment(
                found.plan,
                number=_number(values.get("commitment", "")),
                candidate=found.number,
                milestone=values.get("milestone", "") or None,
                **who,
            )
        case "untie":
            number = _number(values.get("commitment", ""))
            untie_commitment(found.plan, number=number, candidate=found.number, **who)
        case _:
            raise NotValid("web.nothing_chosen")


def _score(found: Candidate, values: Values, who: dict[str, Any]) -> None:
    """One criterion a press: the one whose button it was."""
    points = values.get("points", "")
    if not (points.isascii() and points.isdigit() and len(points) < 3):
        raise NotValid("taskforces.no_points", most=MOST_POINTS, field="points")
    score_candidate(found, criterion=values.get("criterion", ""), points=int(points), **who)


def _text(values: Values, languages: list[str]) -> CandidateText:
    grade = values.get("grade", "")
    return CandidateText(
        title=text_of(values, "title", languages),
        problem=text_of(values, "problem", languages) or None,
        promise=text_of(values, "promise", languages) or None,
        grade=Grade(grade) if grade in set(Grade) else None,
    )


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0


def _numbers(request: Any, name: str) -> list[int]:
    return [_number(value) for value in request.POST.getlist(name)[:1000]]


def _kept(found: Candidate, request: Any) -> Values:
    values: Values = {"grade": found.grade or ""}
    for name in ("title", "problem", "promise"):
        text = getattr(found, name)
        put(values, name, text.words if text else None, request.forum.languages)
    return values


def _page(
    request: Any, found: Candidate, values: Values, *, works: bool, problem: Refusal | None = None
) -> HttpResponse:
    languages = list(request.forum.languages)

    def one(name: str, label: Any, rows: int = 0) -> Any:
        return field(name, label, values, languages, rows=rows, problem=problem)

    call = Call.objects.filter(plan=found.plan).first()
    mine = dict(
        Score.objects.filter(candidate=found, person__slug=request.actor.name or "").values_list(
            "criterion", "points"
        )
    )
    others = Candidate.objects.filter(plan=found.plan, status__in=STANDING).exclude(pk=found.pk)
    shown = {
        "plan": found.plan,
        "row": found,
        "status": STATUS[found.status],
        "stands": found.status in STANDING,
        "works": works,
        "office": request.actor.has(Role.SECRETARIAT),
        "title_field": one("title", _("Title")),
        "fields": [one("problem", _("Problem"), 4), one("promise", _("Draft promise"), 4)],
        "part": one("part", _("Title of the part")),
        "grade": values.get("grade", ""),
        "grades": [(key.value, GRADES[key]) for key in Grade],
        "criteria": [
            {"key": p["key"], "text": Text.of(p["text"]), "points": mine.get(p["key"])}
            for p in (call.criteria if call else [])
        ],
        "points": range(MOST_POINTS + 1),
        "sides": SIDES.items(),
        "text": values.get("text", ""),
        "others": others.order_by("number"),
        "inside": [one.proposal for one in lying(candidate=found)[:SHOWN]],
        "more": max(0, Placement.objects.filter(candidate=found).count() - SHOWN),
        "numbers": values.get("numbers", ""),
        "commitments": Commitment.objects.filter(plan=found.plan, withdrawn_at=None),
        "milestone": values.get("milestone", ""),
        "threads": GrownFrom.objects.filter(candidate=found, ended_at=None).select_related(
            "commitment", "milestone"
        ),
        "problem": problem and sentence(problem),
        "where": where(problem, "write"),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_candidate.html", shown, status=status)
