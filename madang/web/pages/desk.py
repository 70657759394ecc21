"""The desk: what waits for the one who is signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from madang.foundation.actors import Actor, Role
from madang.members.models import Seat
from madang.web.routes import ROUTES
from madang.web.tasks import tasks_of
from madang.web.typed import moment_of
from madang.web.words import ROLES

PLACES = (
    ("desk.ballots", _("Ballots")),
    ("desk.plans", _("Plans being prepared")),
    ("desk.drafts", _("Drafts of commitments")),
    ("desk.proposals", _("Proposals")),
    ("desk.ballots.new", _("Draft a ballot in writing")),
    ("desk.import", _("Take over a list of proposals")),
    ("desk.replies", _("Answers to proposals")),
    ("desk.keys", _("Keys")),
    ("desk.chairs", _("Co-chairs’ chairs")),
    ("desk.consult", _("Consulting agencies")),
    ("desk.focal", _("Focal points")),
    ("desk.updates", _("Updates")),
    ("desk.agenda", _("Agenda")),
    ("desk.handover", _("Handing over")),
    ("desk.setup", _("Set the forum up")),
)
"""Where else the desk leads, for the roles the route is open to."""


def desk(request: HttpRequest) -> HttpResponse:
    """What waits for one, what is under way, and who one is here."""
    who: Actor = request.actor  # type: ignore[attr-defined]
    tasks = tasks_of(who, moment_of(request))
    mine = [task for task in tasks if task.mine]
    seats = Seat.objects.filter(number__in=who.seats).select_related("seat_class")
    roles = [words for role, words in ROLES.items() if who.has(role) and role is not Role.ANONYMOUS]
    shown = {
        "account": request.user,
        "seats": seats,
        "roles": roles,
        "first": mine[0] if mine else None,
        "mine": mine[1:],
        "count": len(mine),
        "waiting": [task for task in tasks if not task.mine],
        "places": [(name, words) for name, words in PLACES if ROUTES[name]["GET"] & who.roles],
    }
    return render(request, "web/desk.html", shown)
