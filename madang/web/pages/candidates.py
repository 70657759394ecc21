"""Candidates as everyone reads them: what lies in them, how they are weighed, what they became."""

from itertools import zip_longest
from typing import Any

from django.db.models import F, FilteredRelation, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.calls.pages.data import call_of, find_plan, plan_head
from madang.calls.words import STATES
from madang.consultation.models import Opinion
from madang.consultation.words import SAID
from madang.drafting.pages.suggestions import runs_shown
from madang.drafting.rules.diff import changes, folded
from madang.drafting.words import office_words
from madang.foundation.answers import Table, answer, asked, said
from madang.foundation.gathering import Gathered
from madang.foundation.refusals import NotFound
from madang.foundation.templatetags.madang import language_name
from madang.planning.models import Plan
from madang.taskforces.models import Argument, Candidate, CandidateVersion
from madang.taskforces.pages.data import (
    SHOWN,
    candidate_line,
    candidates_data,
    lying,
    placed_data,
    scores_of,
    ties_of,
    with_proposals,
)
from madang.taskforces.rules.words import Side
from madang.taskforces.words import GRADES, SIDES, STATUS, TIES, TIES_BACK


def candidates(request: HttpRequest, number: int, twin: str) -> HttpResponse:
    """Every candidate of a plan, also those that were merged, split or set aside."""
    data = candidates_data(find_plan(number))

    def table() -> Table:
        headings = [
            _("Number"),
            _("Title"),
            _("State"),
            _("Grade"),
            _("Group"),
            _("Proposals"),
            _("Inherited supports, confirmed"),
            _("Inherited supports, unconfirmed"),
            _("Supports elsewhere"),
        ]
        rows = [
            [
                one["number"],
                said(one["title"]),
                STATUS[one["status"]],
                GRADES.get(one["grade"] or "", ""),
                said(one["group"]["name"]),
                one["proposals"],
                *one["inherited"].values(),
            ]
            for one in data["candidates"]
        ]
        return Table(f"plan-{number}-candidates", headings, rows)

    extra = {"rows": [_line(one) for one in data["candidates"]]}
    return answer(request, twin, "web/candidates.html", data, table=table, extra=extra)


def _line(one: dict[str, Any]) -> dict[str, Any]:
    return {
        **one,
        "status_words": STATUS[one["status"]],
        "grade_words": GRADES.get(one["grade"] or "", ""),
    }


def candidate(request: HttpRequest, number: int, candidate: int, twin: str) -> HttpResponse:
    """A candidate with everything that lies in it; `?version=2` shows what changed in that one."""
    rows = find_rows(number, candidate)
    data = candidate_data(rows, most=None if twin else SHOWN)
    versions = {str(one["number"]): one for one in data["versions"]}
    chosen = asked(request, {} if twin else {"version": versions})
    shown = versions.get(chosen.get("version") or max(versions, key=int, default=""))

    def table() -> Table:
        headings = [_("Number"), _("Title"), _("State"), _("Address")]
        inside = [
            [one["label"], one["title"], STATES[one["state"]], one["url"]] for one in data["inside"]
        ]
        return Table(f"plan-{number}-candidate-{candidate}", headings, inside)

    extra = {
        "row": _line(data),
        "rows": [{**one, "state_words": STATES[one["state"]]} for one in data["inside"]],
        "more": data["proposals"] > len(data["inside"]),
        "columns": [
            (SIDES[side], [one for one in data["arguments"] if one["side"] == side])
            for side in Side
        ],
        "ties": [
            {**one, "words": (TIES if one["grew_from"] else TIES_BACK)[one["kind"]]}
            for one in data["ties"]
        ],
        "shown": {**shown, "changes": _changes_shown(shown)} if shown else None,
        "versions_shown": [
            {**one, "by": office_words(one["office"]) if one["office"] else ""}
            for one in data["versions"]
        ],
        "opinions_shown": [{**one, "said": SAID[one["stance"]]} for one in data["opinions"]],
        "twin_list": ("json", "csv"),
    }
    return answer(request, twin, "web/candidate.html", data, table=table, extra=extra)


