"""Write a commitment: a new one, or a new text of one that is there."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Max
from django.utils import timezone

from madang.drafting.models import Commitment, CommitmentVersion, Lead, Milestone
from madang.drafting.rules.draft import Draft, Step, check_base, check_draft, next_label
from madang.drafting.rules.permissions import MAY
from madang.drafting.rules.wording import fingerprint, wording
from madang.drafting.versions import as_it_reads, keep_version
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotFound, NotNow, NotValid
from madang.foundation.texts import Text
from madang.members.models import Agency
from madang.planning.models import Plan, Vision
from madang.planning.reading import draft_ref, rewritten
from madang.planning.rules.writing import check_can_write
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class CommitmentWritten(Event):
    """A commitment's text was written; `sha256` is the hash of this version of it."""

    KIND: ClassVar[str] = "commitment.written"

    number: int
    version: int
    sha256: str


@action("commitment.write", may=MAY)
def write_commitment(
    plan: Plan, *, number: int | None, draft: Draft, base: str | None, by: Actor, at: datetime
) -> CommitmentWritten:
    """Write a commitment, whole; without a number it is a new one and gets the next.

    `base` is the fingerprint of the text its writer started from. The plan's row is locked, so
    that no two get one number and none is written once the text is before the forum.

    Raises NotNow: planning.published, planning.withdrawn, planning.before_forum,
    planning.history, drafting.changed_meanwhile, drafting.nothing_changed,
    drafting.written_already. Raises NotFound: drafting.no_commitment. Raises NotValid: what
    `check_draft` raises, drafting.no_agency, drafting.no_vision.
    """
    today = timezone.localdate(at).isoformat()
    check_can_write(plan.status, frozen_by=plan.frozen_by, starts=plan.starts, today=today)
    check_draft(draft)
    commitment = _find(plan, number) if number else Commitment(plan=plan, number=_next(plan))
    before = as_it_reads(commitment) if commitment.pk else None

    put_text(commitment, plan, draft)
    text = as_it_reads(commitment)
    if before is None:
        _check_is_new(commitment, text)
    else:
        # A new milestone of a form sent twice has another label, and is the same text.
        said_now = before if _unnumbered(text) == _unnumbered(before) else text
        check_base(base, current=fingerprint(before), written=fingerprint(said_now))
        if not commitment.versions.exists():
            # A text that came from a file is kept too, so that it can be compared with.
            keep_version(commitment, before, at=at)
    version = keep_version(commitment, text, at=at)
    return CommitmentWritten(
        about=draft_ref(plan, commitment.number),
        number=commitment.number,
        version=version.number,
        sha256=version.sha256,
    )


def put_text(commitment: Commitment, plan: Plan, draft: Draft) -> None:
    """Write a draft into a commitment's rows. Whether it may be written is asked by the act.

    Raises NotValid: drafting.no_agency, drafting.no_vision.
    """
    _write(commitment, plan, draft)
    _write_leads(commitment, draft)
    _write_milestones(commitment, draft)


def _find(plan: Plan, number: int) -> Commitment:
    found = Commitment.objects.filter(plan=plan, number=number, withdrawn_at=None).first()
    if found is None:
        raise NotFound("drafting.no_commitment", plan=plan.number, number=number)
    return found


def _next(plan: Plan) -> int:
    # Withdrawn ones count: a number is never given twice.
    last = Commitment.objects.filter(plan=plan).aggregate(most=Max("number"))["most"]
    return (last or 0) + 1


def _check_is_new(commitment: Commitment, text: bytes) -> None:
    """A form sent twice makes one commitment."""
    others = Commitment.objects.filter(plan=commitment.plan, withdrawn_at=None)
    for other in others.exclude(pk=commitment.pk):
        last = other.versions.first()
        if last and _unnumbered(bytes(last.text)) == _unnumbered(text):
            raise NotNow("drafting.written_already", number=other.number)


def _unnumbered(text: bytes) -> bytes:
    parts = json.loads(text)
    steps = [{**step, "label": None} for step in parts["milestones"]]
    return wording({**parts, "number": None, "milestones": steps})


def _write(commitment: Commitment, plan: Plan, draft: Draft) -> None:
    if (commitment.starts, commitment.ends) != (draft.starts, draft.ends):
        commitment.period_source = None
    commitment.title = rewritten(commitment.title if commitment.pk else None, draft.title)
    commitment.vision = _vision(plan, draft.vision)
    commitment.description = rewritten(commitment.description, draft.description)
    commitment.problem = rewritten(commitment.problem, draft.problem)
    commitment.template = _template(commitment.template, draft)
    commitment.starts, commitment.ends = draft.starts, draft.ends
    # The words are ours from now on, wherever the first of them came from.
    commitment.source = None
    commitment.save()


def _vision(plan: Plan, key: str | None) -> Vision | None:
    if not key:
        return None
    found = Vision.objects.filter(plan=plan, key=key).first()
    if found is None:
        raise NotValid("drafting.no_vision", field="vision")
    return found


def _template(old: dict[str, Any], draft: Draft) -> dict[str, Any]:
    found = {}
    for key, words in draft.template.items():
        before = Text.of(old[key]) if key in old else None
        if text := rewritten(before, words):
            found[key] = text.kept()
    return found


def _agency(slug: str, *, field: str) -> Agency:
    found = Agency.objects.filter(slug=slug).first()
    if found is None:
        raise NotValid("drafting.no_agency", slug=slug, field=field)
    return found


def _write_leads(commitment: Commitment, draft: Draft) -> None:
    """Who answers for the whole; who leads a part of it stays."""
    whole = Lead.objects.filter(commitment=commitment, sub_commitment=None)
    there = {lead.agency.slug: lead for lead in whole.select_related("agency")}
    for position, slug in enumerate(dict.fromkeys(draft.leads)):
        agency = there[slug].agency if slug in there else _agency(slug, field="leads")
        lead = there.pop(slug, None) or Lead(commitment=commitment, agency=agency)
        lead.position = position
        lead.save()
    whole.filter(agency__slug__in=there).delete()


def _write_milestones(commitment: Commitment, draft: Draft) -> None:
    there = {step.label: step for step in commitment.milestones.all()}
    used = [*there, *_labels_before(commitment)]
    for position, typed in enumerate(draft.steps):
        step = there.pop(typed.label, None) if typed.label else None
        if step is None:
            step = Milestone(commitment=commitment, label=next_label(commitment.number, used))
            used.append(step.label)
        step.position = position
        _write_step(step, typed, field=f"step-{position + 1}")
    commitment.milestones.filter(label__in=list(there)).delete()


def _labels_before(commitment: Commitment) -> list[str]:
    kept = CommitmentVersion.objects.filter(commitment=commitment)
    return [step["label"] for row in kept for step in json.loads(bytes(row.text))["milestones"]]


def _write_step(step: Milestone, typed: Step, *, field: str) -> None:
    agency = _agency(typed.agency, field=field) if typed.agency else None
    new = (
        rewritten(step.title if step.pk else None, typed.title),
        rewritten(step.output, typed.output),
        typed.starts,
        typed.due,
        agency,
    )
    if new != (step.title, step.output, step.starts, step.due, step.agency):
        step.source = None
    step.title, step.output, step.starts, step.due, step.agency = new
    step.save()
