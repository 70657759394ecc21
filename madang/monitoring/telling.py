"""Letters to those who follow a commitment or its plan: only when something changes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.drafting.models import Commitment
from madang.foundation.actors import Actor
from madang.foundation.answers import said
from madang.foundation.templatetags.madang import spell
from madang.letters.following import tell_followers
from madang.letters.texts import KINDS, Kind
from madang.monitoring.actions.periods import NoWord
from madang.monitoring.models import MilestoneReport
from madang.monitoring.rules.words import Cause, MilestoneStatus
from madang.monitoring.words import CAUSES, STATUSES
from madang.plans.actions.amend import CommitmentAmended
from madang.plans.changing import find_change
from madang.record import log

KINDS["follow.reported"] = Kind(
    subject=gettext_lazy("Commitment %(number)s: %(first)s"),
    body=gettext_lazy(
        "%(title)s\n\n%(lines)s\n\n%(page)s\n\nStop these letters, at one press:\n%(stop)s"
    ),
)
KINDS["follow.amended"] = Kind(
    subject=gettext_lazy("Commitment %(number)s was changed"),
    body=gettext_lazy(
        "%(title)s\n\nBoth co-chairs approved a change of this commitment. The reason:\n\n"
        "%(reason)s\n\nBefore and after, side by side:\n%(page)s\n\n"
        "Stop these letters, at one press:\n%(stop)s"
    ),
)


def tell_reported(event: Any, by: Actor, at: datetime) -> None:
    """Tell followers which milestones of a commitment stand otherwise than before; else nothing."""
    plan, number = _split(event.about)
    row = Commitment.objects.select_related("plan").get(plan__number=plan, number=number)
    _tell_changed(row, [step["label"] for step in event.steps], at)


def tell_silent(event: NoWord, by: Actor, at: datetime) -> None:
    """Tell followers of each commitment of which milestones no word came."""
    plan, _dash, _number = event.about.removeprefix("period:").partition("-")
    said_now = MilestoneReport.objects.filter(
        status=MilestoneStatus.NO_WORD, made_at=at, milestone__commitment__plan__number=int(plan)
    )
    silent: dict[Commitment, list[str]] = {}
    for one in said_now.select_related("milestone__commitment__plan").order_by("pk"):
        silent.setdefault(one.milestone.commitment, []).append(one.milestone.label)
    for row, labels in silent.items():
        _tell_changed(row, labels, at)


def _tell_changed(row: Commitment, labels: Iterable[str], at: datetime) -> None:
    changed = list(_changed(row, labels))
    if not changed:
        return

    def facts() -> dict[str, Any]:
        lines = [_line(report, before) for report, before in changed]
        page = reverse("commitment", args=[row.plan.number, row.number])
        return {
            "number": row.number,
            "title": said(row.title),
            "first": lines[0].partition("\n")[0],
            "lines": "\n\n".join(lines),
            "page": settings.INSTALLATION.address + page,
        }

    why = f"{row.ref}:told:{log.this_entry()}"
    tell_followers([row.ref, row.plan.ref], "follow.reported", why, facts, at)


def tell_amended(event: CommitmentAmended, by: Actor, at: datetime) -> None:
    """Tell followers that a commitment of an adopted plan reads otherwise now."""
    plan, number = _split(event.about)
    row = Commitment.objects.select_related("plan").get(plan__number=plan, number=number)
    change = find_change(row.plan, event.number)

    def facts() -> dict[str, Any]:
        page = reverse("plan.change", args=[plan, event.number])
        return {
            "number": number,
            "title": said(row.title),
            "reason": said(change.reason),
            "page": settings.INSTALLATION.address + page,
        }

    tell_followers([event.about, f"plan:{plan}"], "follow.amended", f"{change.ref}:told", facts, at)


def _split(ref: str) -> tuple[int, int]:
    plan, _dash, number = ref.removeprefix("commitment:").partition("-")
    return int(plan), int(number)


def _changed(
    row: Commitment, labels: Iterable[str]
) -> Iterable[tuple[MilestoneReport, MilestoneReport | None]]:
    """The newest report of each milestone that says something else than the one before it."""
    for label in labels:
        told = MilestoneReport.objects.counting().filter(
            milestone__commitment=row, milestone__label=label
        )
        newest = list(told.select_related("milestone").order_by("-number")[:2])
        if not newest:
            continue
        report, before = newest[0], newest[1] if len(newest) > 1 else None
        if before is None or report.status != before.status or report.new_due:
            yield report, before


def _word(report: MilestoneReport) -> str:
    return str(STATUSES[MilestoneStatus(report.status or "")])


def _line(report: MilestoneReport, before: MilestoneReport | None) -> str:
    """`6.3 Ask everyone: Late (31 May 2028 → 31 August 2028)`, and the cause and reason under it."""
    word = _word(report) if report.status else report.status_as_in_source
    old = _word(before) if before and before.status else ""
    words = f"{report.milestone.label} {said(report.milestone.title)}: "
    words += f"{old} → {word}" if old and old != word else word
    if report.new_due:
        words += f" ({spell(report.old_due) or _('not recorded')} → {spell(report.new_due)})"
    under = [str(CAUSES[Cause(report.cause)])] if report.cause else []
    under += [text for text in (said(report.reason), said(report.text)) if text]
    return "\n".join([words, *under])
