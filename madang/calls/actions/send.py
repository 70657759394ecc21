"""Send a proposal: anyone, without an account, once the address is confirmed by a mailed code."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from madang.calls.intake import keep, sent_from
from madang.calls.models import Call, Proposal
from madang.calls.reading import text_digest
from madang.calls.rules.limits import LIMITS, check_limit
from madang.calls.rules.permissions import MAY
from madang.calls.rules.proposing import Words, check_words, waits_for_a_look
from madang.calls.rules.window import takes_proposals
from madang.calls.rules.words import Channel, ProposalState
from madang.documents.keeping import Kept
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class ProposalReceived(Event):
    """A proposal came in. Of one that is public at once its hash stands here, else a commitment.

    `state` says which of the two; `file` is the hash of what came with it, kept in the same way.
    """

    KIND: ClassVar[str] = "proposal.received"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"words"})
    ASIDE: ClassVar[frozenset[str]] = frozenset({"proposal"})

    channel: str
    language: str
    state: str
    sha256: str | None
    file: str | None = None
    words: dict[str, Any] | None = None
    proposal: Proposal


@action("proposal.send", may=MAY)
def send_proposal(
    call: Call,
    *,
    words: Words,
    email: str,
    nonce: str,
    file: Kept | None = None,
    by: Actor,
    at: datetime,
) -> ProposalReceived:
    """Receive a proposal by the form. It is public at once, unless it may hold personal data.

    `nonce` names this one sending: whoever sends it again has sent it before. The address was
    confirmed before the act.

    Raises NotNow: calls.not_open, calls.sent_before, calls.too_many. Raises NotValid: what
    `check_words` raises.
    """
    if not takes_proposals(call.status, closes_at=call.closes_at, at=at):
        before = Proposal.objects.filter(plan=call.plan_id, nonce=nonce)
        raise NotNow("calls.sent_before" if before.exists() else "calls.not_open")
    check_words(words)
    most = LIMITS["propose.address"].most
    check_limit("propose.address", sent_from(email, most), at)
    kept = keep(
        call.plan,
        words,
        channel=Channel.FORM,
        nonce=nonce,
        held=waits_for_a_look(words),
        email=email,
        file=file,
        at=at,
    )
    return received(kept, file)


def received(kept: Proposal, file: Kept | None = None) -> ProposalReceived:
    """What the record says of a proposal that came in."""
    public = kept.state == ProposalState.PUBLIC
    digest = file.sha256 if file else None
    sealed = {"title": kept.title, "text": kept.text} | ({"file": digest} if digest else {})
    return ProposalReceived(
        about=kept.ref,
        channel=kept.channel,
        language=kept.language,
        state=kept.state,
        sha256=text_digest(kept.title, kept.text) if public else None,
        file=digest if public else None,
        words=None if public else sealed,
        proposal=kept,
    )
