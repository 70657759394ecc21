"""The desk: what waits for the one who is signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from madang.foundation.actors import Actor, Role
from madang.members.models import Seat
from madang.web.words import ROLES


def desk(request: HttpRequest) -> HttpResponse:
    """Who one is here: seats, roles, and the way out."""
    who: Actor = request.actor  # type: ignore[attr-defined]
    seats = Seat.objects.filter(number__in=who.seats).select_related("seat_class")
    roles = [words for role, words in ROLES.items() if who.has(role) and role is not Role.ANONYMOUS]
    return render(
        request, "web/desk.html", {"account": request.user, "seats": seats, "roles": roles}
    )
