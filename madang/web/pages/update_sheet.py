"""The same as `/u/<token>/`, as a spreadsheet: out with every open step of a body, back with its
updates, shown row by row before anything is posted.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from madang.drafting.models import Commitment
from madang.foundation.refusals import NotFound, NotNow, NotValid, Refusal
from madang.foundation.sheets import XLSX, Column, locked_sheet
from madang.foundation.tables import Row, one_line, plain_word, rows_of_file
from madang.letters.focal import FocalLink
from madang.members.models import Agency, Forum
from madang.monitoring.actions.update import Entry, post_update
from madang.monitoring.models import ReportingPeriod, UpdateSheet
from madang.monitoring.reading import asked_of, find_period, last_of, standing_of
from madang.monitoring.rules.sheet import SHEET, SheetLine, read_updates, stood
from madang.monitoring.rules.updating import Update, check_update
from madang.monitoring.rules.words import Cause
from madang.monitoring.words import CAUSES, CHOICES, STATUSES
from madang.web.pages.update import update_link
from madang.web.sentences import sentence
from madang.web.typed import moment_of


def out(request: Any, token: str) -> HttpResponse:
    """Every step that the body has to tell of, over all its commitments."""
    link = update_link(request, token)
    steps = _steps(link, _period(link))
    language = translation.get_language() or "ko"
    columns = [
        Column(pgettext("column", "Number"), 10),
        Column(pgettext("column", "Title"), 44),
        Column(_("Due"), 14),
        Column(pgettext("column", "State"), 16, True, list(map(str, CHOICES.values()))),
        Column(pgettext("column", "What was done"), 60, True),
        Column(pgettext("column", "Link"), 40, True),
        Column(pgettext("column", "New date"), 14, True),
        Column(pgettext("column", "Cause"), 24, True, list(map(str, CAUSES.values()))),
        Column(pgettext("column", "Reason"), 40, True),
        Column(pgettext("column", "Done on"), 14, True),
        # Locked: by it the sheet knows what was said since it was taken.
        Column(pgettext("column", "As of"), 16),
    ]
    today = timezone.localdate(moment_of(request))
    rows = [
        [
            label,
            step.title.say(language).words,
            standing_of(step, today).due or "",
            *([""] * 7),
            _stood(step, today),
        ]
        for label, step in steps.items()
    ]
    content = locked_sheet(_("Updates"), columns, rows)
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="updates.xlsx"'
    answer["Cache-Control"] = "no-store"
    return answer


def back(request: Any, token: str) -> HttpResponse:
    """Send it back; nothing is posted before each row was shown."""
    at = moment_of(request)
    link = update_link(request, token)
    period, problem = _period(link), None
    if request.method == "POST":
        try:
            return _act(request, link, period)
        except Refusal as refusal:
            problem = refusal
    found = _kept(request, link, period)
    # What was posted is no longer asked, so its rows are not looked at again.
    waits = found is not None and found.kept_at is None
    steps = _steps(link, period) if found and waits else {}
    lines = _lines(found, steps, at) if found and waits else []
    meanwhile = _meanwhile(found, lines, steps, at) if found else {}
    shown = {
        "token": token,
        "agency": link.focal.agency,
        "period": period,
        "sheet": found,
        "lines": [
            {
                "row": line.row,
                "label": line.label,
                "status": CHOICES.get(line.update.status, "") if line.update else "",
                "cause": CAUSES[Cause(line.update.cause)]
                if line.update and line.update.cause
                else "",
                "update": line.update,
                "problem": sentence(line.problem) if line.problem else "",
                "empty": not line.update and not line.problem,
                "meanwhile": meanwhile.get(line.label) if line.update else None,
            }
            for line in lines
        ],
        "coming": sum(bool(line.update) and line.label not in meanwhile for line in lines),
        "meanwhile": len(meanwhile),
        "refused": sum(line.problem is not None for line in lines),
        "problem": problem and sentence(problem),
    }
    status = problem.status if problem else 200
    return render(request, "web/update_sheet.html", shown, status=status)


def _act(request: Any, link: FocalLink, period: ReportingPeriod) -> HttpResponse:
    here, at = reverse("update.sheet", args=[link.token]), moment_of(request)
    if request.POST.get("step") == "keep":
        found = _kept(request, link, period)
        if found is None:
            raise NotFound("monitoring.no_sheet")
        if found.kept_at is None:
            try:
                _post(found, link, period, at, request.POST)
            except NotNow as problem:
                # Pressed twice at once: it was posted once, and this is its receipt.
                if problem.code != "monitoring.posted_before":
                    raise
        return HttpResponseRedirect(f"{here}?sheet={found.pk}")
    chosen = request.FILES.get("file")
    if chosen is None:
        raise NotValid("foundation.file_empty", field="file")
    if chosen.size > SHEET.bytes:
        most = SHEET.bytes // 1024**2
        raise NotValid("foundation.file_too_large", most=most, field="file")
    rows, steps = rows_of_file(chosen.read(), SHEET), _steps(link, period)
    kept = UpdateSheet.objects.create(
        period=period,
        holder=link.focal.holder,
        name=one_line(str(chosen.name or "").replace("\x00", ""))[:200],
        lines=[{"number": row.number, "cells": dict(row.cells)} for row in rows],
        seen={label: _stood(step, timezone.localdate(at)) for label, step in steps.items()},
        made_at=at,
    )
    return HttpResponseRedirect(f"{here}?sheet={kept.pk}")


def _post(
    found: UpdateSheet, link: FocalLink, period: ReportingPeriod, at: Any, chosen: QueryDict
) -> None:
    """Post what can be posted, each commitment's updates as one act, all or nothing.

    Of what was changed meanwhile only what was ticked, on what its page showed then.
    """
    steps, today = _steps(link, period), timezone.localdate(at)
    ticked = dict(one.partition(" ")[::2] for one in chosen.getlist("over")[: SHEET.rows])
    left = set(chosen.getlist("left")[: SHEET.rows]) - set(ticked)
    languages = Forum.objects.get(pk=1).languages
    spoken = link.focal.language if link.focal.language in languages else languages[0]
    entries: dict[int, list[Entry]] = {}
    for line in _lines(found, steps, at):
        if line.update and line.label not in left:
            step = steps[line.label]
            if ticked.get(line.label, _base(found, line)) != _stood(step, today):
                raise NotNow("monitoring.changed_meanwhile", step=line.label)
            entry = Entry(line.label, line.update, _newest(step))
            entries.setdefault(step.commitment_id, []).append(entry)
    if not entries:
        raise NotValid("monitoring.nothing_told")
    with transaction.atomic():
        for commitment in Commitment.objects.filter(pk__in=entries).select_related("plan"):
            post_update(
                commitment,
                entries=entries[commitment.pk],
                period=period,
                language=spoken,
                nonce=f"sheet-{found.pk}",
                by=link.actor,
                at=at,
            )
        UpdateSheet.objects.filter(pk=found.pk).update(kept_at=at)


def _period(link: FocalLink) -> ReportingPeriod:
    plan, _commitment, number = link.task.removeprefix("update:").split("-")
    return find_period(int(plan), int(number))


def _steps(link: FocalLink, period: ReportingPeriod) -> dict[str, Any]:
    """The open steps of the body and its divisions, by their labels."""
    units = Agency.objects.filter(parent=link.focal.agency).values_list("slug", flat=True)
    mine = {link.focal.agency.slug, *units}
    asked = asked_of(period.plan, None)
    return {
        step.label: step for (slug, _n), steps in asked.items() if slug in mine for step in steps
    }


def _newest(step: Any) -> int:
    """The number of the newest report of a step; 0 where there is none."""
    last = last_of(step)
    return last.number if last else 0


def _stood(step: Any, today: date) -> str:
    return stood(_newest(step), standing_of(step, today).due)


def _base(found: UpdateSheet, line: SheetLine) -> str:
    """How the step of a row stood for its writer: when the sheet was taken, else when it came back."""
    return line.base or str(found.seen.get(line.label, ""))


def _meanwhile(
    found: UpdateSheet, lines: list[SheetLine], steps: dict[str, Any], at: datetime
) -> dict[str, dict[str, Any]]:
    """The rows whose steps stand otherwise than their writer saw, with what was changed and when."""
    today, changed = timezone.localdate(at), {}
    for line in lines:
        step = steps[line.label] if line.update else None
        if step is None or _base(found, line) == (now := _stood(step, today)):
            continue
        said, last = standing_of(step, today), last_of(step)
        days = [last.said_on] if last else []
        days += [one.on for one in step.amended]
        changed[line.label] = {
            "stood": now,
            "on": max(filter(None, days), default=None),
            "status": STATUSES[said.known] if said.known else "",
            "due": said.due,
        }
    return changed


def _kept(request: Any, link: FocalLink, period: ReportingPeriod) -> UpdateSheet | None:
    number = (request.POST.get("sheet") or request.GET.get("sheet") or "")[:12]
    if not (number.isascii() and number.isdigit()):
        return None
    rows = UpdateSheet.objects.filter(holder=link.focal.holder, period=period)
    return rows.filter(pk=int(number)).first()


def _lines(found: UpdateSheet, steps: dict[str, Any], at: datetime) -> list[SheetLine]:
    today = timezone.localdate(at)

    def check(label: str, update: Update) -> None:
        if label not in steps:
            raise NotValid("monitoring.row_no_step", value=label[:40])
        check_update(update, standing_of(steps[label], today), today=today)

    rows = [Row(line["number"], line["cells"]) for line in found.lines]
    return list(read_updates(rows, statuses=_words(CHOICES), causes=_words(CAUSES), check=check))


def _words(among: Mapping[Any, Any]) -> dict[str, str]:
    """The keys by what they are called in either language."""
    found: dict[str, str] = {}
    for language in ("ko", "en"):
        with translation.override(language):
            found |= {plain_word(str(words)): str(key) for key, words in among.items()}
    return found
