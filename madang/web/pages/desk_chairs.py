"""The co-chairs' chairs: who sits in each, and who stands in for one that is vacant."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from madang.ballots.reading import roll_on
from madang.foundation.refusals import NotValid, Refusal
from madang.members.actions.stand_in import confirm_stand_in, end_stand_in, enter_stand_in
from madang.members.chairs import chairs_on, filled_chairs
from madang.members.models import CoChair, StandIn
from madang.members.pages.forum import SIDES
from madang.web.pages.acting import act_and_show, entry_of_form
from madang.web.sentences import sentence
from madang.web.typed import moment_of, typed


def chairs(request: Any) -> HttpResponse:
    """Both chairs, and a form for a stand-in where one is vacant."""
    return act_and_show(request, lambda: _act(request), lambda problem: _page(request, problem))


def _act(request: Any) -> None:
    who = {"by": request.actor, "at": moment_of(request)}
    chair = CoChair.objects.filter(side=typed(request, "side", 20)).first()
    if chair is None:
        raise NotValid("members.no_chair", field="seat")
    match request.POST.get("act"):
        case "enter":
            enter_stand_in(
                chair,
                seat=typed(request, "seat", 20),
                starts=typed(request, "starts", 40),
                basis=typed(request, "basis"),
                language=get_language() or "ko",
                document=typed(request, "document"),
                **who,
            )
        case "confirm":
            confirm_stand_in(chair, entry=entry_of_form(request), **who)
        case "end":
            end_stand_in(chair, entry=entry_of_form(request), **who)
        case _:
            raise NotValid("web.nothing_chosen")


def _page(request: Any, problem: Refusal | None) -> HttpResponse:
    today = timezone.localdate(moment_of(request)).isoformat()
    asked = request.POST.get("side", "")
    shown = {
        "chairs": _chairs(today),
        "me": request.actor.account,
        "today": today,
        "asked": asked,
        "given": request.POST,
        "problem": problem and sentence(problem),
        "field": f"{problem.facts.get('field', 'chair')}-{asked}" if problem else "",
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_chairs.html", shown, status=status)


def _chairs(today: str) -> list[dict[str, Any]]:
    able, filled = chairs_on(today), filled_chairs(today)
    open_ones = StandIn.objects.filter(dropped_at=None, ended_at=None)
    entered = {
        one.chair_id: one
        for one in open_ones.select_related("seat", "person", "entered_by__person")
    }
    roll = roll_on(today)
    found = []
    for chair in CoChair.objects.select_related("seat").order_by("-side"):
        found.append(
            {
                "side": chair.side,
                "words": SIDES[chair.side],
                "seat": chair.seat,
                "filled": filled.get(chair.side),
                "stands_in": able.get(chair.side),
                "entry": entered.get(chair.pk),
                "seats": [h for h in roll if h.person and h.seat.seat_class.side == chair.side],
            }
        )
    return found
