"""Writing a commitment: OGP's form in the forum's languages, and what happens when two write."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.drafting.actions.withdraw import withdraw_commitment
from madang.drafting.actions.write import write_commitment, write_draft
from madang.drafting.models import Commitment
from madang.drafting.rules.diff import compare
from madang.drafting.rules.draft import MOST_MILESTONES, OLDER
from madang.drafting.rules.wording import fingerprint
from madang.drafting.versions import as_it_reads, read_version
from madang.drafting.wordings import parts_of
from madang.drafting.words import PARTS, words_of
from madang.foundation.pasted import tidied
from madang.foundation.refusals import NotAllowed, NotFound, Refusal
from madang.members.models import Agency
from madang.planning.models import Plan
from madang.web.pages.causes import causes_of, check_listed, chosen_in
from madang.web.pages.commitment_values import (
    draft_of,
    merged,
    pieces_of,
    places_in,
    squeezed,
    values_of,
)
from madang.web.pages.desk_draft import find_draft
from madang.web.pages.desk_plans import closed_to_writing, find_plan
from madang.web.pages.two_tongues import Values, all_typed, field, text_of, where
from madang.web.sentences import sentence
from madang.web.typed import moment_of

FEWEST_ROWS = 2
"""How many milestone rows an empty form has."""
PROBLEM = ("problem", "causes")
DESCRIPTION = ("done_so_far", "solution", "results")
ANALYSIS = ("transparency", "accountability", "participation")
SUPPORT = ("with_government", "with_civil_society", "with_others")


def new(request: Any, number: int) -> HttpResponse:
    """A commitment that is not there yet; it gets the plan's next number when it is saved."""
    plan = find_plan(number)
    if request.method != "POST":
        return _page(request, plan, None, {})
    return _save(request, plan, None)


def change(request: Any, plan: int, number: int) -> HttpResponse:
    """The text of a draft as it stands, to be written on by those who lead its writing."""
    row = find_draft(plan, number)
    if not write_draft.open_to(request.actor, row):
        raise NotAllowed("drafting.not_yours")
    if request.method != "POST":
        return _page(request, row.plan, row, _values(request, row))
    return _save(request, row.plan, row)


def _find(plan: Plan, number: int) -> Commitment:
    row = Commitment.objects.filter(plan=plan, number=number, withdrawn_at=None).first()
    if row is None:
        nearest = [reverse("desk.plan", args=[plan.number])]
        raise NotFound("drafting.no_commitment", plan=plan.number, number=number, nearest=nearest)
    return row


def _values(request: Any, row: Commitment) -> Values:
    """The form's fields with the text as it stands, and the mark of that text."""
    values = values_of(parts_of(row), request.forum.languages)
    version = row.versions.values_list("number", flat=True).first() or 0
    return {**values, "base": f"{version}:{fingerprint(as_it_reads(row))}"}


def _save(request: Any, plan: Plan, row: Commitment | None) -> HttpResponse:
    values = squeezed(all_typed(request))
    if "more" in values:
        return _page(request, plan, row, values, more=2)
    who: dict[str, Any] = {"by": request.actor, "at": moment_of(request)}
    try:
        draft = draft_of(values, request.forum.languages)
        base = values.get("base", "").rpartition(":")[2]
        if row:
            because = chosen_in(values)
            check_listed(row, because)
            write_draft(row, draft=draft, base=base, because=because, **who)
            number = row.number
        else:
            number = write_commitment(plan, number=None, draft=draft, base=None, **who).number
    except Refusal as problem:
        return _refused(request, plan, row, _turned(values, problem), problem)
    address = reverse("desk.draft", args=[plan.number, number])
    left = sorted({what.value for value in values.values() for what in tidied(value).left})
    return HttpResponseRedirect(f"{address}?left={'.'.join(left)}" if left else address)


def _turned(values: Values, problem: Refusal) -> Values:
    """What was typed; without the unseen signs where they are what is wrong with it."""
    if problem.code != "drafting.turns_direction":
        return values
    return {key: tidied(value).text for key, value in values.items()}


def _refused(
    request: Any, plan: Plan, row: Commitment | None, values: Values, problem: Refusal
) -> HttpResponse:
    if problem.code != "drafting.changed_meanwhile" or row is None:
        return _page(request, plan, row, values, problem=problem)
    theirs, languages = _values(request, row), request.forum.languages
    base = _started_from(row, values, languages)
    mine = merged(base, theirs, values) if base else values
    found = compare(pieces_of(theirs, languages), pieces_of(mine, languages))
    both = [
        {
            "path": change.path,
            "where": words_of(change.path),
            "theirs": change.old,
            "mine": change.new,
            "runs": [{"mark": run.mark.value, "words": run.words} for run in change.runs],
        }
        for change in found
    ]
    # From here on the writer has read the other text, so the form stands on that one.
    kept = {**mine, "base": theirs["base"]}
    return _page(request, plan, row, kept, problem=problem, both=both)


