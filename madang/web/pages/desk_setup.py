"""A forum of one's own: name and rules, members from a list, a plan, and what is still missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from madang.foundation.actors import Role
from madang.foundation.refusals import NotNow, NotValid, Refusal
from madang.foundation.texts import Text
from madang.members.actions.found import SOURCE, found_forum
from madang.members.actions.grant import MOST_OFFICERS, grant_account
from madang.members.actions.register import register_roll
from madang.members.models import (
    CoChair,
    Forum,
    Holding,
    RoleGrant,
    RulesVersion,
    Seat,
    SeatClass,
    Side,
    Source,
)
from madang.members.pages.figures import figure_words
from madang.members.pages.forum import SIDES
from madang.members.pages.seat_chart import Drawn, draw_seats
from madang.members.registering import rule_counts, seats_of_forum
from madang.members.rules.founding import CLASSES, RULES, Founding, check_founding, seat_count
from madang.members.rules.roll import ATTENTION, NEW, REFUSED, SAME, Roll, check_roll
from madang.members.rules.rows import Row, rows_of_file, rows_of_text, text_of_rows
from madang.planning.actions.announce import announce_plan
from madang.planning.models import Plan
from madang.planning.reading import direction_parts
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
from madang.web.sentences import SENTENCES, sentence
from madang.web.typed import moment_of

TONGUES = ("ko", "en")
SALT = "madang.web.setup"
MOST_TEXT = 400_000
"""The most characters of a list in the field in which it is mended."""
STATES = {
    NEW: _("new"),
    SAME: _("registered already"),
    ATTENTION: _("needs attention"),
    REFUSED: _("can’t be registered"),
}


@dataclass(frozen=True)
class Step:
    """One of the four steps, and how it stands."""

    title: str | Promise
    url: str
    done: bool
    words: str | Promise


def setup(request: Any) -> HttpResponse:
    """The four steps, each with its state."""
    steps = _steps()
    first = next((step for step in steps if not step.done), None)
    shown = {"steps": steps, "first": first, "founded": _is_founded()}
    return render(request, "web/desk_setup.html", shown)


def _steps() -> list[Step]:
    founded, members = _is_founded(), Holding.objects.filter(ends=None).exclude(person=None).count()
    plans = Plan.objects.count()
    missing = _missing()
    return [
        Step(
            _("Name and rules"),
            reverse("desk.setup.forum"),
            founded,
            _("given") if founded else _("not given yet"),
        ),
        Step(
            _("Members"),
            reverse("desk.setup.members"),
            members > 0,
            _("%(count)s registered") % {"count": members},
        ),
        Step(
            _("Plan and dates"),
            reverse("desk.plans") if plans else reverse("desk.plans.new"),
            plans > 0,
            _("begun") if plans else _("not begun yet"),
        ),
        Step(
            _("Check and publish"),
            reverse("desk.setup.check"),
            not missing and _to_publish() is None,
            _check_words(len(missing)),
        ),
    ]


def _check_words(missing: int) -> str | Promise:
    if missing:
        return _("%(count)s things are missing") % {"count": missing}
    return _("nothing is missing") if _to_publish() is None else _("not published yet")


def _is_founded() -> bool:
    return bool(Forum.objects.get(pk=1).loaded_at)


# --- name and rules ------------------------------------------------------------------------------


def forum(request: Any) -> HttpResponse:
    """The forum's name, its seats and the rules in force, with where they stand."""
    if request.method != "POST":
        return _forum_page(request, _values(request))
    values = all_typed(request)
    try:
        given = _given(values)
        check_founding(given)
        _found(request, given, limited(values, "email", 254))
    except Refusal as problem:
        return _forum_page(request, values, problem)
    return HttpResponseRedirect(reverse("desk.setup.members"))


def _found(request: Any, given: Founding, officer: str) -> None:
    """Set the forum up, and name the second officer where one was typed; both or neither."""
    who = {"by": request.actor, "at": moment_of(request)}
    with transaction.atomic():
        found_forum(Forum.objects.get(pk=1), given=given, **who)
        if officer:
            grant_account(Forum.objects.get(pk=1), email=officer, **who)


