"""The drafts at the desk: read, suggested on by paragraph, answered, led by one of each side."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from madang.ballots.models import Key
from madang.drafting.actions.lead import give_to_group, name_lead
from madang.drafting.actions.suggest import (
    answer_suggestion,
    make_suggestion,
    text_at,
    withdraw_suggestion,
)
from madang.drafting.actions.write import write_draft
from madang.drafting.models import Commitment, Suggestion
from madang.drafting.rules.paragraphs import paragraphs, piece_at, place_of
from madang.drafting.rules.quality import findings
from madang.drafting.rules.suggesting import ANSWER_DAYS
from madang.drafting.rules.wording import fingerprint
from madang.drafting.versions import as_it_reads
from madang.drafting.wordings import parts_of
from madang.drafting.words import ANSWERS, LEFT, TONGUES, words_of
from madang.foundation.answers import asked
from madang.foundation.refusals import NotFound, NotValid, Refusal
from madang.members.models import Person, Side
from madang.members.pages.forum import SIDES
from madang.planning.models import Plan, PlanStatus
from madang.plans.pages.opinions import opinions_of
from madang.taskforces.models import Group
from madang.web.pages.desk_plans import closed_to_writing
from madang.web.pages.draft_shown import VIEWS, checklist, parts_now, pieces, suggestions_of
from madang.web.pages.two_tongues import Values, all_typed, where
from madang.web.sentences import sentence
from madang.web.typed import moment_of

SHOWN = 40
"""How many suggestions stand in the table of fates, the newest first; the public page has a table of all."""
_MADE_HERE = (PlanStatus.PREPARING, PlanStatus.ANNOUNCED, PlanStatus.BEFORE_FORUM)


def find_draft(plan: int, number: int) -> Commitment:
    """Raises NotFound: drafting.no_draft."""
    rows = Commitment.objects.filter(plan__number=plan, number=number, withdrawn_at=None)
    found = rows.select_related("plan", "group__plan").first()
    if found is None:
        nearest = [reverse("desk.drafts")]
        raise NotFound("drafting.no_draft", plan=plan, number=number, nearest=nearest)
    return found


def drafts(request: Any) -> HttpResponse:
    """The drafts of the plans that are being made, with what waits on each."""
    today = timezone.localdate(request.at).isoformat()
    # A plan that a file began is written on here as long as its period has not begun.
    begun = Q(plan__status=PlanStatus.RECORDED, plan__starts__gt=today)
    rows = (
        Commitment.objects.filter(Q(plan__status__in=_MADE_HERE) | begun, withdrawn_at=None)
        .select_related("plan", "group", "vision")
        .prefetch_related(
            "co_leads__person",
            "leads__agency",
            "leads__sub_commitment",
            "sub_commitments",
            "milestones__agency",
        )
        .annotate(open=Count("suggestions", filter=Q(suggestions__fate=None)))
        .order_by("-plan__number", "number")
    )
    plans: dict[int, dict[str, Any]] = {}
    for row in rows:
        plan = plans.setdefault(
            row.plan.number,
            {"row": row.plan, "closed": closed_to_writing(request, row.plan), "drafts": []},
        )
        plan["drafts"].append(_line(request, row))
    return render(request, "web/desk_drafts.html", {"plans": list(plans.values())})


def _line(request: Any, row: Any) -> dict[str, Any]:
    found = findings(parts_of(row), request.forum.languages)
    standing = [one for one in row.co_leads.all() if one.ended_at is None]
    return {
        "row": row,
        "open": row.open,
        "met": sum(one.met for one in found),
        "asked": len(found),
        "mine": any(one.person.slug == request.actor.name for one in standing),
        "leads": [{"side": SIDES[one.side], "person": one.person} for one in standing],
    }


# --- one draft -----------------------------------------------------------------------------------


def draft(request: Any, plan: int, number: int) -> HttpResponse:
    """A draft with its suggestions, its checklist and those who lead it."""
    row = find_draft(plan, number)
    if request.method != "POST":
        return _page(request, row)
    values = all_typed(request)
    try:
        _act(request, row, values)
    except Refusal as problem:
        return _page(request, row, values, problem)
    return HttpResponseRedirect(_after(row, values))


def _after(row: Commitment, values: Values) -> str:
    address = reverse("desk.draft", args=[row.plan.number, row.number])
    step, number = values.get("step"), values.get("suggestion", "")
    return f"{address}#s-{number}" if step in ("answer", "withdraw") else address


def _act(request: Any, row: Commitment, values: Values) -> None:
    """Raises NotValid: web.nothing_chosen; and what the acts raise."""
    who: dict[str, Any] = {"by": request.actor, "at": moment_of(request)}
    match values.get("step"):
        case "answer":
            answer_suggestion(
                _suggestion(row, values),
                fate=values.get("fate", ""),
                answer=values.get("answer", ""),
                language=get_language() or "ko",
                wording=values.get("wording", ""),
                base=values.get("base", ""),
                **who,
            )
        case "withdraw":
            withdraw_suggestion(_suggestion(row, values), **who)
        case "lead":
            name_lead(row, side=values.get("side", ""), person=values.get("person", ""), **who)
        case "group":
            give_to_group(row, group=_number(values.get("group", "")), **who)
        case _:
            raise NotValid("web.nothing_chosen")


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0


def _suggestion(row: Commitment, values: Values) -> Suggestion:
    """Raises NotFound: drafting.no_suggestion."""
    number = _number(values.get("suggestion", ""))
    found = row.suggestions.filter(number=number).select_related("commitment").first()
    if found is None:
        raise NotFound("drafting.no_suggestion", number=number)
    return found


def _page(
    request: Any, row: Commitment, values: Values | None = None, problem: Refusal | None = None
) -> HttpResponse:
    values, languages = values or {}, list(request.forum.languages)
    chosen = asked(request, {"view": VIEWS}).get("view", VIEWS[0]) if not problem else VIEWS[0]
    parts = parts_now(row)
    suggestions = suggestions_of(row, parts)
    written, unwritten = pieces(parts, languages, suggestions, row.origins, chosen)
    closed = closed_to_writing(request, row.plan)
    lines = checklist(parts, languages)
    standing = row.co_leads.filter(ended_at=None).select_related("person")
    leads = {one.side: one.person for one in standing}
    answers = write_draft.open_to(request.actor, row)
    names = name_lead.open_to(request.actor, row) and not closed
    shown = {
        "plan": row.plan,
        "row": row,
        "view": chosen,
        "views": VIEWS,
        "written": written,
        "leading": row.leads.select_related("agency"),
        "steps": row.milestones.select_related("agency"),
        "unwritten": unwritten,
        "opinions_shown": opinions_of(row),
        "suggestions": suggestions[::-1][:SHOWN],
        "more": len(suggestions) > SHOWN,
        "moved": [one for one in suggestions if one["fate"] is None and one["stands"] is None],
        "waiting": sum(one["fate"] is None for one in suggestions),
        "suggests": make_suggestion.open_to(request.actor, row) and not closed,
        "writes": answers and not closed,
        "names": names,
        "gives": give_to_group.open_to(request.actor, row) and not closed,
        "me": request.actor.account,
        "answers": ANSWERS.items(),
        "checklist": lines,
        "met": sum(line["met"] for line in lines),
        "sides": [(side, SIDES[side], leads.get(side)) for side in Side.values],
        "people": Person.objects.order_by("slug") if names else (),
        "groups": Group.objects.filter(plan=row.plan),
        "base": fingerprint(as_it_reads(row)),
        "closed": closed,
        "frozen": _frozen(row.plan) if closed else None,
        "made": _made(request, suggestions),
        "left": _left(request),
        "days": ANSWER_DAYS,
        "values": values,
        "problem": problem and sentence(problem),
        "where": _where(values, problem),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_draft.html", shown, status=status)


def _where(values: Values, problem: Refusal | None) -> str:
    """The id of the form a problem is about."""
    if values.get("step") in ("answer", "withdraw"):
        return f"s-{_number(values.get('suggestion', ''))}"
    return where(problem, "leads") if values.get("step") in ("lead", "group") else "text"


def _frozen(plan: Plan) -> datetime | None:
    """Since when a plan's text is before the forum: the second key's moment."""
    keys = Key.objects.filter(what=plan.frozen_by or "", voided_at=None)
    return keys.aggregate(last=Max("turned_at"))["last"]


def _made(request: Any, suggestions: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The suggestion that was just made, for the words that say so."""
    number = request.GET.get("made", "")
    return next((one for one in suggestions if str(one["number"]) == number), None)


