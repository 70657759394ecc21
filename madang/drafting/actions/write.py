"""Write a commitment: a new one, or a new text of one that is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db.models import Max

from madang.drafting.models import Commitment
from madang.drafting.rules.draft import Draft, check_draft
from madang.drafting.rules.origins import check_because
from madang.drafting.rules.permissions import MAY
from madang.drafting.saving import as_read, check_open, put_text, save_text, unnumbered
from madang.drafting.versions import as_it_reads, keep_version
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotFound, NotNow
from madang.planning.models import Plan
from madang.planning.reading import draft_ref
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class CommitmentWritten(Event):
    """A commitment's text was written; `sha256` is the hash of this version of it.

    `because` are the refs of what it was written for, where its writer named any.
    """

    KIND: ClassVar[str] = "commitment.written"

    number: int
    version: int
    sha256: str
    because: list[str] | None = None


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
    `check_draft` raises, drafting.no_agency, drafting.no_vision, drafting.turns_direction.
    """
    check_open(plan, at)
    if number:
        commitment = _find(plan, number)
        version = save_text(commitment, draft, base=base, by=by, at=at)
    else:
        check_draft(draft)
        commitment = Commitment(plan=plan, number=next_number(plan))
        put_text(commitment, plan, as_read(draft))
        text = as_it_reads(commitment)
        _check_is_new(commitment, text)
        version = keep_version(commitment, text, at=at, office=by.label)
    return CommitmentWritten(
        about=draft_ref(plan, commitment.number),
        number=commitment.number,
        version=version.number,
        sha256=version.sha256,
    )


@action("draft.write", may=MAY)
def write_draft(
    commitment: Commitment,
    *,
    draft: Draft,
    base: str | None,
    because: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> CommitmentWritten:
    """Write on a commitment's text, whole, as those do who lead its writing.

    `base` is the fingerprint of the text its writer started from, `because` the refs of what it
    is written for: each paragraph that changes goes back to them from now on.

    Raises NotNow: planning.published, planning.withdrawn, planning.before_forum,
    planning.history, drafting.is_withdrawn, drafting.changed_meanwhile,
    drafting.nothing_changed. Raises NotValid: what `check_draft` and `check_because` raise,
    drafting.no_agency, drafting.no_vision, drafting.turns_direction.
    """
    check_stands(commitment)
    check_open(commitment.plan, at)
    check_because(because, plan=commitment.plan.number, number=commitment.number)
    version = save_text(commitment, draft, base=base, because=because, by=by, at=at)
    return CommitmentWritten(
        about=draft_ref(commitment.plan, commitment.number),
        number=commitment.number,
        version=version.number,
        sha256=version.sha256,
        because=list(because) or None,
    )


def check_stands(commitment: Commitment) -> None:
    """Raises NotNow: drafting.is_withdrawn."""
    if commitment.withdrawn_at:
        raise NotNow("drafting.is_withdrawn", number=commitment.number)


def _find(plan: Plan, number: int) -> Commitment:
    rows = Commitment.objects.filter(plan=plan, number=number, withdrawn_at=None)
    found = rows.select_related("plan").first()
    if found is None:
        raise NotFound("drafting.no_commitment", plan=plan.number, number=number)
    return found


def next_number(plan: Plan) -> int:
    """The number of the plan's next commitment; withdrawn ones count, as none is given twice."""
    last = Commitment.objects.filter(plan=plan).aggregate(most=Max("number"))["most"]
    return (last or 0) + 1


def _check_is_new(commitment: Commitment, text: bytes) -> None:
    """A form sent twice makes one commitment."""
    others = Commitment.objects.filter(plan=commitment.plan, withdrawn_at=None)
    for other in others.exclude(pk=commitment.pk):
        last = other.versions.first()
        if last and unnumbered(bytes(last.text)) == unnumbered(text):
            raise NotNow("drafting.written_already", number=other.number)