def _values(request: Any) -> Values:
    kept = Forum.objects.get(pk=1)
    values: Values = {"in_force_from": timezone.localdate(request.at).isoformat()}
    put(values, "name", kept.name.kept(), TONGUES)
    return values


def _given(values: Values) -> Founding:
    """Raises NotValid: members.not_a_count, web.too_much."""
    return Founding(
        name=text_of(values, "name", TONGUES, most=LINE),
        basis=limited(values, "basis", LINE),
        seats={key: seat_count(values.get(f"seats-{key}", ""), "seats") for key in CLASSES},
        rules={rule: values.get(rule, "") for rule in RULES},
        in_force_from=limited(values, "in_force_from", LINE),
        source=limited(values, "source", LINE),
    )


def _forum_page(request: Any, values: Values, problem: Refusal | None = None) -> HttpResponse:
    shown = {
        "name_field": field("name", _("The forum’s name"), values, TONGUES, problem=problem),
        "kinds": kind_fields(values),
        "rules": rule_fields(values),
        "values": values,
        "alone": len(_officers()) < MOST_OFFICERS,
        "founded": _is_founded(),
        "problem": problem and sentence(problem),
        "where": where(problem, "name"),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_setup_forum.html", shown, status=status)


def kind_fields(values: Values) -> list[tuple[str, Text, str]]:
    """The kinds of seats, each with the number that stands in the form."""
    return [
        (key, Text.of(name), values.get(f"seats-{key}", ""))
        for key, (_prefix, _side, name) in CLASSES.items()
    ]


def rule_fields(values: Values) -> list[dict[str, Any]]:
    """The rules that are asked for, each with its answers and the one that stands in the form."""
    return [
        {
            "key": rule,
            "title": Text.of(title),
            "chosen": values.get(rule, ""),
            "choices": [(key, figure_words(figure)) for key, figure in choices.items()],
        }
        for rule, (choices, title) in RULES.items()
    ]


# --- members -------------------------------------------------------------------------------------


def members(request: Any) -> HttpResponse:
    """Take a list, show what becomes of each row, and register it once it was seen."""
    if request.method != "POST":
        return _list_page(request)
    text = str(request.POST.get("rows", ""))
    try:
        if len(text) > MOST_TEXT:
            raise NotValid("web.too_much", most=MOST_TEXT)
        rows, file = _rows(request, text)
        if not Source.objects.filter(key=SOURCE).exists():
            raise NotNow("members.not_founded")
    except Refusal as problem:
        return _list_page(request, text[:MOST_TEXT], problem)
    if request.POST.get("step") == "register" and _was_seen(request, text, file):
        return _register(request, rows)
    return _preview(request, rows, file)


def _rows(request: Any, text: str) -> tuple[list[Row], str]:
    """The rows that were sent, and the hash of what they came in."""
    if upload := request.FILES.get("file"):
        content = upload.read()
        return rows_of_file(content), sha256(content).hexdigest()
    return rows_of_text(text), _hash(text)


def _hash(text: str) -> str:
    # Browsers send line ends of their own.
    return sha256("\n".join(text.splitlines()).encode("utf-8", "replace")).hexdigest()


def _seen(request: Any) -> list[str]:
    try:
        file, text = signing.loads(request.POST.get("seen", "")[:2000], salt=SALT)
    except (signing.BadSignature, TypeError, ValueError):
        return ["", ""]
    return [str(file), str(text)]


def _was_seen(request: Any, text: str, file: str) -> bool:
    """Whether these rows are the ones that were shown: else they are shown first."""
    return not request.FILES.get("file") and _seen(request)[1] == _hash(text)


def _register(request: Any, rows: list[Row]) -> HttpResponse:
    note = " ".join(str(request.POST.get("note", "")).replace("\x00", "").split())
    file = _seen(request)[0]
    try:
        register_roll(
            Forum.objects.get(pk=1),
            rows=rows,
            file=file,
            note=note,
            by=request.actor,
            at=moment_of(request),
        )
    except Refusal as problem:
        # Pressed twice: the first press did it.
        if problem.code != "members.nothing_new":
            return _preview(request, rows, file, note=note[:2000], problem=problem)
    return HttpResponseRedirect(reverse("desk.setup"))


def _list_page(request: Any, text: str = "", problem: Refusal | None = None) -> HttpResponse:
    shown = {
        "rows": text,
        "founded": _is_founded(),
        "from_file": not Source.objects.filter(key=SOURCE).exists(),
        "seats": _seats_held(),
        "problem": problem and sentence(problem),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_setup_members.html", shown, status=status)


def _seats_held() -> list[Seat]:
    """Every seat with who sits in it, to be corrected one by one."""
    now = Holding.objects.filter(ends=None).select_related("person")
    held = Prefetch("holdings", queryset=now, to_attr="sitting")
    return list(Seat.objects.select_related("seat_class", "cochair").prefetch_related(held))


def _preview(
    request: Any, rows: list[Row], file: str, *, note: str = "", problem: Refusal | None = None
) -> HttpResponse:
    roll = check_roll(rows, seats_of_forum(Forum.objects.get(pk=1)))
    text = text_of_rows(rows)
    kinds = dict(SeatClass.objects.values_list("key", "name"))
    shown = {
        "lines": [_line(member, kinds) for member in _in_order(roll)],
        "totals": [(STATES[state], len(roll.of(state))) for state in STATES if roll.of(state)],
        "counts": [(kinds[c.kind], c.rule, c.filled, c in roll.off_the_rules) for c in roll.counts],
        "off": bool(roll.off_the_rules),
        "chart": _chart(roll),
        "chairless": _chairless(roll),
        "refused": roll.of(REFUSED),
        "coming": len(roll.to_register),
        "nothing": not (roll.to_register or roll.to_chair),
        "rows": text,
        "seen": signing.dumps([file, _hash(text)], salt=SALT),
        "note": note,
        "problem": problem and sentence(problem),
        "where": where(problem, "rows"),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_setup_preview.html", shown, status=status)


def _in_order(roll: Roll) -> list[Any]:
    """What needs mending on top, then what needs attention, then the rest as it came."""
    order = [REFUSED, ATTENTION, NEW, SAME]
    return sorted(roll.members, key=lambda member: order.index(member.state))


def _line(member: Any, kinds: dict[str, Text]) -> dict[str, Any]:
    return {
        "number": member.row.number,
        "member": member,
        "kind": kinds.get(member.kind),
        "state": STATES[member.state],
        "notes": [str(SENTENCES[code]) % facts for code, facts in member.notes],
    }


def _chart(roll: Roll) -> Any:
    """The seats as they will be filled; one that stays empty is drawn open."""
    sitting = set(Holding.objects.filter(ends=None).values_list("seat__number", flat=True))
    filled = sitting | {member.seat for member in roll.to_register}
    ringed = set(CoChair.objects.values_list("seat__number", flat=True))
    ringed |= {member.seat for member in roll.to_chair}
    drawn = [
        Drawn(side, kind == "ex_officio", f"{prefix}-{n}" in ringed, f"{prefix}-{n}", mark)
        for kind, (prefix, side, _name) in CLASSES.items()
        for n in range(1, _most(roll, kind, filled) + 1)
        for mark in ["" if f"{prefix}-{n}" in filled else "not_returned"]
    ]
    words = " · ".join(f"{CLASSES[c.kind][0]} {c.filled}" for c in roll.counts)
    return draw_seats(drawn, words=f"{words} = {sum(c.filled for c in roll.counts)}")


def _most(roll: Roll, kind: str, filled: Iterable[str]) -> int:
    rule = next(count.rule for count in roll.counts if count.kind == kind)
    prefix = CLASSES[kind][0]
    return max([rule, *(int(s.partition("-")[2]) for s in filled if s.startswith(f"{prefix}-"))])


def _chairless(roll: Roll | None = None) -> list[str | Promise]:
    """The sides without a co-chair."""
    there = set(CoChair.objects.exclude(seat=None).values_list("side", flat=True))
    there |= {CLASSES[member.kind][1] for member in roll.to_chair} if roll else set()
    return [SIDES[side] for side in Side.values if side not in there]


# --- the second officer ---------------------------------------------------------------------------


def officer(request: Any) -> HttpResponse:
    """Name the secretariat's second officer, by e-mail address."""
    values = all_typed(request)
    problem = None
    if request.method == "POST":
        try:
            email = limited(values, "email", 254)
            forum = Forum.objects.get(pk=1)
            grant_account(forum, email=email, by=request.actor, at=moment_of(request))
            return HttpResponseRedirect(reverse("desk.setup"))
        except Refusal as refusal:
            problem = refusal
    shown = {
        "officers": _officers(),
        "email": values.get("email", ""),
        "problem": problem and sentence(problem),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_setup_officer.html", shown, status=status)


def _officers() -> list[str]:
    granted = RoleGrant.objects.filter(role=Role.SECRETARIAT.value, ended_at=None)
    return list(granted.order_by("pk").values_list("account__email", flat=True))


# --- check ---------------------------------------------------------------------------------------


def check(request: Any) -> HttpResponse:
    """The forum as it stands and what is missing before its first vote; the button publishes it."""
    problem = None
    if request.method == "POST":
        try:
            _publish(request)
            return HttpResponseRedirect(reverse("desk.setup.check"))
        except Refusal as refusal:
            problem = refusal
    kept = Forum.objects.select_related("body").get(pk=1)
    version = RulesVersion.objects.first()
    shown = {
        "kept": kept,
        "source": Source.objects.filter(key=SOURCE).first(),
        "version": version,
        "figures": [
            (Text.of(figure["title"]), figure_words(figure["figure"]))
            for figure in (version.figures if version else [])
        ],
        "counts": _counts(),
        "plans": list(Plan.objects.all()),
        "missing": _missing(),
        "to_publish": _to_publish(),
        "problem": problem and sentence(problem),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_setup_check.html", shown, status=status)


def _to_publish() -> Plan | None:
    """The first plan, as long as it is not announced; the forum itself is public once it is named."""
    first = Plan.objects.order_by("number").first()
    return first if first and first.is_hidden and first.announced_at is None else None


def _publish(request: Any) -> None:
    """Announce what the setup began; a press that comes twice finds nothing more to do."""
    if plan := _to_publish():
        announce_plan(plan, by=request.actor, at=moment_of(request))


def _counts() -> list[tuple[Text, int, int]]:
    """Of each kind of seat its name, the seats and those that are filled."""
    held = Holding.objects.filter(ends=None).exclude(person=None)
    filled = list(held.values_list("seat__seat_class__key", flat=True))
    seats, kinds = rule_counts(), SeatClass.objects.all()
    return [(kind.name, seats.get(kind.key, 0), filled.count(kind.key)) for kind in kinds]


def _missing() -> list[tuple[str | Promise, str]]:
    """What a first vote still waits for, each with where it is given."""
    if not _is_founded():
        return [(_("The forum’s name and rules"), reverse("desk.setup.forum"))]
    found: list[tuple[str | Promise, str]] = []
    version = RulesVersion.objects.first()
    undecided = [
        Text.of(figure["title"])
        for figure in (version.figures if version else [])
        if figure["key"] in RULES and figure["key"] != "early-close" and not figure["figure"]
    ]
    if undecided:
        names = ", ".join(title.say(get_language() or "ko").words for title in undecided)
        sentence_ = _("Rules that are not decided yet, without which no vote is counted: %(names)s")
        found.append((sentence_ % {"names": names}, ""))
    members_url = reverse("desk.setup.members")
    if not Holding.objects.filter(ends=None).exclude(person=None).exists():
        found.append((_("The members"), members_url))
    found += [(_("A co-chair: %(side)s") % {"side": side}, members_url) for side in _chairless()]
    if not Plan.objects.exists():
        found.append((_("A plan"), reverse("desk.plans.new")))
    if (begun := _to_publish()) and not direction_parts(begun)["announced"]:
        words = _("A date of the plan’s timeline, so that people know when to come")
        found.append((words, reverse("desk.direction", args=[begun.number])))
    if len(_officers()) < MOST_OFFICERS:
        words = _("A second officer, without whom no vote on paper or by telephone is confirmed")
        found.append((words, reverse("desk.setup.officer")))
    if not (settings.MAIL or settings.INSTALLATION.practice):
        found.append((_("A mail server (MAIL_URL): until it is set, letters and codes wait"), ""))
    return found