def _left(request: Any) -> list[str]:
    """What was taken out of a pasted text that was just saved, in words."""
    return [str(LEFT[key]) for key in request.GET.get("left", "").split(".") if key in LEFT]


# --- suggesting ----------------------------------------------------------------------------------


def suggest(request: Any, plan: int, number: int) -> HttpResponse:
    """A paragraph, how it should read, and why."""
    row = find_draft(plan, number)
    asks = request.POST if request.method == "POST" else request.GET
    path = tuple(asks.get("piece", "").split("/"))
    place = _number(asks.get("place", "0"))
    parts = parts_now(row)
    try:
        now = paragraphs(piece_at(parts, path))
    except NotFound as gone:
        # A milestone that was taken out while somebody wrote: the page gives their words back.
        raise NotFound(gone.code, nearest=[reverse("desk.draft", args=[plan, number])]) from gone
    if request.method != "POST":
        place = min(place, len(now) - 1)
        return _suggest_page(request, row, path, place, {"wording": now[place]})
    values = all_typed(request)
    try:
        made = make_suggestion(
            row,
            path=path,
            place=place,
            base=values.get("base", ""),
            wording=values.get("wording", ""),
            reason=values.get("reason", ""),
            language=get_language() or "ko",
            by=request.actor,
            at=moment_of(request),
        )
    except Refusal as problem:
        return _suggest_page(request, row, path, place, values, problem)
    address = reverse("desk.draft", args=[plan, number])
    return HttpResponseRedirect(f"{address}?made={made.suggestion}#s-{made.suggestion}")


