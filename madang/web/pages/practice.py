"""What a practice forum alone has: being anyone, moving the clock, reading all letters."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import wraps
from typing import Any

from django.contrib import auth
from django.db.models import OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madang.ballots.rules.words import BallotStatus
from madang.ballots.turnout import under_way
from madang.foundation.actors import Role
from madang.foundation.gathering import Gathered
from madang.foundation.refusals import NotFound, NotValid, Refusal
from madang.letters.models import Letter
from madang.letters.texts import leaving
from madang.members.actions.move_clock import move_clock
from madang.members.models import (
    Account,
    Forum,
    Holding,
    Person,
    RoleGrant,
    Seat,
    Side,
    lasting,
)
from madang.web.pages import practice_ballots as ballots
from madang.web.sentences import sentence
from madang.web.typed import moment_of, practice_only, typed, way_on
from madang.web.words import ROLES

SHOWN_LETTERS = 200
MORNING = time(9)
"""When a day chosen on the clock begins, in the forum's time zone."""

View = Callable[..., HttpResponse]


def _in_practice(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        practice_only(request)
        return view(request, *args, **kwargs)

    return guarded


@_in_practice
def practice(request: HttpRequest) -> HttpResponse:
    """What is invented here, and what one may do with it."""
    return _page(request)


@_in_practice
def continue_as(request: HttpRequest) -> HttpResponse:
    """Be anyone of this forum, at one press."""
    accounts = Account.objects.filter(is_active=True)
    account = accounts.filter(person__slug=typed(request, "person")).first()
    if account is None:
        raise NotFound("members.no_such_person")
    auth.login(request, account)
    return HttpResponseRedirect(way_on(typed(request, "next")))


@_in_practice
def clock(request: Any) -> HttpResponse:
    """Move the clock on. Anyone may: it is one clock, and only practice."""
    if request.method != "POST":
        # The page that refused a day stands at this address; its other language is asked for here.
        return redirect("practice")
    at = moment_of(request)
    given = typed(request, "date", most=20)
    try:
        move_clock(Forum.objects.get(pk=1), to=_chosen(request, given, at), by=request.actor, at=at)
    except Refusal as problem:
        return _page(request, given=given, problem=problem)
    ballots.do_what_is_due()
    next_page = typed(request, "next", most=500)
    return HttpResponseRedirect(way_on(next_page)) if next_page else redirect("practice")


@_in_practice
def letters(request: HttpRequest) -> HttpResponse:
    """The outbox: here everyone reads everyone's letters, and none is sent."""
    newest = Letter.objects.all()[: SHOWN_LETTERS + 1]
    found = list(newest)
    more = len(found) > SHOWN_LETTERS
    # They are weeks old when someone comes to be a focal point, and the list ends long before.
    asked = Letter.objects.filter(kind="update.asked")[:SHOWN_LETTERS]
    shown = {"letters": found[:SHOWN_LETTERS], "more": more, "asked": asked}
    return render(request, "web/practice_letters.html", shown)


@_in_practice
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """One letter, whole."""
    found = Letter.objects.filter(pk=number).first()
    if found is None:
        raise NotFound("letters.no_such_letter")
    body = leaving(found.body, found.language)
    return render(request, "web/practice_letter.html", {"letter": found, "body": body})


def _page(request: Any, *, given: str = "", problem: Refusal | None = None) -> HttpResponse:
    now = moment_of(request)
    answered = request.GET.get("answered", "")
    live = under_way(BallotStatus.KEYED, BallotStatus.OPEN)
    shown = {
        "now": now,
        "ballots": [ballot for ballot in live if ballot.status == BallotStatus.OPEN],
        "answered": int(answered) if answered.isdecimal() and len(answered) < 4 else None,
        "hours": [(key, ballots.STEPS[key]) for key in ballots.hours_of(live, now)],
        "ahead": timedelta(seconds=request.forum.clock_ahead).days,
        "groups": _groups(timezone.localdate(now).isoformat()),
        "steps": [(key, step.words) for key, step in STEPS.items()],
        "letters": Letter.objects.count(),
        "next": request.GET.get("next", "")[:500],
        "given": given,
        "problem": problem and sentence(problem),
    }
    return render(request, "web/practice.html", shown, status=problem.status if problem else 200)


# --- the clock -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """One press on the clock: its words, and where it leads from a day."""

    words: str | Promise
    after: Callable[[date], date]


def _month_after(day: date) -> date:
    year, month = divmod(day.year * 12 + day.month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


STEPS = {
    "day": Step(_("One day on"), lambda day: day + timedelta(days=1)),
    "week": Step(_("One week on"), lambda day: day + timedelta(days=7)),
    "month": Step(_("One month on"), _month_after),
}


def _chosen(request: HttpRequest, given: str, at: datetime) -> datetime:
    """The moment the clock is to go to: a ballot’s hour, a step on, or a day’s morning."""
    here = timezone.localtime(at)
    if hour := ballots.hours_of_ballots(at).get(typed(request, "step")):
        return hour
    if step := STEPS.get(typed(request, "step")):
        return datetime.combine(step.after(here.date()), here.timetz())
    try:
        return datetime.combine(date.fromisoformat(given), MORNING, here.tzinfo)
    except ValueError as error:
        raise NotValid("web.not_a_day") from error


# --- everyone ------------------------------------------------------------------------------------


@dataclass
class Someone:
    """A person one may be, with the seat held and the roles given."""

    person: Person
    seat: Seat | None
    roles: list[str | Promise] = field(default_factory=list)


GROUPS = {
    "co_chairs": _("Co-chairs"),
    Side.GOVERNMENT.value: _("Government"),
    Side.CIVIL_SOCIETY.value: _("Civil society"),
    "staff": _("Secretariat and administration"),
    "others": _("Others"),
}


def _groups(on: str) -> list[tuple[str | Promise, list[Someone]]]:
    """Everyone with an account on a day, each once, in the order of the table they sit at."""
    seats = _seats_held(on)
    found: dict[str, list[Someone]] = {key: [] for key in GROUPS}
    account: Any
    for account in _ACCOUNTS.all():
        person, given = account.person, sorted(row["role"] for row in account.role_rows)
        if person is not None:
            seat = seats.get(person.pk)
            someone = Someone(person, seat, [ROLES[Role(role)] for role in given])
            found[_group_of(seat, bool(given))].append(someone)
    return [(GROUPS[key], _in_order(people)) for key, people in found.items() if people]


_ACCOUNTS = (
    Account.objects.filter(is_active=True)
    .select_related("person")
    .annotate(
        role_rows=Gathered(
            RoleGrant.objects.filter(account=OuterRef("pk"), ended_at=None), role="role"
        )
    )
    .order_by("pk")
)
"""The accounts one may be, with the roles they were given."""


def _seats_held(on: str) -> dict[int | None, Seat]:
    held = Holding.objects.exclude(person=None).filter(lasting(on))
    return {
        row.person_id: row.seat for row in held.select_related("seat__seat_class", "seat__cochair")
    }


def _group_of(seat: Seat | None, staff: bool) -> str:
    if seat is None:
        return "staff" if staff else "others"
    return "co_chairs" if hasattr(seat, "cochair") else seat.seat_class.side


def _in_order(people: list[Someone]) -> list[Someone]:
    def place(someone: Someone) -> tuple[int, int]:
        seat = someone.seat
        return (seat.seat_class.position, seat.position) if seat else (0, 0)

    return sorted(people, key=place)
