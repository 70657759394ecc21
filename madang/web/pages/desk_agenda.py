"""`/desk/agenda/`: call a meeting for a day, and take what offers itself onto its agenda."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from madang.foundation.refusals import NotFound, NotValid, Refusal
from madang.meetings.actions.agenda import call_meeting, put_on_agenda, take_off_agenda
from madang.meetings.models import AgendaItem, Meeting
from madang.meetings.pages.meetings import agenda_of
from madang.meetings.reading import to_come
from madang.meetings.rules.agenda import MOST_ITEM
from madang.members.models import Forum
from madang.monitoring.disputes import disagreements
from madang.monitoring.models import milestone_ref
from madang.monitoring.reading import find_step
from madang.monitoring.words import STATUSES
from madang.web.pages.acting import act_and_show
from madang.web.pages.two_tongues import LINE, Values, all_typed, field, limited, text_of, where
from madang.web.sentences import sentence
from madang.web.typed import moment_of


def agenda(request: Any) -> HttpResponse:
    """The meetings to come with their agendas, and what offers itself for one."""
    return act_and_show(request, lambda: _act(request), lambda problem: _page(request, problem))


def _act(request: Any) -> None:
    values, by, at = all_typed(request), request.actor, moment_of(request)
    match values.get("act"):
        case "call":
            call_meeting(
                Forum.objects.get(pk=1), held_on=limited(values, "held_on", 40), by=by, at=at
            )
        case "take":
            plan, _dash, label = values.get("step", "")[:40].partition("-")
            step = find_step(int(plan) if plan.isdecimal() and len(plan) < 7 else 0, label)
            item = milestone_ref(step)
            put_on_agenda(_meeting(values), title=step.title, item=item, by=by, at=at)
        case "put":
            title = text_of(values, "item", request.forum.languages, most=10 * LINE)
            put_on_agenda(_meeting(values), title=title, by=by, at=at)
        case "off":
            take_off_agenda(_item(values), by=by, at=at)
        case _:
            raise NotValid("web.nothing_chosen")


def _meeting(values: Values) -> Meeting:
    """Raises NotValid: meetings.choose."""
    found = Meeting.objects.filter(address=limited(values, "meeting", 80)).first()
    if found is None:
        raise NotValid("meetings.choose", field="meeting")
    return found


def _item(values: Values) -> AgendaItem:
    """Raises NotFound: web.nothing_chosen."""
    number = values.get("number", "")[:5]
    rows = AgendaItem.objects.select_related("meeting").filter(
        meeting=_meeting(values), number=int(number) if number.isdecimal() else 0
    )
    found = rows.first()
    if found is None:
        raise NotFound("web.nothing_chosen")
    return found


def _page(request: Any, problem: Refusal | None) -> HttpResponse:
    values: Values = all_typed(request) if request.method == "POST" else {}
    today = timezone.localdate(moment_of(request)).isoformat()
    meetings = to_come(today)
    shown = {
        "meetings": [(one, agenda_of(one)) for one in meetings],
        "offers": [
            {**one, "state_word": STATUSES[one["status"]] if one["status"] else ""}
            for one in disagreements()
        ],
        "item": field(
            "item",
            _("What is to be talked about"),
            values,
            request.forum.languages,
            hint=_("At most %(most)s characters; everyone reads it.") % {"most": MOST_ITEM},
            problem=problem,
        ),
        "values": values,
        "today": today,
        "problem": problem and sentence(problem),
        "where": where(problem, "held_on"),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_agenda.html", shown, status=status)
