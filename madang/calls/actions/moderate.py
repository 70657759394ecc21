"""Moderation: publish, ask for more, hide by two persons, show again. Each step stays on record."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.calls.hiding import Steps
from madang.calls.intake import file_hash
from madang.calls.models import Moderation, Proposal
from madang.calls.reading import text_digest
from madang.calls.rules.moderating import check_note, check_step
from madang.calls.rules.permissions import MAY
from madang.calls.rules.words import ProposalState
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class ProposalPublished(Event):
    """A proposal that had waited for a look became public; `sha256` is that of its words, `file`
    that of what came with it."""

    KIND: ClassVar[str] = "proposal.published"

    sha256: str
    file: str | None = None


@dataclass(frozen=True, kw_only=True)
class SupplementAsked(Event):
    """A proposal’s author was asked to add something; the time for the answer stands still."""

    KIND: ClassVar[str] = "proposal.supplement_asked"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"note"})

    note: str


@dataclass(frozen=True, kw_only=True)
class HidingAsked(Event):
    """Someone of the secretariat asked that a proposal be hidden; another must confirm."""

    KIND: ClassVar[str] = "proposal.hiding_asked"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"note"})

    reason: str
    note: str | None


@dataclass(frozen=True, kw_only=True)
class ProposalHidden(Event):
    """A proposal was hidden by two persons, for a reason of the policy."""

    KIND: ClassVar[str] = "proposal.hidden"

    reason: str


@dataclass(frozen=True, kw_only=True)
class HidingRefused(Event):
    """What was asked to be hidden is not."""

    KIND: ClassVar[str] = "proposal.hiding_refused"

    reason: str


@dataclass(frozen=True, kw_only=True)
class ProposalRestored(Event):
    """A proposal that was hidden is shown again."""

    KIND: ClassVar[str] = "proposal.restored"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"note"})

    note: str


STEPS = Steps(Moderation, "proposal", check_step, "calls.no_hiding_waits")
waiting = STEPS.waiting


@action("proposal.publish", may=MAY)
def publish_proposal(proposal: Proposal, *, by: Actor, at: datetime) -> ProposalPublished:
    """Let everyone read a proposal that waited for a look.

    Raises NotNow: calls.not_in_this_state, calls.hiding_waits.
    """
    check_step("publish", proposal.state)
    STEPS.take(proposal, ProposalState.PUBLIC, by, at)
    proposal.published_at = at
    proposal.save(update_fields=["state", "published_at"])
    digest = text_digest(proposal.title, proposal.text)
    return ProposalPublished(about=proposal.ref, sha256=digest, file=file_hash(proposal))


@action("proposal.ask", may=MAY)
def ask_supplement(proposal: Proposal, *, note: str, by: Actor, at: datetime) -> SupplementAsked:
    """Ask a proposal’s author to add something.

    Raises NotNow: calls.not_in_this_state, calls.hiding_waits, calls.no_author; NotValid:
    calls.note_missing, calls.note_long.
    """
    check_step("ask", proposal.state)
    check_note(note)
    if not hasattr(proposal, "contact"):
        raise NotNow("calls.no_author")
    STEPS.take(proposal, ProposalState.SUPPLEMENT, by, at, note=note)
    proposal.save(update_fields=["state"])
    return SupplementAsked(about=proposal.ref, note=note)


@action("proposal.ask_hiding", may=MAY)
def ask_hiding(
    proposal: Proposal, *, reason: str, note: str, by: Actor, at: datetime
) -> HidingAsked:
    """Ask that a proposal be hidden. It stays as it is until another person confirms.

    Raises NotNow: calls.not_in_this_state, calls.hiding_waits; NotValid:
    calls.no_hiding_reason, calls.note_long.
    """
    found = STEPS.ask(proposal, reason, note, by, at)
    return HidingAsked(about=proposal.ref, reason=found, note=note or None)


@action("proposal.confirm_hiding", may=MAY)
def confirm_hiding(proposal: Proposal, *, by: Actor, at: datetime) -> ProposalHidden:
    """Hide a proposal as another person asked.

    Raises NotNow: calls.no_hiding_waits, calls.same_person, calls.not_in_this_state.
    """
    reason = STEPS.confirm(proposal, by, at)
    proposal.save(update_fields=["state"])
    return ProposalHidden(about=proposal.ref, reason=reason)


@action("proposal.refuse_hiding", may=MAY)
def refuse_hiding(proposal: Proposal, *, by: Actor, at: datetime) -> HidingRefused:
    """Leave a proposal as it is, though someone asked that it be hidden.

    Raises NotNow: calls.no_hiding_waits.
    """
    return HidingRefused(about=proposal.ref, reason=STEPS.refuse(proposal, by, at))


@action("proposal.restore", may=MAY)
def restore_proposal(proposal: Proposal, *, note: str, by: Actor, at: datetime) -> ProposalRestored:
    """Show a hidden proposal again, with the reason.

    Raises NotNow: calls.not_in_this_state; NotValid: calls.note_missing, calls.note_long.
    """
    check_step("restore", proposal.state)
    check_note(note)
    STEPS.take(proposal, ProposalState.PUBLIC, by, at, note=note)
    proposal.published_at = proposal.published_at or at
    proposal.save(update_fields=["state", "published_at"])
    return ProposalRestored(about=proposal.ref, note=note)
