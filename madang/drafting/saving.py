"""A commitment's text as it goes into its rows, and the version that is kept of it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from madang.drafting.models import Commitment, CommitmentVersion, Lead, Milestone
from madang.drafting.rules.diff import flat
from madang.drafting.rules.draft import (
    Draft,
    Step,
    check_base,
    check_direction,
    check_draft,
    next_label,
)
from madang.drafting.rules.origins import carried
from madang.drafting.rules.wording import fingerprint, wording
from madang.drafting.versions import as_it_reads, keep_version
from madang.foundation.actors import Actor
from madang.foundation.pasted import tidied
from madang.foundation.refusals import NotValid
from madang.foundation.texts import Text
from madang.members.models import Agency
from madang.planning.models import Plan, Vision
from madang.planning.reading import rewritten
from madang.planning.rules.writing import check_can_write


def check_open(plan: Plan, at: datetime) -> None:
    """Raises NotNow: planning.published, planning.withdrawn, planning.before_forum,
    planning.history.
    """
    today = timezone.localdate(at).isoformat()
    check_can_write(plan.status, frozen_by=plan.frozen_by, starts=plan.starts, today=today)


def save_text(
    commitment: Commitment,
    draft: Draft,
    *,
    base: str | None,
    because: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> CommitmentVersion:
    """Write a commitment's rows as the draft says, and keep the version.

    Raises NotNow: drafting.changed_meanwhile, drafting.nothing_changed. Raises NotValid: what
    `check_draft` raises, drafting.no_agency, drafting.no_vision, drafting.turns_direction.
    """
    draft = as_read(draft)
    check_draft(draft)
    before = as_it_reads(commitment)
    put_text(commitment, commitment.plan, draft)
    text = as_it_reads(commitment)
    # A new milestone of a form sent twice has another label, and is the same text.
    said_now = before if unnumbered(text) == unnumbered(before) else text
    check_base(base, current=fingerprint(before), written=fingerprint(said_now))
    if not commitment.versions.exists():
        # A text that came from a file is kept too, so that it can be compared with.
        keep_version(commitment, before, at=at)
    carry_origins(commitment, before, because)
    return keep_version(commitment, text, at=at, office=by.label, because=because)


def carry_origins(commitment: Commitment, before: bytes, because: Sequence[str]) -> None:
    """Let each paragraph of a text that was just written go back to what it came from."""
    old, new = flat(json.loads(before)), flat(json.loads(as_it_reads(commitment)))
    commitment.origins = carried(old, new, commitment.origins, because)
    commitment.save(update_fields=["origins"])


def put_text(commitment: Commitment, plan: Plan, draft: Draft) -> None:
    """Write a draft into a commitment's rows. Whether it may be written is asked by the act.

    Raises NotValid: drafting.no_agency, drafting.no_vision.
    """
    _write(commitment, plan, draft)
    _write_leads(commitment, draft)
    _write_milestones(commitment, draft)


def unnumbered(text: bytes) -> bytes:
    """A wording without the numbers it was given here."""
    parts = json.loads(text)
    steps = [{**step, "label": None} for step in parts["milestones"]]
    return wording({**parts, "number": None, "milestones": steps})


def as_read(draft: Draft) -> Draft:
    """The draft without what came along with a pasted text.

    Raises NotValid: drafting.turns_direction.
    """

    def clean(text: Text, field: str) -> Text:
        for one in text.words.values():
            check_direction(one or "", field=field)
        words = {key: tidied(one).text.strip() if one else one for key, one in text.words.items()}
        return Text(words, text.kinds)

    return replace(
        draft,
        title=clean(draft.title, "title"),
        description=clean(draft.description, "description"),
        problem=clean(draft.problem, "problem"),
        template={key: clean(text, key) for key, text in draft.template.items()},
        steps=[
            replace(
                step,
                title=clean(step.title, f"step-{place}"),
                output=clean(step.output, f"step-{place}"),
            )
            for place, step in enumerate(draft.steps, 1)
        ],
    )


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
    parts = [part.label for part in commitment.sub_commitments.all()]
    used = [*there, *_labels_before(commitment), *parts]
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
