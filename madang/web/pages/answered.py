"""The author's own page about an answer, by the mailed link; and the words of answers."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.calls.actions.answer import ask_again, rate_reply
from madang.calls.models import Reexamination
from madang.calls.replying import find_by_author_token
from madang.calls.rules.proposing import whole_text
from madang.calls.rules.replying import (
    ASKED_MOST,
    asks_until,
    disposition_of,
    reexamination_on,
)
from madang.calls.rules.words import Outcome
from madang.calls.words import DISPOSITIONS, NOT_IN_PLAN, OUTCOMES
from madang.foundation.answers import Table, answer
from madang.foundation.refusals import NotValid, Refusal
from madang.web.pages.two_tongues import all_typed, limited, where
from madang.web.sentences import sentence
from madang.web.typed import moment_of


def answered(request: Any, token: str) -> HttpResponse:
    """Opening it says nothing: programs open links too. Its buttons speak for the author."""
    found = find_by_author_token(token)
    values, problem = all_typed(request), None
    if request.method == "POST":
        try:
            _act(request, found, values)
            return HttpResponseRedirect(reverse("proposal.answer", args=[token]))
        except Refusal as refusal:
            problem = refusal
    replies = list(found.replies.filter(published_at__isnull=False).select_related("agency"))
    newest = replies[-1] if replies else None
    again = Reexamination.objects.filter(proposal=found).first()
    first = replies[0].published_at if replies else None
    until = asks_until(first) if first else None
    shown = {
        "proposal": found,
        "token": token,
        "reply": newest,
        "outcome_words": OUTCOMES[newest.outcome] if newest else "",
        "reason_words": NOT_IN_PLAN[newest.reason] if newest and newest.reason else "",
        "again": again,
        "until": until,
        "may_ask": bool(until and not again and moment_of(request) < until),
        "most": ASKED_MOST,
        "text": values.get("text", ""),
        "problem": problem and sentence(problem),
        "where": where(problem, "text"),
    }
    status = problem.status if problem else 200
    return render(request, "web/answered.html", shown, status=status)


def _act(request: Any, found: Any, values: dict[str, str]) -> None:
    by, at = request.actor, moment_of(request)
    match values.get("step"):
        case "helped" | "not_helped" as said:
            rate_reply(found, helped=said == "helped", by=by, at=at)
        case "ask":
            text = whole_text(limited(values, "text", 3 * ASKED_MOST))
            ask_again(found, text=text, by=by, at=at)
        case _:
            raise NotValid("web.nothing_chosen", field="main")


def words(request: Any, twin: str) -> HttpResponse:
    """What answers can say, in the citizen's words and in those of the law."""
    data = {
        "outcomes": [
            *(_word(key, OUTCOMES[key], disposition_of(key)) for key in OUTCOMES),
            _word("withdrawn", _("withdrawn by its author"), "withdrawn"),
        ],
        "reasons": [
            _word(key, NOT_IN_PLAN[key], disposition_of(Outcome.NOT_IN_PLAN, key))
            for key in NOT_IN_PLAN
        ],
    }

    def table() -> Table:
        headings = [_("What"), _("Here"), _("In the words of the law")]
        kinds = {"outcomes": _("What became of it"), "reasons": _("Why it is not in this plan")}
        rows = [[kinds[kind], one["here"], one["law"]] for kind in data for one in data[kind]]
        return Table("answers", headings, rows)

    extra = {"term": reexamination_on("9999")}
    return answer(request, twin, "web/answers_words.html", data, table=table, extra=extra)


def _word(key: str, here: Any, disposition: str) -> dict[str, Any]:
    return {"key": key, "here": here, "law": DISPOSITIONS[disposition]}
