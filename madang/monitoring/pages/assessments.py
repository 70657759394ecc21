"""A plan's self-assessments: before everyone for two weeks, then published as they were read."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.calls.words import HIDDEN_FOR
from madang.foundation.addresses import address_of
from madang.foundation.answers import Table, answer
from madang.foundation.refusals import NotFound
from madang.foundation.texts import Text
from madang.monitoring.assessing import facts_kept, find_assessment
from madang.monitoring.models import Assessment, Remark
from madang.monitoring.rules.assessing import AssessmentState, lies_open
from madang.monitoring.rules.words import CommentState
from madang.monitoring.words import (
    ASSESSMENT_KINDS,
    ASSESSMENT_STATES,
    CAUSES,
    LEVELS,
    STATUSES,
)
from madang.plans.pages.data import find_plan, plan_line
from madang.plans.pages.words import codes_for_page


def assessments(request: Any, number: int, twin: str) -> HttpResponse:
    """The reports of a plan that everyone may read, the newest first."""
    plan = find_plan(number, request.actor)
    rows = Assessment.objects.filter(plan=plan).exclude(state=AssessmentState.DRAFT)
    data: dict[str, Any] = {
        "plan": plan_line(plan),
        "assessments": [_line(plan.number, row) for row in rows.defer("facts", "notes")],
    }

    def table() -> Table:
        headings = [_("No."), _("Kind"), _("From"), _("To"), _("State"), _("Published")]
        rows = [
            [
                one["number"],
                ASSESSMENT_KINDS[one["kind"]],
                one["from"],
                one["to"],
                ASSESSMENT_STATES[one["state"]],
                one["published_at"].isoformat() if one["published_at"] else None,
            ]
            for one in data["assessments"]
        ]
        return Table(f"plan-{number}-assessments", headings, rows)

    extra = {"lines": [in_words(line) for line in data["assessments"]]}
    return answer(request, twin, "monitoring/assessments.html", data, table=table, extra=extra)


def _line(plan: int, row: Assessment) -> dict[str, Any]:
    return {
        "number": row.number,
        "kind": row.kind,
        "from": row.starts,
        "to": row.ends,
        "state": row.state,
        "put_out_at": row.put_out_at,
        "read_until": row.read_until,
        "published_at": row.published_at,
        "sha256": row.sha256,
        "url": address_of(f"assessment:{plan}-{row.number}"),
    }


def in_words(line: dict[str, Any]) -> dict[str, Any]:
    """A report with its kind and state in words."""
    return {
        **line,
        "kind_word": ASSESSMENT_KINDS[line["kind"]],
        "state_word": ASSESSMENT_STATES[line["state"]],
    }


def assessment(request: Any, number: int, assessment: int, twin: str) -> HttpResponse:
    """One report, whole: the words of its writers and the facts of the day it was put out."""
    plan = find_plan(number, request.actor)
    row = find_assessment(number, assessment)
    if row.state == AssessmentState.DRAFT:
        raise NotFound("monitoring.no_assessment", plan=number, number=assessment)
    facts = facts_kept(row)
    data = {
        "plan": plan_line(plan),
        **_line(number, row),
        "summary": row.summary,
        "consulted": row.consulted,
        "lessons": row.lessons,
        "notes": row.notes,
        "facts": facts,
        "comments": [_remark(one, row) for one in row.remarks.exclude(state=CommentState.HELD)],
    }
    open_now = lies_open(row.state, row.read_until, timezone.localdate(request.at))
    extra = {
        "twin_list": ("json",),
        "open_now": open_now,
        "commented": "commented" in request.GET,
        "comments_shown": [
            {**one, "hidden_word": HIDDEN_FOR.get(one["reason"] or "", "")}
            for one in data["comments"]
        ],
        "line": in_words(_line(number, row)),
        "report": report_for_page(facts, row.notes),
    }
    return answer(request, twin, "monitoring/assessment.html", data, extra=extra)


def _remark(one: Remark, report: Assessment) -> dict[str, Any]:
    """A comment on a report; of one that is hidden its number and the reason. Answers are public
    with the report.
    """
    hidden = one.state == CommentState.HIDDEN
    answered = report.state == AssessmentState.PUBLISHED
    return {
        "number": one.number,
        "state": one.state,
        "language": one.language,
        "name": None if hidden else one.name or None,
        "text": None if hidden else one.text,
        "reason": one.reason,
        "made_at": one.made_at,
        "answer": one.answer if answered else None,
    }


def report_for_page(facts: dict[str, Any], notes: dict[str, Any]) -> dict[str, Any]:
    """A report's facts in the reader's words, commitment by commitment."""
    return {
        "as_of": facts["as_of"],
        "counts": [
            {"word": STATUSES.get(key, _("not recorded")), "count": count}
            for key, count in facts["counts"].items()
        ],
        "commitments": [_commitment(one, notes) for one in facts["commitments"]],
    }


def _commitment(one: dict[str, Any], notes: dict[str, Any]) -> dict[str, Any]:
    progress = one["progress"] or {}
    note = notes.get(str(one["number"]))
    return {
        **one,
        "title": Text.of(one["title"]),
        "level": LEVELS[progress["level"]] if progress.get("level") else "",
        "done": progress.get("done"),
        "all": progress.get("milestones"),
        "steps": [_step(step) for step in one["steps"]],
        "review": codes_for_page(one["review"]),
        "note": Text.of(note) if note else None,
    }


def _step(step: dict[str, Any]) -> dict[str, Any]:
    return {
        **step,
        "title": Text.of(step["title"]),
        "text": Text.of(step["text"]) if step["text"] else None,
        "reason": Text.of(step["reason"]) if step["reason"] else None,
        "state_word": STATUSES[step["status"]] if step["status"] else "",
        "cause_word": CAUSES[step["cause"]] if step["cause"] else "",
    }
