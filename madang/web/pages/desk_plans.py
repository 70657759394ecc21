"""The secretariat's plans: begin one, direct it, see its commitments."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from madang.drafting.models import Commitment
from madang.foundation.dates import PartialDate
from madang.foundation.refusals import NotFound, NotNow, Refusal
from madang.foundation.texts import Text
from madang.members.models import Forum
from madang.planning.actions.announce import announce_plan
from madang.planning.actions.begin import begin_plan
from madang.planning.actions.direct import direct_plan
from madang.planning.models import Plan, PlanStatus, StageKey
from madang.planning.reading import direction_digest, direction_parts
from madang.planning.rules.writing import MOST_HEADINGS, Direction, Heading, check_can_write
from madang.plans.pages.words import STAGES
from madang.web.pages.two_tongues import (
    LINE,
    Field,
    Values,
    all_typed,
    field,
    limited,
    put,
    text_of,
    where,
)
from madang.web.sentences import sentence
from madang.web.typed import moment_of

STATUS = {
    PlanStatus.RECORDED: _("known from a source, seen by everyone"),
    PlanStatus.PREPARING: _("being prepared, seen by members and the secretariat"),
    PlanStatus.ANNOUNCED: _("announced: everyone sees its outline, members its commitments"),
    PlanStatus.BEFORE_FORUM: _("put before the forum, seen by everyone"),
    PlanStatus.PUBLISHED: _("adopted and published"),
    PlanStatus.WITHDRAWN: _("withdrawn"),
}
ANNOUNCED = _("announced, seen by everyone")


def how_far(plan: Plan) -> Any:
    """The words for where a plan stands; one that came from a file moves on here all the same."""
    if plan.status == PlanStatus.RECORDED and plan.frozen_by:
        return STATUS[PlanStatus.BEFORE_FORUM]
    if plan.status == PlanStatus.RECORDED and plan.announced_at:
        return ANNOUNCED
    return STATUS[PlanStatus(plan.status)]


def find_plan(number: int) -> Plan:
    """Raises NotFound: planning.not_prepared."""
    plan = Plan.objects.filter(number=number).first()
    if plan is None:
        raise NotFound("planning.not_prepared", number=number, nearest=[reverse("desk.plans")])
    return plan


def closed_to_writing(request: Any, plan: Plan) -> str:
    """Why nobody may write the plan now, as a sentence; empty where one may."""
    today = timezone.localdate(request.at).isoformat()
    try:
        check_can_write(plan.status, frozen_by=plan.frozen_by, starts=plan.starts, today=today)
    except NotNow as refusal:
        return sentence(refusal)
    return ""


def plans(request: Any) -> HttpResponse:
    """Every plan, and which of them are being written."""
    rows = [(plan, how_far(plan)) for plan in Plan.objects.all()]
    return render(request, "web/desk_plans.html", {"plans": rows})


def plan(request: Any, number: int) -> HttpResponse:
    """A plan being made: its direction, and each commitment with its newest version."""
    found = find_plan(number)
    rows = Commitment.objects.filter(plan=found).prefetch_related("versions")
    shown = {
        "plan": found,
        "status": how_far(found),
        "closed": closed_to_writing(request, found),
        "published": found.status == PlanStatus.PUBLISHED,
        "commitments": [(row, next(iter(row.versions.all()), None)) for row in rows],
    }
    return render(request, "web/desk_plan.html", shown)


def announce(request: Any, number: int) -> HttpResponse:
    """Show what becomes public, and what does not; the button makes it so."""
    found, problem = find_plan(number), None
    if request.method == "POST":
        try:
            announce_plan(found, by=request.actor, at=moment_of(request))
            return HttpResponseRedirect(reverse("desk.plan", args=[number]))
        except Refusal as refusal:
            problem = refusal
    parts = direction_parts(found)
    shown = {
        "plan": found,
        "areas": [Text.of(area) for area in parts["areas"]],
        "stages": [{"word": STAGES[key], **dates} for key, dates in parts["announced"].items()],
        "problem": problem and sentence(problem),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_announce.html", shown, status=status)


# --- a new plan ----------------------------------------------------------------------------------


def new(request: Any) -> HttpResponse:
    """Begin the forum's next plan."""
    if request.method != "POST":
        return _new_page(request, _next_period(request))
    values, languages = all_typed(request), request.forum.languages
    try:
        begun = begin_plan(
            Forum.objects.get(pk=1),
            title=text_of(values, "title", languages, most=LINE),
            starts=limited(values, "starts", LINE, "period"),
            ends=limited(values, "ends", LINE, "period"),
            by=request.actor,
            at=moment_of(request),
        )
    except Refusal as problem:
        return _new_page(request, values, problem)
    return HttpResponseRedirect(reverse("desk.direction", args=[begun.number]))


def _next_period(request: Any) -> Values:
    """Two years that follow those of the last plan, or this year, to begin with."""
    last = Plan.objects.order_by("-number").first()
    year = timezone.localdate(request.at).year
    if last and last.ends:
        year = max(year, PartialDate(last.ends).year)
    return {"starts": str(year + 1), "ends": str(year + 2)}