def _started_from(row: Commitment, values: Values, languages: list[str]) -> Values | None:
    """The fields as they were when the form was opened; None where that text is not kept."""
    version = row.versions.filter(sha256=values.get("base", "").rpartition(":")[2]).first()
    return values_of(read_version(version), languages) if version else None


def _page(
    request: Any,
    plan: Plan,
    row: Commitment | None,
    values: Values,
    *,
    more: int = 0,
    problem: Refusal | None = None,
    both: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    shown = {
        **form_of(request, plan, values, more=more, problem=problem),
        "row": row,
        "causes": causes_of(row, values) if row else (),
        "where": "both" if both else where(problem, "title"),
        "both": both,
        "closed": closed_to_writing(request, plan),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_commitment.html", shown, status=status)


def form_of(
    request: Any, plan: Plan, values: Values, *, more: int = 0, problem: Refusal | None = None
) -> dict[str, Any]:
    """The form of a commitment's text, with what stands in it and what is wrong with it."""
    languages = request.forum.languages

    def fields(names: tuple[str, ...], rows: int) -> list[Any]:
        return [
            field(name, PARTS[name], values, languages, rows=rows, problem=problem)
            for name in names
        ]

    return {
        "plan": plan,
        "values": values,
        "base": values.get("base", ""),
        "title_field": fields(("title",), 0)[0],
        "description": fields(("description",), 4)[0],
        "groups": [
            (_("Who supports it"), fields(SUPPORT, 2)),
            (_("Problem"), fields(PROBLEM, 5)),
            (_("Description"), fields(DESCRIPTION, 5)),
            (_("Analysis"), fields(ANALYSIS, 4)),
        ],
        "older": fields(OLDER, 4),
        "office": withdraw_commitment.open_to(request.actor, plan),
        "visions": plan.visions.all(),
        "agencies": Agency.objects.order_by("position"),
        "leads": _leads(values.get("lead", "").split()),
        "steps": _steps(request, values, more, problem),
        "full": len(_rows(values, more)) >= MOST_MILESTONES,
        "rows_shown": len(_rows(values, more)),
        "problem": problem and sentence(problem),
        "wrong": problem.facts.get("field") if problem else "",
    }


def _leads(chosen: list[str]) -> list[tuple[Agency, bool]]:
    """Every agency and whether it leads; those that do come first, in their order."""
    # A browser sends ticked boxes in the order of the page, and that order is kept.
    every = {agency.slug: agency for agency in Agency.objects.order_by("position")}
    first = [every.pop(slug) for slug in chosen if slug in every]
    return [*((agency, True) for agency in first), *((agency, False) for agency in every.values())]


def _rows(values: Values, more: int) -> range:
    last = max(places_in(values), default=0)
    asked = values.get("rows", "")
    shown = int(asked) if asked.isdigit() and len(asked) < 3 else FEWEST_ROWS
    return range(1, max(last, min(MOST_MILESTONES, max(shown, last, FEWEST_ROWS) + more)) + 1)


def _steps(
    request: Any, values: Values, more: int, problem: Refusal | None
) -> list[dict[str, Any]]:
    languages = request.forum.languages

    def step(place: int) -> dict[str, Any]:
        name = f"step-{place}"
        wrong = problem and problem.facts.get("field") == name
        return {
            "id": name,
            "place": place,
            "label": values.get(f"{name}-label", ""),
            "title": field(f"{name}-title", _("What is done"), values, languages),
            "output": field(f"{name}-output", PARTS["output"], values, languages),
            "from": values.get(f"{name}-from", ""),
            "due": values.get(f"{name}-due", ""),
            "agency": values.get(f"{name}-agency", ""),
            "error": sentence(problem) if problem and wrong else "",
        }

    return [step(place) for place in _rows(values, more)]


# --- withdrawing ---------------------------------------------------------------------------------


def withdraw(request: Any, number: int, commitment: int) -> HttpResponse:
    """Take a commitment out of the plan, with the reason that its address gives from then on."""
    plan = find_plan(number)
    row = _find(plan, commitment)
    if request.method != "POST":
        return _withdraw_page(request, plan, row, {})
    values = all_typed(request)
    try:
        reason = text_of(values, "reason", request.forum.languages, most=2000)
        withdraw_commitment(
            plan, number=row.number, reason=reason, by=request.actor, at=moment_of(request)
        )
    except Refusal as problem:
        return _withdraw_page(request, plan, row, values, problem)
    return HttpResponseRedirect(reverse("desk.plan", args=[number]))


def _withdraw_page(
    request: Any, plan: Plan, row: Commitment, values: Values, problem: Refusal | None = None
) -> HttpResponse:
    languages = request.forum.languages
    reason = field("reason", _("Reason"), values, languages, rows=4, problem=problem)
    shown = {
        "plan": plan,
        "row": row,
        "reason": reason,
        "problem": problem and sentence(problem),
        "where": where(problem, "reason"),
        "closed": closed_to_writing(request, plan),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_withdraw.html", shown, status=status)
