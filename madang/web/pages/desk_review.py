"""`/desk/plans/5/commitments/6/review/`: what the independent reviewer found, with report and page."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.drafting.models import Commitment, SubCommitment
from madang.foundation.refusals import Refusal
from madang.monitoring.actions.review import Report, enter_review
from madang.monitoring.models import ReviewCode
from madang.monitoring.reading import find_commitment
from madang.monitoring.rules.reviewing import EARLIER, IN_USE, VALUES
from madang.plans.pages.words import MEASURES, REVIEW_WORDS, codes_for_page
from madang.web.pages.acting import act_and_show
from madang.web.pages.two_tongues import LINE, Values, all_typed, field, limited, text_of, where
from madang.web.sentences import sentence
from madang.web.typed import moment_of


def review(request: Any, number: int, commitment: int) -> HttpResponse:
    """The results that are known, and a form for those of one report."""
    row = find_commitment(number, commitment)
    return act_and_show(
        request, lambda: _act(request, row), lambda problem: _page(request, row, problem)
    )


def _act(request: Any, row: Commitment) -> HttpResponse:
    values, languages = all_typed(request), request.forum.languages
    codes = {key: limited(values, key, 60) for key in VALUES if values.get(key)}
    report = Report(
        title=text_of(values, "title", languages, most=10 * LINE),
        url=limited(values, "url", 20 * LINE),
        page=limited(values, "page", LINE),
        dated=limited(values, "dated", 40),
    )
    enter_review(
        row,
        codes=codes,
        report=report,
        note=text_of(values, "note", languages),
        part=limited(values, "part", 20),
        by=request.actor,
        at=moment_of(request),
    )
    page = reverse("commitment", args=[row.plan.number, row.number])
    return HttpResponseRedirect(f"{page}#kept")


def _page(request: Any, row: Commitment, problem: Refusal | None) -> HttpResponse:
    values: Values = all_typed(request) if request.method == "POST" else {}
    languages = request.forum.languages
    known = ReviewCode.objects.filter(commitment=row).values(
        "measure", "value", "sub_commitment__label", "source__title"
    )
    shown = {
        "row": row,
        "plan": row.plan,
        "known": codes_for_page([dict(one) for one in known]),
        "parts": SubCommitment.objects.filter(commitment=row),
        "measures": [_measure(key, values) for key in VALUES if key not in EARLIER],
        "earlier": [_measure(key, values) for key in EARLIER],
        "earlier_open": any(values.get(key) for key in EARLIER),
        "title": field("title", _("What the report is called"), values, languages, problem=problem),
        "note": field(
            "note",
            _("What changed, in a few sentences"),
            values,
            languages,
            rows=3,
            problem=problem,
        ),
        "values": values,
        "problem": problem and sentence(problem),
        "where": _where(problem),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_review.html", shown, status=status)


def _measure(key: str, values: Values) -> dict[str, Any]:
    first, last = IN_USE.get(key, (None, None))
    return {
        "key": key,
        "word": MEASURES[key],
        "first": first,
        "last": last,
        "values": [
            (value, REVIEW_WORDS[value.lower()], values.get(key) == value) for value in VALUES[key]
        ],
    }


def _where(problem: Refusal | None) -> str:
    found = where(problem, "verifiable")
    return "url" if found == "link" else found
