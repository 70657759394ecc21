"""What was set up is corrected: name and legal basis, rules, who sits where. Nothing is erased."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from madang.foundation.refusals import NotFound, NotValid, Refusal
from madang.members.actions.change_member import (
    correct_member,
    facts_of,
    name_chair,
    pass_seat,
    sitting,
)
from madang.members.actions.correct import correct_forum
from madang.members.actions.found import SOURCE
from madang.members.actions.revise_rules import revise_rules
from madang.members.models import Forum, Holding, RulesVersion, Seat, Source
from madang.members.naming import basis_of
from madang.members.pages.figures import figure_words
from madang.members.registering import rule_counts
from madang.members.rules.correcting import KEPT, Facts, Naming, Revision, chosen_answer
from madang.members.rules.founding import CLASSES, RULES, seat_count
from madang.web.pages.desk_setup import TONGUES, kind_fields, rule_fields
from madang.web.pages.two_tongues import (
    LINE,
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

LANGUAGES = {"ko": "한국어", "en": "English"}


def _the_forum() -> Forum:
    return Forum.objects.select_related("body").get(pk=1)


def _status(problem: Refusal | None) -> int:
    return problem.status if problem else 200


# --- name, legal basis, seats ---------------------------------------------------------------------


def naming(request: Any) -> HttpResponse:
    """The forum's name, legal basis and seats: a slip mended, or a change from a day on."""
    kept = _the_forum()
    if request.method != "POST":
        return _naming_page(request, kept, _naming_values(kept))
    values = all_typed(request)
    try:
        given = _naming_given(values)
        correct_forum(kept, given=given, by=request.actor, at=moment_of(request))
    except Refusal as problem:
        return _naming_page(request, _the_forum(), values, problem)
    return HttpResponseRedirect(reverse("desk.setup"))


def _seats_are_given() -> bool:
    # Where the seats came from a file, each kind's number has its own source there.
    return Source.objects.filter(key=SOURCE).exists()


def _naming_values(kept: Forum) -> Values:
    values: Values = {"basis": basis_of(kept), "change": "slip"}
    put(values, "name", kept.name.kept(), TONGUES)
    values.update({f"seats-{key}": str(count) for key, count in rule_counts().items()})
    return values


def _naming_given(values: Values) -> Naming:
    """Raises NotValid: members.not_a_count, members.not_a_day, web.too_much."""
    since = limited(values, "since", LINE)
    dated = values.get("change") == "dated"
    if dated and not since:
        raise NotValid("members.not_a_day", field="since")
    counted = {key: seat_count(values.get(f"seats-{key}", ""), "seats") for key in CLASSES}
    return Naming(
        name=text_of(values, "name", TONGUES, most=LINE),
        basis=limited(values, "basis", LINE),
        since=since if dated else "",
        source=limited(values, "source", LINE),
        seats=counted if _seats_are_given() else None,
    )


def _naming_page(
    request: Any, kept: Forum, values: Values, problem: Refusal | None = None
) -> HttpResponse:
    shown = {
        "kept": kept,
        "name_field": field("name", _("The forum’s name"), values, TONGUES, problem=problem),
        "kinds": kind_fields(values) if _seats_are_given() else [],
        "values": values,
        "problem": problem and sentence(problem),
        "where": where(problem, "name"),
    }
    return render(request, "web/desk_setup_name.html", shown, status=_status(problem))


# --- rules ---------------------------------------------------------------------------------------


def rules(request: Any) -> HttpResponse:
    """New rules in force from a day on, beside those that were and are."""
    if request.method != "POST":
        return _rules_page(request, _rules_values())
    values = all_typed(request)
    try:
        given = Revision(
            rules={rule: values.get(rule, "") for rule in RULES},
            in_force_from=limited(values, "in_force_from", LINE),
            source=limited(values, "source", LINE),
        )
        revise_rules(Forum.objects.get(pk=1), given=given, by=request.actor, at=moment_of(request))
    except Refusal as problem:
        return _rules_page(request, values, problem)
    return HttpResponseRedirect(reverse("desk.setup"))


def _figures() -> dict[str, Any]:
    """The figures of the newest version, by their rule."""
    version = RulesVersion.objects.first()
    return {one["key"]: one["figure"] for one in version.figures} if version else {}


def _rules_values() -> Values:
    figures = _figures()
    return {rule: chosen_answer(figures.get(rule), rule) for rule in RULES}


