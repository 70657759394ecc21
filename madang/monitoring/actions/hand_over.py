"""Keep a handover pack of a commitment: one file, known by its hash from now on."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db.models import Max
from django.utils import timezone

from madang.documents.keeping import Kept
from madang.documents.models import Document
from madang.drafting.models import Commitment
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow, NotValid
from madang.foundation.texts import Text
from madang.monitoring.models import HandoverPack
from madang.monitoring.rules.permissions import MAY
from madang.monitoring.rules.words import HandedOver
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class HandoverPacked(Event):
    """Everything known of a commitment was put into one file, for whoever takes it over."""

    KIND: ClassVar[str] = "handover.packed"

    number: int
    why: str
    sha256: str
    bytes: int


@action("handover.pack", may=MAY)
def keep_pack(
    commitment: Commitment, *, why: str, file: Kept, by: Actor, at: datetime
) -> HandoverPacked:
    """Keep a pack that was put together. Putting it together takes long, so it is handed in.

    Raises NotValid: monitoring.no_handover_reason. Raises NotNow: monitoring.plan_not_decided,
    monitoring.packed_already.
    """
    if why not in list(HandedOver):
        raise NotValid("monitoring.no_handover_reason", field="why")
    if commitment.plan.is_draft or commitment.plan.withdrawn_at or commitment.withdrawn_at:
        raise NotNow("monitoring.plan_not_decided")
    packs = HandoverPack.objects.filter(commitment=commitment)
    if packs.filter(document__sha256=file.sha256).exists():
        raise NotNow("monitoring.packed_already")
    number = (packs.aggregate(most=Max("number"))["most"] or 0) + 1
    label = f"{commitment.plan.number}-{commitment.number}"
    document = Document.objects.create(
        sha256=file.sha256,
        name=f"handover-{label}-{timezone.localdate(at).isoformat()}{file.ending}",
        media_type=file.media_type,
        size=file.size,
        title=Text({"ko": f"과제 {label} 인계 자료", "en": f"Handover pack of commitment {label}"}),
        about=commitment.ref,
        kept_at=at,
    )
    HandoverPack.objects.create(
        commitment=commitment, number=number, why=why, document=document, made_at=at
    )
    return HandoverPacked(
        about=commitment.ref, number=number, why=why, sha256=file.sha256, bytes=file.size
    )
