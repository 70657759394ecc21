"""The versions of a plan's commitments: those that are kept, and what is kept next; the direction’s hash."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet

from madang.documents.files import canonical_digest
from madang.drafting.models import Commitment, CommitmentVersion
from madang.drafting.rules.wording import fingerprint, wording
from madang.drafting.wordings import parts_of
from madang.planning.models import Plan


def commitments_of(plan: Plan) -> QuerySet[Commitment]:
    """The plan's commitments with all that their wording holds."""
    rows = Commitment.objects.filter(plan=plan, withdrawn_at=None).select_related("vision")
    return rows.prefetch_related(
        "leads__agency", "leads__sub_commitment", "sub_commitments", "milestones__agency"
    )


def newest_versions(plan: Plan) -> dict[int, CommitmentVersion]:
    """The newest version of each commitment, by the commitment's key in the tables."""
    kept = CommitmentVersion.objects.filter(commitment__plan=plan).order_by("number")
    return {version.commitment_id: version for version in kept}


def direction_paper(plan: Plan) -> dict[str, Any]:
    """The plan's basic direction as a paper: the hash of its areas and visions, in order."""
    text = {
        "plan": plan.number,
        "areas": [area.text.kept() for area in plan.areas.all()],
        "visions": [[vision.key, vision.text.kept()] for vision in plan.visions.all()],
    }
    return {"ref": plan.ref, "title": plan.title.kept(), "sha256": canonical_digest(text)}


def as_it_reads(commitment: Commitment) -> bytes:
    """The commitment's wording as its rows say it now."""
    fresh = Commitment.objects.select_related("vision").prefetch_related(
        "leads__agency", "leads__sub_commitment", "sub_commitments", "milestones__agency"
    )
    return wording(parts_of(fresh.get(pk=commitment.pk)))


def keep_version(
    commitment: Commitment,
    text: bytes,
    *,
    at: datetime,
    office: str = "",
    because: Sequence[str] = (),
) -> CommitmentVersion:
    """Keep a wording as the commitment's next version."""
    last = CommitmentVersion.objects.filter(commitment=commitment).aggregate(most=Max("number"))
    return CommitmentVersion.objects.create(
        commitment=commitment,
        number=(last["most"] or 0) + 1,
        text=text,
        sha256=fingerprint(text),
        made_at=at,
        office=office,
        because=list(because),
    )


def read_version(version: CommitmentVersion) -> Mapping[str, Any]:
    """The parts of a version's wording."""
    found: Mapping[str, Any] = json.loads(bytes(version.text))
    return found