def _suggest_page(
    request: Any,
    row: Commitment,
    path: tuple[str, ...],
    place: int,
    values: Values,
    problem: Refusal | None = None,
) -> HttpResponse:
    parts = parts_now(row)
    now = paragraphs(piece_at(parts, path))
    read, stands = None, place
    if problem and (before := text_at(row, values.get("base", ""))):
        was = paragraphs(piece_at(before, path))
        read = was[place] if place < len(was) else ""
        found = place_of("\n\n".join(now), read, place)
        stands = found if found is not None else min(place, len(now) - 1)
    stands = min(stands, len(now) - 1)
    changed = problem is not None and problem.code == "drafting.paragraph_changed"
    shown = {
        "plan": row.plan,
        "row": row,
        "what": words_of(path),
        "tongue": TONGUES.get(path[-1], path[-1]),
        "language": path[-1],
        "piece": "/".join(path),
        "place": stands,
        "number": stands + 1,
        "count": len(now),
        "words": now[stands],
        "read": read if changed else None,
        # From here on the writer has read the text as it is, so the form stands on that one.
        "base": fingerprint(as_it_reads(row)),
        "values": values,
        "closed": closed_to_writing(request, row.plan),
        "problem": problem and sentence(problem),
        "where": where(problem, "wording"),
        "wrong": problem.facts.get("field") if problem else "",
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_suggest.html", shown, status=status)
