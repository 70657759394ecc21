"""The states of a ballot, drawn from the table the acts keep to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from madang.ballots.rules.states import leaving
from madang.ballots.rules.words import BallotStatus
from madang.ballots.wording import STATES
from madang.record.acting import ACTIONS
from madang.web.pages.words import ACTS, WHO


def states(request: HttpRequest) -> HttpResponse:
    """Each state with what can be done in it, by whom, and where that leads."""
    drawn = [
        {
            "key": start,
            "words": STATES[start] if start else None,
            "acts": [
                {
                    "does": ACTS[line.act],
                    "name": line.act,
                    "who": _who(line.act),
                    "end": line.end,
                    "words": STATES[line.end],
                }
                for line in leaving(start)
            ],
        }
        for start in (None, *(s for s in BallotStatus if s != BallotStatus.RECORDED))
    ]
    return render(request, "web/states.html", {"states": drawn})


def _who(act: str) -> list[list[object]]:
    return [[WHO[holds.__name__] for holds in line] for line in ACTIONS[act].lines]