_SAID = Gathered(
    Opinion.objects.filter(
        newest=True,
        asked__commitment__withdrawn_at=None,
        asked__commitment__grown_from__candidate=OuterRef("pk"),
        asked__commitment__grown_from__ended_at=None,
    ).order_by("made_at"),
    agency="asked__agency__slug",
    name="asked__agency__name",
    commitment="asked__commitment__number",
    stance="stance",
    late="late",
    made_at="made_at",
)
"""What bodies said of the commitments that a candidate became."""


_VERSIONS = Gathered(
    CandidateVersion.objects.filter(candidate=OuterRef("pk")),
    number="number",
    title="title",
    problem="problem",
    promise="promise",
    grade="grade",
    sha256="sha256",
    made_at="made_at",
    office="office",
)


_ARGUMENTS = Gathered(
    Argument.objects.filter(candidate=OuterRef("pk")),
    side="side",
    text="text",
    language="language",
    made_at="made_at",
)


def find_rows(plan: int, number: int) -> list[Any]:
    """A candidate with its plan and call, once for each commitment it became: one query.

    Raises NotFound: calls.no_call, taskforces.no_such_candidate.
    """
    named = Candidate.objects.filter(plan__number=plan, number=number)
    rows = with_proposals(named).annotate(
        thread=FilteredRelation("grown", condition=Q(grown__ended_at=None)),
        became=F("thread__commitment__number"),
        became_title=F("thread__commitment__title"),
        became_gone=F("thread__commitment__withdrawn_at"),
        became_step=F("thread__milestone__label"),
        opinion_rows=_SAID,
        version_rows=_VERSIONS,
        argument_rows=_ARGUMENTS,
    )
    rows = rows.select_related("group", "plan__call").order_by("thread__commitment__number")
    found = list(rows)
    if not found or found[0].plan.is_hidden or found[0].plan.withdrawn_at:
        find_plan(plan)  # says whether it is the plan that is not here
        nearest = [reverse("candidates", args=[plan])]
        raise NotFound("taskforces.no_such_candidate", number=number, nearest=nearest)
    return found


def candidate_data(rows: list[Any], *, most: int | None) -> dict[str, Any]:
    """A candidate as everyone reads it; what it became is told once that may be read."""
    row, plan = rows[0], rows[0].plan
    call = call_of(plan)
    inside = lying(candidate=row)[:most]
    return {
        "plan": plan_head(plan),
        **candidate_line(row, plan),
        "problem": row.problem,
        "promise": row.promise,
        "made_at": row.made_at,
        "versions": _versions(row.version_rows),
        "became": [] if plan.is_draft else [_became(one, plan) for one in rows if _stands(one)],
        "opinions": [] if plan.is_draft else [_said(one, plan) for one in row.opinion_rows],
        "inside": [placed_data(one, plan) for one in inside],
        "arguments": row.argument_rows,
        "scores": scores_of(row, call.criteria if call else []),
        "ties": [
            {**one, "url": reverse("candidate", args=[plan.number, one["number"]])}
            for one in ties_of(row)
        ],
    }


_PARTS = {
    "title": gettext_lazy("Title"),
    "problem": gettext_lazy("Problem"),
    "promise": gettext_lazy("Draft promise"),
}


def _versions(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every text that was saved, the newest first, each with what it changed in the one before."""
    return [
        {
            **new,
            "changes": [
                {"path": list(change.path), "runs": runs_shown(change.runs)}
                for change in (changes(_kept(old), _kept(new)) if old else ())
            ],
        }
        for new, old in zip_longest(rows, rows[1:])
    ]


def _kept(version: dict[str, Any]) -> dict[str, Any]:
    return {key: version[key].kept() if version[key] else None for key in _PARTS}


def _changes_shown(version: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            **change,
            "runs": folded(change["runs"]),
            "where": f"{_PARTS[change['path'][0]]} · {language_name(change['path'][1])}",
        }
        for change in version["changes"]
    ]


def _said(one: dict[str, Any], plan: Plan) -> dict[str, Any]:
    url = reverse("commitment", args=[plan.number, one["commitment"]])
    return {**one, "url": f"{url}#opinions"}


def _stands(row: Any) -> bool:
    return row.became is not None and row.became_gone is None


def _became(row: Any, plan: Plan) -> dict[str, Any]:
    url = reverse("commitment", args=[plan.number, row.became])
    return {
        "commitment": row.became,
        "title": row.became_title,
        "milestone": row.became_step,
        "url": f"{url}#milestone-{row.became_step}" if row.became_step else url,
    }
