"""Support a proposal: once for each address, confirmed by a mailed code; or on paper, unconfirmed."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.crypto import salted_hmac

from madang.calls.models import Contact, Endorsement, Proposal
from madang.calls.rules.moderating import check_signers, check_step
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


@dataclass(frozen=True, kw_only=True)
class SupportsEntered(Event):
    """Supports that came on paper were entered: how many, and how many stood there already.

    Nobody confirmed them, and they are counted apart. Names are in no record, not even sealed.
    """

    KIND: ClassVar[str] = "proposal.supports_entered"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"paper"})

    added: int
    already: int
    paper: str


@action("proposal.enter_supports", may=MAY)
def enter_supports(
    proposal: Proposal, *, signers: Sequence[str], paper: str, by: Actor, at: datetime
) -> SupportsEntered:
    """Count who signed on paper, each once; what they wrote is hashed under a key and not kept.

    `paper` says which sheet it was, so that it can be found again.

    Raises NotNow: calls.not_in_this_state; NotValid: calls.no_signers, calls.signers_many,
    calls.signer_long, calls.no_paper.
    """
    check_step("endorse", proposal.state)
    check_signers(signers, paper)
    people = {signer_of(line) for line in signers}
    rows = Endorsement.objects.filter(proposal=proposal)
    here = set(rows.filter(person__in=people).values_list("person", flat=True))
    Endorsement.objects.bulk_create(
        Endorsement(proposal=proposal, person=person, verified=False, endorsed_at=at)
        for person in sorted(people - here)
    )
    added = len(people - here)
    return SupportsEntered(
        about=proposal.ref, added=added, already=len(signers) - added, paper=paper
    )


def signer_of(line: str) -> str:
    """What someone who signed on paper is counted by; spaces and signs in what is written aside."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", line).casefold() if c.isalnum())
    return salted_hmac("madang.calls.signer", plain, algorithm="sha256").hexdigest()


def person_of(email: str) -> str:
    """What an address is counted by: a keyed hash, from which it can’t be read."""
    return salted_hmac("madang.calls.person", email, algorithm="sha256").hexdigest()
