"""The states of a ballot and of a plan, drawn from the tables the acts are held against."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madang.ballots.rules import states as ballots
from madang.ballots.rules.words import BallotStatus
from madang.ballots.wording import STATES
from madang.foundation.answers import Table, answer
from madang.foundation.transitions import Transition, leaving
from madang.planning.models import PlanStatus
from madang.planning.rules import states as plans
from madang.record.acting import ACTIONS
from madang.web.pages.about import who_may
from madang.web.pages.desk_plans import STATUS
from madang.web.pages.words import ACTS, WHO


@dataclass(frozen=True)
class Drawing:
    """The states of one kind of thing, each with its words, and the acts between them."""

    title: str | Promise
    nothing_yet: str | Promise
    states: type[Enum]
    words: Mapping[Any, str | Promise]
    lines: Iterable[Transition]


DRAWINGS = {
    "ballot": Drawing(
        _("The states of a ballot"),
        _("no ballot yet"),
        BallotStatus,
        STATES,
        ballots.TRANSITIONS,
    ),
    "plan": Drawing(
        _("The states of a plan"), _("no plan yet"), PlanStatus, STATUS, plans.TRANSITIONS
    ),
}


def states(request: HttpRequest, twin: str) -> HttpResponse:
    """Each state with what can be done in it, by whom, and where that leads."""
    drawn: list[dict[str, Any]] = [
        {"title": drawing.title, "key": key, "states": _states(key, drawing)}
        for key, drawing in DRAWINGS.items()
    ]

    def table() -> Table:
        headings = [_("What"), _("State"), _("Act"), _("What it does"), _("Who"), _("Leads to")]
        rows = [
            [one["key"], state["key"], act["name"], act["does"], who_may(act["who"]), act["state"]]
            for one in drawn
            for state in one["states"]
            for act in state["acts"]
        ]
        return Table("states", headings, rows)

    return answer(request, twin, "web/states.html", {"drawings": drawn}, table=table)


def _states(thing: str, drawing: Drawing) -> list[dict[str, Any]]:
    """The states that acts lead to or from; one that no act knows is no part of the drawing."""
    known = {state for line in drawing.lines for state in (line.start, line.end)}
    return [
        {
            "id": f"{thing}-{start or 'none'}",
            "key": start,
            "words": drawing.words[start] if start else drawing.nothing_yet,
            "acts": [
                {
                    "does": ACTS[line.act],
                    "name": line.act,
                    "who": _who(line.act),
                    "state": line.end,
                    "end": f"{thing}-{line.end}",
                    "words": drawing.words[line.end],
                }
                for line in leaving(drawing.lines, start)
            ],
        }
        for start in (None, *(state.value for state in drawing.states))
        if start in known
    ]


def _who(act: str) -> list[list[Any]]:
    return [[WHO[holds.__name__] for holds in line] for line in ACTIONS[act].lines]
