"""A list of proposals made elsewhere: sent, read row by row, shown, and kept once confirmed."""

from math import ceil
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.calls.importing import (
    ADDED,
    TOLD,
    begin_list,
    cancel_list,
    confirm_list,
    fresh,
    line_of,
)
from madang.calls.models import ImportedList, ImportedRow, ImportState
from madang.calls.rules.importing import (
    ATTENTION,
    NEW,
    PLATFORM_MOST,
    REFUSED,
    SAME,
    SHAPE,
    STATES,
    Line,
    Note,
)
from madang.foundation.refusals import NotFound, NotValid, Refusal
from madang.planning.models import Plan
from madang.web.sentences import SENTENCES, sentence
from madang.web.typed import moment_of, typed

PAGE = 50
MOST_PASTED = 400_000
"""The most characters of pasted rows; more come as a file."""
ROW_STATES = {
    NEW: _("new"),
    SAME: _("here already"),
    ATTENTION: _("needs attention"),
    REFUSED: _("can’t be taken"),
}
LIST_STATES = {
    ImportState.READING: _("The file is being read"),
    ImportState.CHECKING: _("The rows are being checked"),
    ImportState.READY: _("Nothing is kept yet"),
    ImportState.KEEPING: _("The proposals are being kept"),
    ImportState.DONE: _("The list was taken over"),
    ImportState.CANCELLED: _("The list was cancelled; nothing of it was kept"),
    ImportState.FAILED: _("The list could not be taken over; nothing of it was kept"),
}


HALF_WAY = _(
    "The list was not taken over to its end. What was added stays; send the list again, and it "
    "goes on there."
)
STOPPED = _("The list was stopped; what was added stays")


def _stands(found: ImportedList) -> Any:
    """How a list stands, in words."""
    if found.state == ImportState.FAILED and found.counts.get(ADDED):
        return HALF_WAY
    if found.state == ImportState.CANCELLED and ADDED in found.counts:
        return STOPPED
    return LIST_STATES[ImportState(found.state)]


def start(request: Any) -> HttpResponse:
    """Send a list; before it the lists of the last days, each with where it stands."""
    if request.method != "POST":
        return _start_page(request)
    try:
        plan = _chosen_plan(request)
        name, content = _sent(request)
        platform = typed(request, "platform", most=PLATFORM_MOST)
        made = begin_list(
            plan,
            name=name,
            content=content,
            platform=" ".join(platform.split()),
            account=request.actor.account,
            at=moment_of(request),
        )
    except Refusal as problem:
        return _start_page(request, problem)
    return HttpResponseRedirect(reverse("desk.import.list", args=[made.pk]))


def _plans() -> list[Plan]:
    """The plans that everyone reads of: only there can a proposal be public."""
    everyone = Plan.objects.filter(withdrawn_at=None).order_by("-number")
    return [plan for plan in everyone if not plan.is_hidden]


def _chosen_plan(request: Any) -> Plan:
    """Raises NotValid: web.nothing_chosen."""
    given = request.POST.get("plan", "")
    found = next((plan for plan in _plans() if str(plan.number) == given), None)
    if found is None:
        raise NotValid("web.nothing_chosen", field="plan")
    return found


def _sent(request: Any) -> tuple[str, bytes]:
    """Raises NotValid: foundation.file_too_large, web.too_much, web.unreadable."""
    if upload := request.FILES.get("file"):
        if upload.size > SHAPE.bytes:
            most = SHAPE.bytes // 1024**2
            raise NotValid("foundation.file_too_large", most=most, field="file")
        return str(upload.name), upload.read()
    rows = str(request.POST.get("rows", ""))
    if len(rows) > MOST_PASTED:
        raise NotValid("web.too_much", most=MOST_PASTED, field="rows")
    return str(_("pasted rows")), rows.encode("utf-8", "replace")


