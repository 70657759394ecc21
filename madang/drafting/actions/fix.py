"""Fix the wording of a plan's commitments, so that it can be voted on."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.documents.files import canonical_digest
from madang.drafting.models import CommitmentVersion
from madang.drafting.rules.permissions import MAY
from madang.drafting.rules.wording import fingerprint, wording
from madang.drafting.versions import commitments_of, newest_versions
from madang.drafting.wordings import parts_of
from madang.foundation.actors import Actor
from madang.planning.models import Plan
from madang.planning.reading import draft_ref
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class TextsFixed(Event):
    """The wording of a plan's commitments was fixed; `sha256` is over their numbers and hashes."""

    KIND: ClassVar[str] = "texts.fixed"

    commitments: int
    new: int
    sha256: str


@action("texts.fix", may=MAY)
def fix_versions(plan: Plan, *, by: Actor, at: datetime) -> TextsFixed:
    """Keep the wording of each commitment as a version; one that says the same stays as it is."""
    newest, new, fixed = newest_versions(plan), [], []
    for commitment in commitments_of(plan):
        text = wording(parts_of(commitment))
        sha256, last = fingerprint(text), newest.get(commitment.pk)
        fixed.append([commitment.number, sha256])
        if last is None or last.sha256 != sha256:
            new.append(
                CommitmentVersion(
                    commitment=commitment,
                    number=last.number + 1 if last else 1,
                    text=text,
                    sha256=sha256,
                    made_at=at,
                )
            )
    CommitmentVersion.objects.bulk_create(new)
    return TextsFixed(
        about=draft_ref(plan), commitments=len(fixed), new=len(new), sha256=canonical_digest(fixed)
    )
