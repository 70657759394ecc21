"""Self-assessments on the desk: begin one, write in it beside its facts, put it out, publish it."""

import re
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from madang.drafting.models import Commitment
from madang.foundation.answers import said
from madang.foundation.refusals import NotValid, Refusal
from madang.foundation.texts import Text
from madang.monitoring.actions.assess import (
    begin_assessment,
    publish_assessment,
    put_assessment_out,
    words_of,
    write_assessment,
)
from madang.monitoring.assessing import facts_kept, facts_of, find_assessment, words_digest
from madang.monitoring.models import Assessment
from madang.monitoring.pages.assessments import report_for_page
from madang.monitoring.rules.assessing import AssessmentState, read_until
from madang.monitoring.words import ASSESSMENT_KINDS, ASSESSMENT_STATES
from madang.plans.reading import is_published
from madang.web.pages.desk_plans import find_plan
from madang.web.pages.two_tongues import Values, all_typed, field, put, text_of, where
from madang.web.sentences import sentence
from madang.web.typed import moment_of, typed

TEXTS = {
    "summary": _("Summary"),
    "consulted": _("Who was consulted while it was carried out"),
    "lessons": _("Lessons"),
}
MOST = 20_000
"""Characters of a text that are still shown again with the sentence that it is too long."""


def assessments(request: Any, number: int) -> HttpResponse:
    """The plan's reports, and the buttons that begin one of each kind."""
    plan, problem = find_plan(number), None
    if request.method == "POST":
        try:
            begun = begin_assessment(
                plan, kind=typed(request, "kind", 20), by=request.actor, at=moment_of(request)
            )
            return HttpResponseRedirect(reverse("desk.assessment", args=[number, begun.number]))
        except Refusal as refusal:
            problem = refusal
    shown = {
        "plan": plan,
        "published": is_published(plan),
        "kinds": ASSESSMENT_KINDS,
        "rows": [
            (row, ASSESSMENT_KINDS[row.kind], ASSESSMENT_STATES[row.state])
            for row in Assessment.objects.filter(plan=plan)
        ],
        "problem": problem and sentence(problem),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_assessments.html", shown, status=status)


def assessment(request: Any, number: int, assessment: int) -> HttpResponse:
    """A report: its words to write, its facts as they stand, and what comes next."""
    found = find_assessment(number, assessment)
    if request.method != "POST":
        return _page(request, found, _values(request, found))
    values = all_typed(request)
    try:
        _act(request, found, values)
    except Refusal as problem:
        return _page(request, found, values, problem)
    return HttpResponseRedirect(request.path)


def _act(request: Any, found: Assessment, values: Values) -> None:
    given = {"by": request.actor, "at": moment_of(request)}
    match request.POST.get("act"):
        case "save":
            _save(request, found, values)
        case "put_out":
            put_assessment_out(found, **given)
        case "publish":
            publish_assessment(found, **given)
        case _:
            raise NotValid("web.nothing_chosen")


def _save(request: Any, found: Assessment, values: Values) -> None:
    languages = request.forum.languages

    def text(name: str) -> Text:
        return text_of(values, name, languages, most=MOST)

    numbers = {int(one[1]) for key in values if (one := re.match(r"note-([0-9]{1,4})-", key))}
    write_assessment(
        found,
        summary=text("summary"),
        consulted=text("consulted"),
        lessons=text("lessons"),
        notes={number: text(f"note-{number}") for number in numbers},
        base=values.get("base", ""),
        by=request.actor,
        at=moment_of(request),
    )


def _values(request: Any, found: Assessment) -> Values:
    values: Values = {"base": words_digest(found)}
    for name, words in words_of(found).items():
        put(values, name, words.kept() if words else None, request.forum.languages)
    return values


def _page(
    request: Any, found: Assessment, values: Values, problem: Refusal | None = None
) -> HttpResponse:
    today, languages = timezone.localdate(request.at), request.forum.languages
    draft = found.state == AssessmentState.DRAFT
    facts = (
        facts_of(found.plan, str(found.starts), str(found.ends), today)
        if draft
        else facts_kept(found)
    )

    def asked(name: str, label: Any) -> Any:
        return field(name, label, values, languages, rows=4, problem=problem)

    rows = Commitment.objects.filter(plan=found.plan, withdrawn_at=None)
    shown = {
        "plan": found.plan,
        "row": found,
        "kind": ASSESSMENT_KINDS[found.kind],
        "state": ASSESSMENT_STATES[found.state],
        "draft": draft,
        "put_out": found.state == AssessmentState.PUT_OUT,
        "still_read": bool(found.read_until) and today.isoformat() <= str(found.read_until),
        "until": read_until(today).isoformat(),
        # A form that clashed stands on the newer text from now on, so that it can be saved.
        "base": words_digest(found) if problem else values.get("base", ""),
        "fields": [asked(name, label) for name, label in TEXTS.items()],
        "notes": [asked(f"note-{row.number}", f"{row.number}. {said(row.title)}") for row in rows],
        "report": report_for_page(facts, found.notes),
        "summary": found.summary,
        "consulted": found.consulted,
        "lessons": found.lessons,
        "problem": problem and sentence(problem),
        "field": where(problem, "summary"),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_assessment.html", shown, status=status)
