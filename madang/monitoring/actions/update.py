"""Post an update on a commitment's milestones, correct it within ten minutes, translate it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Max
from django.utils import timezone

from madang.documents.keeping import Kept, keep_evidence
from madang.documents.models import Document
from madang.drafting.models import Commitment
from madang.foundation.actors import Actor, Role
from madang.foundation.dates import PartialDate
from madang.foundation.refusals import NotAllowed, NotFound, NotNow, NotValid, Refusal
from madang.foundation.texts import Kind, Text
from madang.members.models import Agency
from madang.monitoring.models import Evidence, MilestoneReport, ReportingPeriod, milestone_ref
from madang.monitoring.reading import (
    bodies_of,
    last_of,
    report_parts,
    reports_digest,
    standing_of,
    steps_of,
)
from madang.monitoring.rules.permissions import MAY
from madang.monitoring.rules.updating import (
    MOST_TEXT,
    UNCHANGED,
    Update,
    check_can_correct,
    check_update,
)
from madang.monitoring.rules.words import MilestoneStatus
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True)
class Entry:
    """What is said of one milestone; `base` is the number of the newest report its writer saw."""

    label: str
    update: Update
    base: int = 0
    files: tuple[Kept, ...] = ()


@dataclass(frozen=True, kw_only=True)
class UpdatePosted(Event):
    """A body told where milestones of a commitment stand.

    `steps` names each with its report's number, status and, where it was moved, both dates.
    """

    KIND: ClassVar[str] = "update.posted"
    ASIDE: ClassVar[frozenset[str]] = frozenset({"reports"})

    period: str | None
    steps: list[dict[str, Any]]
    corrected: bool
    sha256: str
    reports: list[MilestoneReport] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class UpdateTranslated(Event):
    """An update was translated; the original stays as it is."""

    KIND: ClassVar[str] = "update.translated"

    language: str
    sha256: str
    part: str = "text"


@action("update.post", may=MAY)
def post_update(
    commitment: Commitment,
    *,
    entries: Sequence[Entry],
    period: ReportingPeriod | None,
    language: str,
    nonce: str,
    correcting: bool = False,
    by: Actor,
    at: datetime,
) -> UpdatePosted:
    """Tell where milestones stand. With `correcting`, the reports of ten minutes ago are replaced.

    Raises NotNow: monitoring.period_closed, monitoring.posted_before, monitoring.plan_not_decided,
    monitoring.changed_meanwhile, monitoring.too_late_to_correct. Raises NotAllowed:
    monitoring.not_your_step. Raises NotFound: monitoring.no_milestone. Raises NotValid:
    monitoring.nothing_told, and what `check_update` raises, each with the milestone it is about.
    """
    if commitment.plan.is_draft or commitment.plan.withdrawn_at or commitment.withdrawn_at:
        raise NotNow("monitoring.plan_not_decided")
    _check_open(commitment, period)
    if not entries:
        raise NotValid("monitoring.nothing_told", field="status")
    if MilestoneReport.objects.filter(milestone__commitment=commitment, nonce=nonce).exists():
        raise NotNow("monitoring.posted_before")
    steps = {step.label: step for step in steps_of(commitment)}
    bodies = bodies_of(steps.values(), list(commitment.leads.select_related("agency")))
    made = []
    for entry in entries:
        try:
            step = _step(entry, steps)
            _check_answers(by, step, bodies)
            made.append(_post(step, entry, period, language, nonce, correcting, by, at))
        except Refusal as problem:
            # Of several milestones on one page, the one that a sentence is about.
            problem.facts.setdefault("step", entry.label)
            raise
    return UpdatePosted(
        about=commitment.ref,
        period=f"{period.plan.number}-{period.number}" if period else None,
        steps=[_told(report) for report, _evidence in made],
        corrected=correcting,
        sha256=reports_digest([report_parts(*one) for one in made]),
        reports=[report for report, _evidence in made],
    )


def _check_open(commitment: Commitment, period: ReportingPeriod | None) -> None:
    if period is None:
        return
    assert period.plan_id == commitment.plan_id
    fresh = ReportingPeriod.objects.get(pk=period.pk)
    if fresh.asked_at is None:
        raise NotNow("monitoring.not_asked")
    if fresh.closed_at:
        day = PartialDate(timezone.localdate(fresh.closed_at).isoformat())
        raise NotNow("monitoring.period_closed", day=day)


def _step(entry: Entry, steps: dict[str, Any]) -> Any:
    if entry.label not in steps:
        raise NotFound("monitoring.no_milestone")
    return steps[entry.label]


def _check_answers(by: Actor, step: Any, bodies: dict[int, str]) -> None:
    """A body answers for its own milestones and for those of its divisions."""
    if by.has(Role.SECRETARIAT):
        return
    slug = bodies.get(step.pk)
    mother = Agency.objects.filter(slug=slug).values_list("parent__slug", flat=True).first()
    if by.agency not in (slug, mother) or not by.agency:
        raise NotAllowed("monitoring.not_your_step")


def _post(
    step: Any,
    entry: Entry,
    period: ReportingPeriod | None,
    language: str,
    nonce: str,
    correcting: bool,
    by: Actor,
    at: datetime,
) -> tuple[MilestoneReport, list[Evidence]]:
    last = last_of(step)
    if (last.number if last else 0) != entry.base:
        raise NotNow("monitoring.changed_meanwhile")
    corrects = _corrected(last, by, at) if correcting else None
    if corrects:
        # What is corrected is weighed as if it had not been said.
        step.told.pop()
    today, update = timezone.localdate(at), entry.update
    now = standing_of(step, today)
    kept = _files_of(corrects) if corrects and not entry.files else []
    check_update(update, now, today=today, files=len(entry.files) + len(kept))
    before = last_of(step)
    numbers = MilestoneReport.objects.filter(milestone=step).aggregate(most=Max("number"))
    report = MilestoneReport.objects.create(
        milestone=step,
        number=(numbers["most"] or 0) + 1,
        said_on=today.isoformat(),
        text=Text({language: update.text}) if update.text else None,
        language=language,
        old_due=now.due,
        reported_by=by.label,
        period=period,
        made_at=at,
        corrects=corrects,
        nonce=nonce,
        **_values(update, now.known, before, language, today.isoformat()),
    )
    return report, _keep_evidence(report, entry, kept, at)


def _corrected(last: MilestoneReport | None, by: Actor, at: datetime) -> MilestoneReport:
    if last is None or last.reported_by != by.label:
        raise NotNow("monitoring.nothing_to_correct")
    check_can_correct(last.made_at, at)
    return last


def _values(
    update: Update,
    known: MilestoneStatus | None,
    before: MilestoneReport | None,
    language: str,
    today: str,
) -> dict[str, Any]:
    """What a report says beside its words. "Unchanged" says again what was said last."""
    if update.status == UNCHANGED:
        assert known
        earlier = _last_said(before)
        kept = {"cause": earlier.cause, "done_on": earlier.done_on} if earlier else {}
        reason = earlier.reason if earlier else None
        return {"status": known, "reason": reason, **kept}
    late = update.status in (MilestoneStatus.LATE, MilestoneStatus.STOPPED)
    done = update.status == MilestoneStatus.DONE
    return {
        "status": update.status,
        "done_on": (update.done_on or today) if done else None,
        "new_due": update.new_due if update.status == MilestoneStatus.LATE else None,
        "cause": update.cause if late else None,
        "reason": Text({language: update.reason}) if late and update.reason else None,
    }


def _last_said(before: MilestoneReport | None) -> MilestoneReport | None:
    if before is None or before.status != MilestoneStatus.NO_WORD:
        return before
    rows = MilestoneReport.objects.counting().filter(milestone=before.milestone)
    return rows.exclude(status=MilestoneStatus.NO_WORD).order_by("number").last()


def _files_of(report: MilestoneReport) -> list[Document]:
    """What was handed in with a report. Who corrects it need not choose the files again."""
    return [one.document for one in report.evidence.select_related("document") if one.document]


def _keep_evidence(
    report: MilestoneReport, entry: Entry, kept: list[Document], at: datetime
) -> list[Evidence]:
    about, number = milestone_ref(report.milestone), report.milestone.label
    links = [Evidence(report=report, url=link) for link in entry.update.links]
    files = [
        Evidence(report=report, document=keep_evidence(file, number=number, about=about, at=at))
        for file in entry.files
    ]
    found = [*links, *files, *(Evidence(report=report, document=one) for one in kept)]
    for position, one in enumerate(found):
        one.position = position
        one.save()
    return found


def _told(report: MilestoneReport) -> dict[str, Any]:
    moved = {"old": report.old_due, "new": report.new_due} if report.new_due else {}
    step = {"label": report.milestone.label, "number": report.number, "status": report.status}
    return {**step, **moved}


TRANSLATED = ("text", "reason")
"""What of an update is words of its body's own, in one language."""


@action("update.translate", may=MAY)
def translate_update(
    report: MilestoneReport,
    *,
    language: str,
    words: str,
    part: str = "text",
    by: Actor,
    at: datetime,
) -> UpdateTranslated:
    """Give an update its words in another language; a working translation may be written over.

    `part` is `text` or `reason`, one of `TRANSLATED`.

    Raises NotValid: monitoring.nothing_to_translate, monitoring.text_missing,
    monitoring.text_long.
    """
    kept = getattr(report, part) if part in TRANSLATED else None
    if kept is None or language == report.language:
        raise NotValid("monitoring.nothing_to_translate")
    if not words:
        raise NotValid("monitoring.text_missing", field="words")
    if len(words) > 3 * MOST_TEXT:
        # Other languages need more letters for the same thing.
        raise NotValid("monitoring.text_long", most=3 * MOST_TEXT, now=len(words), field="words")
    said = Text({**kept.words, language: words}, {**kept.kinds, language: Kind.WORKING})
    setattr(report, part, said)
    report.save(update_fields=[part])
    return UpdateTranslated(
        about=report.ref,
        language=language,
        sha256=reports_digest([{language: words}]),
        part=part,
    )
