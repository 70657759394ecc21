"""Support a proposal: once for each address, confirmed by a mailed code."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.crypto import salted_hmac

from madang.calls.models import Contact, Endorsement, Proposal
from madang.calls.rules.moderating import check_step
from madang.calls.rules.permissions import MAY
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class ProposalEndorsed(Event):
    """Someone who confirmed an address supports a proposal."""

    KIND: ClassVar[str] = "proposal.endorsed"

    verified: bool


@action("proposal.endorse", may=MAY)
def endorse_proposal(
    proposal: Proposal, *, email: str, by: Actor, at: datetime
) -> ProposalEndorsed:
    """Count someone’s support, once. The address was confirmed before the act and is not kept.

    Raises NotNow: calls.not_in_this_state, calls.endorsed_before, calls.own_proposal.
    """
    check_step("endorse", proposal.state)
    if Contact.objects.filter(proposal=proposal, email=email).exists():
        raise NotNow("calls.own_proposal")
    person = person_of(email)
    if Endorsement.objects.filter(proposal=proposal, person=person).exists():
        raise NotNow("calls.endorsed_before")
    Endorsement.objects.create(proposal=proposal, person=person, verified=True, endorsed_at=at)
    return ProposalEndorsed(about=proposal.ref, verified=True)


def person_of(email: str) -> str:
    """What an address is counted by: a keyed hash, from which it can’t be read."""
    return salted_hmac("madang.calls.person", email, algorithm="sha256").hexdigest()
