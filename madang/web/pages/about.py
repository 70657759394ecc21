"""Pages about the site itself: what it is, its marks, its data, who may do what."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.foundation.answers import Table, answer
from madang.members.pages.seat_chart import Drawn, draw_seats
from madang.planning.models import Plan
from madang.plans.pages.data import SHOWN
from madang.record.acting import ACTIONS
from madang.web.pages.words import ACTS, WHO
from madang.web.tasks import Task

BEGIN = (
    "forum.json",
    "forum.rules.json",
    "terms.json",
    "meetings.json",
    "agencies.json",
    "documents.json",
    "sources.json",
    "record.json",
    "plans.json",
)


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "web/about.html")


def marks(request: HttpRequest) -> HttpResponse:
    """The legend: one grammar of marks for the whole site."""
    seat = {
        "government": draw_seats([Drawn("government")]),
        "ex_officio": draw_seats([Drawn("government", outlined=True)]),
        "civil_society": draw_seats([Drawn("civil_society")]),
        "co_chair": draw_seats([Drawn("civil_society", ringed=True)]),
    }
    return render(request, "web/marks.html", {"seat": seat})


def data(request: HttpRequest) -> HttpResponse:
    """Everything to take away: addresses with their endings."""
    begin = [reverse(name) for name in BEGIN]
    for plan in Plan.objects.filter(SHOWN, withdrawn_at=None):
        begin += [reverse(name, args=[plan.number]) for name in ("plan.json", "commitments.json")]
    return render(request, "web/data.html", {"begin": begin})


def permissions(request: HttpRequest, twin: str) -> HttpResponse:
    """Who may do what: the tables the actions themselves ask."""
    acts: list[dict[str, Any]] = [
        {
            "name": name,
            "does": ACTS[name],
            "lines": [[WHO[holds.__name__] for holds in line] for line in act.lines],
        }
        for name, act in sorted(ACTIONS.items())
    ]

    def table() -> Table:
        headings = [_("Act"), _("What it does"), _("Who")]
        rows = [[act["name"], act["does"], who_may(act["lines"])] for act in acts]
        return Table("permissions", headings, rows)

    return answer(request, twin, "web/permissions.html", {"acts": acts}, table=table)


def who_may(lines: list[list[Any]]) -> str:
    """Who may act, in one cell: what one must hold together, or else."""
    either = [" + ".join(map(str, line)) for line in lines]
    return f" {_('or')} ".join(either)


def parts(request: HttpRequest) -> HttpResponse:
    """Every piece the pages are made of, on one page."""
    task = Task(
        title=_("A thing to do"),
        url=reverse("desk"),
        act=_("Do it"),
        state=_("waits for you"),
        left=_("3 days left"),
        minutes=2,
        note=_("Who has done what so far."),
    )
    chart = draw_seats([Drawn("government")] * 8 + [Drawn("civil_society")] * 22)
    return render(request, "web/parts.html", {"chart": chart, "task": task})