def _rules_page(request: Any, values: Values, problem: Refusal | None = None) -> HttpResponse:
    figures, fields = _figures(), rule_fields(values)
    for one in fields:
        # A figure that none of the offered answers says can stay as it is.
        if chosen_answer(figures.get(one["key"]), one["key"]) == KEPT:
            one["choices"].insert(0, (KEPT, figure_words(figures[one["key"]])))
    shown = {
        "rules": fields,
        "versions": list(RulesVersion.objects.select_related("source")),
        "values": values,
        "problem": problem and sentence(problem),
        "where": where(problem, "quorum"),
    }
    return render(request, "web/desk_setup_rules.html", shown, status=_status(problem))


# --- a seat --------------------------------------------------------------------------------------


def seat(request: Any, number: str) -> HttpResponse:
    """Who sits in a seat: mend what is written, let it change hands, make it the co-chair's."""
    found = _find_seat(number)
    if request.method != "POST":
        return _seat_page(request, found, _seat_values(found))
    values = all_typed(request)
    try:
        _act(request, found, values)
    except Refusal as problem:
        return _seat_page(request, found, values, problem)
    return HttpResponseRedirect(reverse("desk.setup.seat", args=[number]))


def _find_seat(number: str) -> Seat:
    """Raises NotFound: members.no_seat."""
    found = Seat.objects.select_related("seat_class", "cochair").filter(number=number).first()
    if found is None:
        nearest = [reverse("desk.setup.members")]
        raise NotFound("members.no_seat", number=number, nearest=nearest)
    return found


def _act(request: Any, found: Seat, values: Values) -> None:
    who = {"by": request.actor, "at": moment_of(request)}
    match values.get("act"):
        case "correct":
            given = _facts(values, "is", request.forum.languages)
            correct_member(found, holding=_holding(values) or 0, given=given, **who)
        case "pass":
            given = _facts(values, "new", request.forum.languages)
            to = given if given.name or given.email else None
            day = limited(values, "day", LINE)
            pass_seat(found, holding=_holding(values), day=day, to=to, **who)
        case "chair":
            name_chair(found, **who)
        case _:
            raise NotValid("web.nothing_chosen")


def _holding(values: Values) -> int | None:
    typed = values.get("holding", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else None


def _facts(values: Values, start: str, languages: list[str]) -> Facts:
    """A member as typed into the fields whose names begin with `start`.

    Raises NotValid: web.too_much, and where a name is missing what the act would say.
    """
    return Facts(
        **{
            key: text_of(values, f"{start}-{key}", languages, most=LINE)
            for key in ("name", "organisation", "office")
        },
        email=limited(values, f"{start}-email", LINE),
        language=values.get(f"{start}-language", languages[0]),
    )


def _seat_values(found: Seat) -> Values:
    held = sitting(found)
    values: Values = {"holding": str(held.pk) if held else ""}
    if held and held.person:
        kept = _the_forum()
        facts = facts_of(held, kept)
        for key in ("name", "organisation", "office"):
            put(values, f"is-{key}", facts[key], kept.languages)
        values["is-email"], values["is-language"] = facts["email"], facts["language"]
    return values


def _seat_page(
    request: Any, found: Seat, values: Values, problem: Refusal | None = None
) -> HttpResponse:
    held = sitting(found)
    # The fields of the form that was sent, told apart from the same ones of the other.
    start = "is" if values.get("act") == "correct" else "new"
    if problem and problem.facts.get("field") not in (None, "day"):
        problem.facts["field"] = f"{start}-{problem.facts['field']}"
    shown = {
        "seat": found,
        "kind": found.seat_class.name,
        "chair": hasattr(found, "cochair"),
        "held": held,
        "mended": _fields(request, "is", values, problem) if held and held.person else None,
        "coming": _fields(request, "new", values, problem),
        "before": _before(found),
        "today": timezone.localdate(request.at).isoformat(),
        "values": values,
        "problem": problem and sentence(problem),
        "where": where(problem, "seat"),
    }
    return render(request, "web/desk_setup_seat.html", shown, status=_status(problem))


def _fields(request: Any, start: str, values: Values, problem: Refusal | None) -> dict[str, Any]:
    """The questions about a member, with what stands in them."""
    languages = request.forum.languages
    labels = {
        "name": _("Name"),
        "organisation": _("Organisation"),
        "office": _("Office"),
    }
    texts = [
        field(f"{start}-{key}", words, values, languages, problem=problem)
        for key, words in labels.items()
    ]
    return {
        "start": start,
        "texts": texts,
        "email": values.get(f"{start}-email", ""),
        "language": values.get(f"{start}-language", languages[0]),
        "languages": [(key, LANGUAGES.get(key, key)) for key in languages],
    }


def _before(found: Seat) -> list[Holding]:
    """Who sat here before, newest first."""
    past = found.holdings.exclude(ends=None).select_related("person")
    return list(past.order_by("-ends", "-pk"))
