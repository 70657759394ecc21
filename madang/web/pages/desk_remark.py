"""`/desk/remarks/7/`: a comment on a milestone or a report, its moderation, its answer."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.calls.hiding import officer
from madang.calls.rules.personal import personal_data
from madang.calls.rules.proposing import whole_text
from madang.calls.words import HIDDEN_FOR, PERSONAL
from madang.foundation.refusals import NotValid, Refusal
from madang.monitoring.actions.comment import (
    answer_remark,
    ask_remark_hiding,
    confirm_remark_hiding,
    publish_remark,
    refuse_remark_hiding,
    restore_remark,
    waiting,
)
from madang.monitoring.models import Remark, RemarkModeration
from madang.monitoring.remarks import find_remark
from madang.monitoring.rules.assessing import AssessmentState
from madang.monitoring.rules.commenting import FROM
from madang.monitoring.words import COMMENT_STATES
from madang.web.pages.acting import act_and_show
from madang.web.pages.two_tongues import Values, all_typed, field, put, text_of, where
from madang.web.sentences import sentence
from madang.web.typed import moment_of

LONGEST = 8_000


def remark(request: Any, key: int) -> HttpResponse:
    """One comment with all its words, and the steps that can be taken now."""
    find_remark(key)
    return act_and_show(
        request,
        lambda: _act(request, find_remark(key)),
        lambda problem: _page(request, find_remark(key), problem),
    )


def _act(request: Any, row: Remark) -> None:
    by, at = request.actor, moment_of(request)
    match request.POST.get("step"):
        case "publish":
            publish_remark(row, by=by, at=at)
        case "hide":
            reason = request.POST.get("reason", "")[:40]
            ask_remark_hiding(row, reason=reason, note=_note(request), by=by, at=at)
        case "confirm":
            confirm_remark_hiding(row, by=by, at=at)
        case "refuse":
            refuse_remark_hiding(row, by=by, at=at)
        case "restore":
            restore_remark(row, note=_note(request), by=by, at=at)
        case "answer":
            answer = text_of(all_typed(request), "answer", request.forum.languages)
            answer_remark(row, answer=answer, by=by, at=at)
        case _:
            raise NotValid("web.nothing_chosen")


def _note(request: Any) -> str:
    return whole_text(request.POST.get("note", "")[:LONGEST].replace("\x00", ""))


def _page(request: Any, row: Remark, problem: Refusal | None) -> HttpResponse:
    asked, step = waiting(row), request.POST.get("step", "")
    languages = list(request.forum.languages)
    values: Values = all_typed(request)
    if step != "answer":
        put(values, "answer", row.answer.words if row.answer else None, languages)
    shown = {
        "row": row,
        "over": _about(row),
        "page_of": _page_of(row),
        "state_words": COMMENT_STATES[row.state],
        "may": {key: row.state in states for key, states in FROM.items()} if not asked else {},
        "may_answer": row.assessment is not None
        and row.assessment.state != AssessmentState.PUBLISHED,
        "asked": asked,
        "asked_words": HIDDEN_FOR.get(asked.reason or "", "") if asked else "",
        "mine": bool(asked and asked.first == officer(request.actor)),
        "found": [(PERSONAL[one.kind], one.words) for one in personal_data(row.text, row.name)],
        "steps": [
            (one, COMMENT_STATES[one.state], HIDDEN_FOR.get(one.reason or ""))
            for one in RemarkModeration.objects.filter(remark=row, done_at__isnull=False)
        ],
        "reasons": list(HIDDEN_FOR.items()),
        "given_reason": request.POST.get("reason", ""),
        "answer": field("answer", _("The answer"), values, languages, rows=4, problem=problem),
        "note": request.POST.get("note", "")[:LONGEST].replace("\x00", ""),
        "given_step": step,
        "problem": problem and sentence(problem),
        "where": where(problem, f"step-{step}"[:20]),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_remark.html", shown, status=status)


def _about(row: Remark) -> str:
    if row.assessment:
        label = f"{row.assessment.plan.number}-{row.assessment.number}"
        return str(_("Self-assessment %(label)s") % {"label": label})
    assert row.milestone
    label = f"{row.milestone.commitment.plan.number}-{row.milestone.label}"
    return str(_("Milestone %(label)s") % {"label": label})


def _page_of(row: Remark) -> str:
    if row.assessment:
        args: list[Any] = [row.assessment.plan.number, row.assessment.number]
        return reverse("plan.assessment", args=args) + "#comments"
    assert row.milestone
    found = row.milestone.commitment
    args = [found.plan.number, found.number, row.milestone.label]
    return reverse("milestone", args=args) + "#comments"