def _start_page(request: Any, problem: Refusal | None = None) -> HttpResponse:
    lists = ImportedList.objects.select_related("plan").defer("content")[:20]
    shown = {
        "plans": _plans(),
        "chosen": request.POST.get("plan") or request.GET.get("plan", ""),
        "platform": request.POST.get("platform", "")[:PLATFORM_MOST],
        "rows": request.POST.get("rows", "")[:MOST_PASTED],
        "lists": [(one, _stands(one)) for one in lists],
        "most": SHAPE.bytes // 1024**2,
        "most_rows": SHAPE.rows,
        "problem": problem and sentence(problem),
        "where": problem.facts.get("field", "file") if problem else "",
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_import.html", shown, status=status)


def one(request: Any, number: int) -> HttpResponse:
    """One list: how far it is, what becomes of each row, and the two buttons."""
    found = ImportedList.objects.defer("content").filter(pk=number).first()
    if found is None:
        raise NotFound("calls.no_list", nearest=[reverse("desk.import")])
    problem = None
    if request.method == "POST":
        try:
            _press(request, found)
            return HttpResponseRedirect(reverse("desk.import.list", args=[number]))
        except Refusal as refusal:
            problem = refusal
    return _list_page(request, fresh(found), problem)


def _press(request: Any, found: ImportedList) -> None:
    """Raises NotNow: calls.list_moved_on; NotValid: web.nothing_chosen."""
    match request.POST.get("step"):
        case "keep":
            confirm_list(found, moment_of(request))
        case "cancel":
            cancel_list(found, moment_of(request))
        case _:
            raise NotValid("web.nothing_chosen")


def _list_page(request: Any, found: ImportedList, problem: Refusal | None = None) -> HttpResponse:
    chosen = request.GET.get("state", "")
    chosen = chosen if chosen in STATES else ""
    counts = {state: found.counts.get(state, 0) for state in STATES}
    shown_count = counts[chosen] if chosen else sum(counts.values())
    last = max(1, ceil(shown_count / PAGE))
    page = _page_of(request, last)
    shown = {
        "found": found,
        "plan": found.plan,
        "state": found.state,
        "state_words": _stands(found),
        "begun": ADDED in found.counts,
        "working": found.busy_until > moment_of(request),
        "totals": [(key, ROW_STATES[key], counts[key], key == chosen) for key in STATES],
        "counts": {key: counts[key] for key in TOLD},
        "coming": counts[NEW] + counts[ATTENTION],
        "lines": [_shown(kept) for kept in _rows(found, chosen, page)],
        "chosen": chosen,
        "page": page,
        "last": last,
        "added": found.counts.get(ADDED, 0),
        "trouble": _trouble(found),
        "problem": problem and sentence(problem),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_import_list.html", shown, status=status)


def _page_of(request: Any, last: int) -> int:
    given = request.GET.get("page", "1")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 1
    return min(max(1, number), last)


def _rows(found: ImportedList, chosen: str, page: int) -> list[ImportedRow]:
    """A page of the rows: what needs mending comes first, unless one kind was chosen."""
    if found.state == ImportState.CANCELLED:
        return []
    skip, left, rows = (page - 1) * PAGE, PAGE, []
    for state in (chosen,) if chosen else STATES:
        count = found.counts.get(state, 0)
        if skip < count and left:
            these = ImportedRow.objects.filter(list=found, state=state)
            rows += list(these[skip : skip + left])
            left = PAGE - len(rows)
        skip = max(0, skip - count)
    return rows


def _shown(row: ImportedRow) -> dict[str, Any]:
    line: Line = line_of(row.line or {})
    return {
        "number": line.number,
        "title": line.words.title if line.words else "",
        "start": line.words.text[:160] if line.words else "",
        "language": line.words.language if line.words else "",
        "line": line,
        "warned": line.state in (REFUSED, ATTENTION),
        "state": ROW_STATES[line.state],
        "notes": [say(note) for note in line.notes],
    }


def say(note: Note) -> str:
    """A note in the reader's language."""
    return str(SENTENCES[note.code]) % note.facts


def _trouble(found: ImportedList) -> str:
    if not found.problem:
        return ""
    return str(SENTENCES[found.problem["code"]]) % found.problem["facts"]
