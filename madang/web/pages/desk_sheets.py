"""The reply sheet: out to whoever answers as .xlsx, and back in after every row was seen."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from madang.calls.actions.answer import write_replies
from madang.calls.models import Proposal, Reply, ReplySheet
from madang.calls.replying import (
    closed_numbers,
    sheet_known,
    waiting_replies,
    written_digest,
    written_drafts,
)
from madang.calls.rules.importing import ATTENTION, NEW, REFUSED, SAME, Note
from madang.calls.rules.proposing import one_line
from madang.calls.rules.replying import (
    EMPTY,
    SHEET,
    SHEET_STATES,
    Answer,
    Draft,
    SheetLine,
    beside,
    read_sheet,
)
from madang.calls.rules.words import ProposalState
from madang.calls.sheets import sheet_of
from madang.calls.words import NOT_IN_PLAN, OUTCOMES
from madang.drafting.models import GrownFrom
from madang.foundation.refusals import NotFound, NotValid, Refusal
from madang.foundation.tables import rows_of_file, rows_of_text
from madang.foundation.texts import Text
from madang.members.models import Agency
from madang.planning.models import Plan
from madang.web.pages.desk_import import MOST_PASTED, say
from madang.web.pages.desk_replies import _link, _subjects, area_of, find_plan
from madang.web.sentences import sentence
from madang.web.typed import moment_of, typed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 200
STATES = {
    NEW: _("new answer"),
    SAME: _("written already"),
    ATTENTION: _("takes the place of another"),
    REFUSED: _("can’t be taken"),
    EMPTY: _("no answer yet"),
}


def out(request: Any) -> HttpResponse:
    """The sheet of all that wait, or of one area, for the body that answers."""
    plan = find_plan(request)
    language = get_language() or "ko"
    agency = Agency.objects.filter(slug=request.GET.get("agency", "")[:60]).first()
    rows = Proposal.objects.filter(plan=plan, outcome=None).exclude(state=ProposalState.WITHDRAWN)
    asked = Proposal.objects.filter(plan=plan, reexamination__isnull=False).exclude(
        pk__in=Reply.objects.filter(round=2, published_at__isnull=False).values("proposal")
    )
    rows = (rows | asked).distinct()
    if area := request.GET.get("area", ""):
        rows = rows.filter(area=area_of(plan, area))
    if agency and request.GET.get("whose") == "own":
        rows = rows.filter(_of_the_body(agency))
    content = sheet_of(
        rows.select_related("plan", "area").defer("features").order_by("number"),
        written={one.proposal.number: one for one in waiting_replies(plan)},
        agencies=[one.name.say(language).words for one in Agency.objects.all()],
        agency=agency.name.say(language).words if agency else "",
        language=language,
    )
    name = f"replies-{plan.number}{f'-{agency.slug}' if agency else ''}.xlsx"
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _of_the_body(agency: Agency) -> Q:
    """That a proposal is a body's to answer: its candidate became a commitment that the body leads,
    or the body was named in the answer that is written, or before it was asked again."""
    threads = GrownFrom.objects.filter(ended_at=None, commitment__withdrawn_at=None)
    led = threads.filter(commitment__leads__agency=agency).values("candidate")
    return Q(placement__candidate__in=led) | Q(replies__agency=agency)


def back(request: Any) -> HttpResponse:
    """Send a sheet back; nothing is kept of it before its rows were seen."""
    plan = find_plan(request)
    if request.method != "POST":
        return _start_page(request, plan)
    agency = Agency.objects.filter(slug=request.POST.get("agency", "")[:60]).first()
    try:
        name, rows = _sent(request)
        known = sheet_known(
            plan, subjects=dict(_subjects(plan)), agency=agency.slug if agency else ""
        )
        lines = list(read_sheet(rows, known))
    except Refusal as problem:
        return _start_page(request, plan, problem)
    kept = ReplySheet.objects.create(
        plan=plan,
        agency=agency.slug if agency else "",
        name=one_line(name)[:200],
        lines=[_kept(line) for line in lines],
        made_at=moment_of(request),
    )
    return HttpResponseRedirect(reverse("desk.sheet", args=[kept.pk]))


def _sent(request: Any) -> tuple[str, Any]:
    if upload := request.FILES.get("file"):
        if upload.size > SHEET.bytes:
            most = SHEET.bytes // 1024**2
            raise NotValid("foundation.file_too_large", most=most, field="file")
        return str(upload.name), rows_of_file(upload.read(), SHEET)
    text = str(request.POST.get("rows", ""))
    if len(text) > MOST_PASTED:
        raise NotValid("web.too_much", most=MOST_PASTED, field="rows")
    return str(_("pasted rows")), rows_of_text(text, SHEET)


def _start_page(request: Any, plan: Plan, problem: Refusal | None = None) -> HttpResponse:
    shown = {
        "plan": plan,
        "agencies": Agency.objects.all(),
        "areas": plan.areas.all(),
        "agency": request.POST.get("agency", ""),
        "rows": request.POST.get("rows", "")[:MOST_PASTED],
        "sheets": ReplySheet.objects.filter(plan=plan).defer("lines")[:20],
        "problem": problem and sentence(problem),
        "where": problem.facts.get("field", "file") if problem else "",
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_reply_sheets.html", shown, status=status)


def sheet(request: Any, number: int) -> HttpResponse:
    """A sheet that came back: what becomes of each row, and the button that writes the answers."""
    found = ReplySheet.objects.select_related("plan").filter(pk=number).first()
    if found is None:
        raise NotFound("calls.no_sheet", nearest=[reverse("desk.replies")])
    lines, written = [_line(kept) for kept in found.lines], written_drafts(found.plan)
    if not found.kept_at:
        # Since the sheet came back another may have written, or an author withdrawn.
        closed = closed_numbers(found.plan)
        lines = [beside(line, written, closed) for line in lines]
    problem = None
    if request.method == "POST":
        try:
            _keep(request, found, lines)
            return HttpResponseRedirect(_link(found.plan, {"wait": "written"}))
        except Refusal as refusal:
            problem = refusal
    counts = {state: sum(line.state == state for line in lines) for state in SHEET_STATES}
    ordered = sorted(lines, key=lambda line: SHEET_STATES.index(line.state))
    shown = {
        "plan": found.plan,
        "sheet": found,
        "totals": [(STATES[state], counts[state]) for state in SHEET_STATES if counts[state]],
        "coming": counts[NEW] + counts[ATTENTION],
        "base": written_digest(found.plan, [draft.number for draft in _coming(lines)]),
        "lines": [_shown(line, written) for line in ordered[:MOST_SHOWN]],
        "more": max(0, len(ordered) - MOST_SHOWN),
        "problem": problem and sentence(problem),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_reply_sheet.html", shown, status=status)


def _keep(request: Any, found: ReplySheet, lines: list[SheetLine]) -> None:
    if not found.kept_at:
        at, base = moment_of(request), typed(request, "base")
        write_replies(found.plan, drafts=_coming(lines), base=base, by=request.actor, at=at)
        ReplySheet.objects.filter(pk=found.pk).update(kept_at=at)


def _coming(lines: list[SheetLine]) -> list[Draft]:
    return [line.draft for line in lines if line.draft and line.state in (NEW, ATTENTION)]


def _shown(line: SheetLine, written: Mapping[int, Draft]) -> dict[str, Any]:
    answer = line.draft.answer if line.draft else None
    before = line.state == ATTENTION and line.number and written.get(line.number)
    return {
        "before": before and before.answer,
        "before_outcome": OUTCOMES[before.answer.outcome] if before else "",
        "row": line.row,
        "number": line.number,
        "state": STATES[line.state],
        "warned": line.state in (REFUSED, ATTENTION),
        "notes": [say(note) for note in line.notes],
        "answer": answer,
        "line": line.draft.line if line.draft else "",
        "outcome": OUTCOMES[answer.outcome] if answer else "",
        "reason": NOT_IN_PLAN[answer.reason] if answer and answer.reason else "",
    }


def _kept(line: SheetLine) -> dict[str, Any]:
    draft = line.draft
    return {
        "row": line.row,
        "state": line.state,
        "number": line.number,
        "notes": [asdict(note) for note in line.notes],
        "draft": draft
        and {
            "line": draft.line,
            "answer": {**vars(draft.answer), "text": draft.answer.text.kept()},
        },
    }


def _line(kept: dict[str, Any]) -> SheetLine:
    draft = kept["draft"]
    answer = draft and Answer(**{**draft["answer"], "text": Text.of(draft["answer"]["text"])})
    return SheetLine(
        kept["row"],
        kept["state"],
        Draft(kept["number"], answer, draft["line"]) if draft else None,
        [Note(one["code"], one["facts"]) for one in kept["notes"]],
        kept["number"],
    )