def _new_page(request: Any, values: Values, problem: Refusal | None = None) -> HttpResponse:
    shown = {
        "title_field": _title(request, values, problem),
        "values": values,
        "problem": problem and sentence(problem),
        "where": where(problem, "title"),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_plan_new.html", shown, status=status)


def _title(request: Any, values: Values, problem: Refusal | None) -> Field:
    return field("title", _("The plan’s title"), values, request.forum.languages, problem=problem)


# --- the direction -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stood:
    """Another's direction, saved while one was typing: a question, theirs and mine."""

    where: str
    theirs: str
    mine: str


def direction(request: Any, number: int) -> HttpResponse:
    """The plan's areas, visions and announced dates; one save is one entry of the record."""
    found = find_plan(number)
    languages = request.forum.languages
    if request.method != "POST":
        values = _values(found, languages)
        return _direction_page(request, found, values, direction_digest(found))
    values = all_typed(request)
    base = values.get("base", "")[:64]
    if "more" in values:
        return _direction_page(request, found, values, base, more=2)
    try:
        typed = _typed(values, languages)
        direct_plan(found, direction=typed, base=base, by=request.actor, at=moment_of(request))
    except Refusal as problem:
        base = direction_digest(found) if problem.code.endswith("changed_meanwhile") else base
        return _direction_page(request, found, values, base, problem=problem)
    # Who sets a forum up has one step more: to check everything, and publish it.
    if found.is_hidden and not Plan.objects.exclude(pk=found.pk).exists():
        return HttpResponseRedirect(reverse("desk.setup.check"))
    return HttpResponseRedirect(reverse("desk.plan", args=[number]))


def _values(plan: Plan, languages: list[str]) -> Values:
    parts = direction_parts(plan)
    values: Values = {"starts": plan.starts or "", "ends": plan.ends or ""}
    put(values, "title", parts["title"], languages)
    for place, words in enumerate(parts["areas"], 1):
        put(values, f"area-{place}", words, languages)
    for place, vision in enumerate(parts["visions"], 1):
        put(values, f"vision-{place}", vision["text"], languages)
        values[f"vision-{place}-key"] = vision["key"]
    for key, dates in parts["announced"].items():
        values[f"stage-{key}-from"] = dates["from"] or ""
        values[f"stage-{key}-to"] = dates["to"] or ""
    return values


def _typed(values: Values, languages: list[str]) -> Direction:
    """The direction as typed; an area or a vision left empty is none.

    Raises NotValid: web.too_much.
    """

    def texts(name: str) -> list[tuple[int, Text]]:
        places = range(1, MOST_HEADINGS + 1)
        found = [(n, text_of(values, f"{name}-{n}", languages, most=LINE)) for n in places]
        return [(n, text) for n, text in found if text]

    def day(key: str, end: str) -> str | None:
        return limited(values, f"stage-{key}-{end}", LINE, f"stage-{key}") or None

    return Direction(
        title=text_of(values, "title", languages, most=LINE),
        starts=limited(values, "starts", LINE, "period") or None,
        ends=limited(values, "ends", LINE, "period") or None,
        areas=[text for _place, text in texts("area")],
        visions=[
            Heading(values.get(f"vision-{n}-key") or None, text) for n, text in texts("vision")
        ],
        announced={
            key: (day(key, "from"), day(key, "to"))
            for key in StageKey.values
            if day(key, "from") or day(key, "to")
        },
    )


def _rows(values: Values, name: str, more: int) -> range:
    filled = [
        n
        for n in range(1, MOST_HEADINGS + 1)
        if any(key.startswith(f"{name}-{n}-") for key in values)
    ]
    return range(1, min(MOST_HEADINGS, max(max(filled, default=0), 3) + more) + 1)


def _direction_page(
    request: Any,
    plan: Plan,
    values: Values,
    base: str,
    *,
    more: int = 0,
    problem: Refusal | None = None,
) -> HttpResponse:
    languages = request.forum.languages

    def rows(name: str, label: Any) -> list[Field]:
        return [
            field(f"{name}-{n}", f"{label} {n}", values, languages, problem=problem)
            for n in _rows(values, name, more)
        ]

    clash = problem and problem.code == "planning.changed_meanwhile"
    shown = {
        "plan": plan,
        "title_field": _title(request, values, problem),
        "areas": rows("area", _("Area")),
        "visions": [(one, values.get(f"{one.id}-key", "")) for one in rows("vision", _("Vision"))],
        "stages": [
            {
                "key": key,
                "word": STAGES[key],
                "from": values.get(f"stage-{key}-from", ""),
                "to": values.get(f"stage-{key}-to", ""),
            }
            for key in StageKey.values
        ],
        "values": values,
        "base": base,
        "problem": problem and sentence(problem),
        "where": "theirs" if clash else where(problem, "title"),
        "stood": _stood(_values(plan, languages), values) if clash else [],
        "closed": closed_to_writing(request, plan),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_direction.html", shown, status=status)


def _stood(theirs: Values, mine: Values) -> list[Stood]:
    """Where the two directions differ, question by question."""
    names = [*theirs, *(name for name in mine if name not in theirs)]
    asked = [name for name in names if not name.endswith("-key") and name not in ("base", "save")]
    return [
        Stood(_question(name), theirs.get(name, ""), mine.get(name, ""))
        for name in asked
        if theirs.get(name, "") != mine.get(name, "")
    ]


_QUESTIONS = {
    "title": _("The plan’s title"),
    "area": _("Area"),
    "vision": _("Vision"),
    "starts": _("From"),
    "ends": _("To"),
}


def _question(name: str) -> str:
    first, *rest = name.split("-")
    if first == "stage":
        return " ".join([str(STAGES[rest[0]]), str(_QUESTIONS[_ENDS[rest[-1]]])])
    return " ".join([str(_QUESTIONS.get(first, first)), *rest])


_ENDS = {"from": "starts", "to": "ends"}
