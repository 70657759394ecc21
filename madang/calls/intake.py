"""Keeping a proposal: its number, its rows. Called inside the acts that receive one."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection
from django.utils import timezone

from madang.calls.models import Attachment, Contact, Proposal, ProposalVersion
from madang.calls.reading import text_digest
from madang.calls.rules.proposing import Words
from madang.calls.rules.similar.fingerprints import fingerprint, pack
from madang.calls.rules.words import Channel, ProposalState
from madang.documents.keeping import Kept, keep_attached
from madang.foundation.refusals import NotNow, NotValid
from madang.planning.models import Area, Plan


def next_number(plan: Plan) -> int:
    """The next number of a plan's proposals. Acts go one after another, so it is nobody else's."""
    # By hand, as all others wait for it: it is asked for each proposal, and making the statement
    # anew would take longer than asking it.
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(number) FROM calls_proposal WHERE plan_id = %s", [plan.pk])
        return int(cursor.fetchone()[0] or 0) + 1


def sent_from(email: str, most: int) -> list[datetime]:
    """When the newest proposals came in from an address, `most` of them."""
    # By hand for the same reason.
    rows = Proposal.objects.raw(
        "SELECT p.id, p.received_at FROM calls_proposal p JOIN calls_contact c"
        " ON c.proposal_id = p.id WHERE c.email = %s ORDER BY p.received_at DESC LIMIT %s",
        [email, most],
    )
    return [row.received_at for row in rows]


def area_of(plan: Plan, place: int | None) -> Area | None:
    """Raises NotValid: calls.no_area."""
    if place is None:
        return None
    area = plan.areas.filter(position=place).first()
    if area is None:
        raise NotValid("calls.no_area", field="area")
    return area


def features_of(proposal: Proposal) -> bytes:
    """What a proposal's words are found by; where its title alone is shown, the title's words."""
    shown = proposal.title if proposal.title_only else f"{proposal.title}\n{proposal.text}"
    return pack(fingerprint(shown))


def keep(
    plan: Plan,
    words: Words,
    *,
    channel: Channel,
    nonce: str,
    held: bool,
    at: datetime,
    email: str = "",
    verified: bool = True,
    file: Kept | None = None,
    **more: Any,
) -> Proposal:
    """Keep a proposal with its first version, its contact and its file, where there are such.

    Raises NotValid: calls.no_area. Raises NotNow: calls.sent_before.
    """
    more.setdefault("proposed_on", timezone.localdate(at).isoformat())
    kept = Proposal(
        plan=plan,
        number=next_number(plan),
        state=ProposalState.RECEIVED if held else ProposalState.PUBLIC,
        language=words.language,
        title=words.title,
        text=words.text,
        area=area_of(plan, words.area),
        name=words.name,
        joint=words.joint,
        title_only=words.title_only,
        channel=channel,
        received_at=at,
        published_at=None if held else at,
        nonce=nonce,
        **more,
    )
    kept.features = features_of(kept)
    _insert(kept)
    ProposalVersion.objects.create(
        proposal=kept,
        number=1,
        title=kept.title,
        text=kept.text,
        sha256=text_digest(kept.title, kept.text),
        made_at=at,
    )
    if email:
        Contact.objects.create(
            proposal=kept,
            email=email,
            language=words.language,
            verified_at=at if verified else None,
        )
    if file:
        document = keep_attached(file, number=kept.label, about=kept.ref, at=at)
        Attachment.objects.create(proposal=kept, document=document)
    return kept


def _insert(kept: Proposal) -> None:
    """The constraint alone says whether it was sent before: a question first would be asked while
    all others wait, and answered with no nearly every time."""
    try:
        kept.save(force_insert=True)
    except IntegrityError as error:
        if "nonce" not in str(error):
            raise
        raise NotNow("calls.sent_before") from error


def file_hash(proposal: Proposal) -> str | None:
    """The hash of the file that came with a proposal, where one did."""
    rows = Attachment.objects.filter(proposal=proposal)
    return rows.values_list("document__sha256", flat=True).first()
