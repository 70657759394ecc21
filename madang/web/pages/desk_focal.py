"""Focal points: who answers for each agency, named one by one or from a list."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.drafting.models import Commitment
from madang.drafting.words import TONGUES
from madang.foundation.refusals import NotFound, NotValid, Refusal
from madang.foundation.tables import one_line, rows_of_file, rows_of_text
from madang.members.actions.focal import end_focal_point, name_focal_points
from madang.members.focal import standing_posts
from madang.members.models import Agency, FocalPoint, Forum, normal_email
from madang.members.rules.focal import SHAPE, Duty, Line, Post, read_list
from madang.members.rules.roll import ATTENTION, NEW, REFUSED, SAME
from madang.web.pages.acting import entry_of_form
from madang.web.pages.two_tongues import LINE, all_typed, limited, where
from madang.web.sentences import SENTENCES, sentence
from madang.web.typed import moment_of

MOST_TEXT = 400_000
DUTIES = {
    Duty.FOCAL.value: _("Focal point"),
    Duty.DIRECTOR.value: _("Director, told when it is overdue"),
}
STATES = {
    REFUSED: _("can’t be named"),
    ATTENTION: _("follows another"),
    NEW: _("new"),
    SAME: _("named already"),
}


def focal_points(request: Any) -> HttpResponse:
    """Every agency with who answers for it, and a form that names one more."""
    values, problem = all_typed(request), None
    if request.method == "POST":
        try:
            _act(request, values)
            return HttpResponseRedirect(reverse("desk.focal"))
        except Refusal as refusal:
            problem = refusal
    agencies = Agency.objects.all()
    posts = FocalPoint.objects.filter(until=None).select_related("agency")
    held: dict[int, list[FocalPoint]] = {}
    for post in posts:
        held.setdefault(post.agency_id, []).append(post)
    shown = {
        "bodies": [(one, held.get(one.pk, [])) for one in agencies],
        "missing": sum(one.pk not in held for one in agencies),
        "abouts": _abouts(),
        "duties": DUTIES.items(),
        "languages": [(key, TONGUES.get(key, key)) for key in request.forum.languages],
        "values": values,
        "problem": problem and sentence(problem),
        "where": where(problem, "main"),
    }
    return render(request, "web/desk_focal.html", shown, status=problem.status if problem else 200)


def _act(request: Any, values: dict[str, str]) -> None:
    who = {"by": request.actor, "at": moment_of(request)}
    match values.get("act"):
        case "name":
            post = _post(values, request.forum.languages)
            name_focal_points(Forum.objects.get(pk=1), posts=[post], **who)
        case "end":
            rows = FocalPoint.objects.select_related("agency")
            found = rows.filter(pk=entry_of_form(request)).first()
            if found is None:
                raise NotFound("members.no_focal_point")
            end_focal_point(found, **who)
        case _:
            raise NotValid("web.nothing_chosen")


def _post(values: dict[str, str], languages: list[str]) -> Post:
    """Raises NotValid: web.too_much, members.focal_no_about."""
    about = values.get("about", "")
    if about and about not in {ref for ref, *_rest in _abouts()}:
        raise NotValid("members.focal_no_about", value=about[:40], field="about")
    return Post(
        agency=values.get("agency", ""),
        duty=values.get("duty", Duty.FOCAL),
        about=about,
        name=one_line(limited(values, "name", LINE)),
        email=normal_email(limited(values, "email", LINE)),
        language=values.get("language", languages[0]),
    )


def _abouts() -> list[tuple[str, str, Any]]:
    """The commitments one can be named for: their ref, their number as people say it, their title."""
    rows = Commitment.objects.filter(withdrawn_at=None, plan__withdrawn_at=None)
    rows = rows.select_related("plan").order_by("-plan__number", "number")
    return [(one.ref, f"{one.plan.number}-{one.number}", one.title) for one in rows]


# --- a list ---------------------------------------------------------------------------------------


def focal_list(request: Any) -> HttpResponse:
    """Read a list, show what becomes of each row, and name them once that was seen."""
    text, lines, problem = str(request.POST.get("rows", "")), None, None
    if request.method == "POST":
        try:
            lines, text = _lines(request, text)
            if request.POST.get("step") == "name" and not request.FILES.get("file"):
                return _name(request, lines)
        except Refusal as refusal:
            problem = refusal
    ordered = sorted(lines or [], key=lambda line: list(STATES).index(line.state))
    counts = {state: sum(line.state == state for line in ordered) for state in STATES}
    shown = {
        "checked": lines is not None,
        "totals": [(STATES[state], count) for state, count in counts.items() if count],
        "refused": counts[REFUSED],
        "coming": counts[NEW] + counts[ATTENTION],
        "lines": [_shown(line) for line in ordered],
        "rows": text[:MOST_TEXT],
        "most": SHAPE.bytes // 1024**2,
        "problem": problem and sentence(problem),
        "where": "rows",
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_focal_list.html", shown, status=status)


def _lines(request: Any, text: str) -> tuple[list[Line], str]:
    """What becomes of each row that was sent, and the rows as text to be mended by hand."""
    if upload := request.FILES.get("file"):
        if upload.size > SHAPE.bytes:
            raise NotValid("foundation.file_too_large", most=SHAPE.bytes // 1024**2, field="file")
        rows = rows_of_file(upload.read(), SHAPE)
    elif len(text) > MOST_TEXT:
        raise NotValid("web.too_much", most=MOST_TEXT)
    else:
        rows = rows_of_text(text, SHAPE)
    refs = {ref for ref, *_rest in _abouts()}
    lines = list(read_list(rows, standing_posts(refs, request.forum.languages)))
    return lines, _text_of(lines)


def _text_of(lines: list[Line]) -> str:
    """The rows again, with tabs between: they can be mended by hand and read again."""
    keys = [key for key in SHAPE.headings if any(line.cells.get(key) for line in lines)]
    table = [[SHAPE.headings[key] for key in keys]]
    table += [[line.cells.get(key, "").replace('"', "'") for key in keys] for line in lines]
    return "\n".join("\t".join(row) for row in table)


def _name(request: Any, lines: list[Line]) -> HttpResponse:
    """Raises NotValid: members.rows_refused; what `name_focal_points` raises."""
    refused = [str(line.row) for line in lines if line.state == REFUSED]
    if refused:
        numbers = ", ".join(refused[:10])
        raise NotValid("members.rows_refused", count=len(refused), numbers=numbers)
    posts = [line.post for line in lines if line.post and line.state in (NEW, ATTENTION)]
    if posts:
        forum = Forum.objects.get(pk=1)
        name_focal_points(forum, posts=posts, by=request.actor, at=moment_of(request))
    # Pressed twice, or all of them stand already: there is nothing left to do.
    return HttpResponseRedirect(reverse("desk.focal"))


def _shown(line: Line) -> dict[str, Any]:
    duty = DUTIES[line.post.duty] if line.post else line.cells.get("duty", "")
    return {
        "row": line.row,
        "cells": line.cells,
        "duty": duty,
        "state": STATES[line.state],
        "warned": line.state in (REFUSED, ATTENTION),
        "notes": [str(SENTENCES[code]) % facts for code, facts in line.notes],
    }
