"""What an author does to a proposal after sending it: change it, withdraw it. The trace is public."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from madang.calls.intake import area_of, features_of
from madang.calls.models import (
    Attachment,
    Call,
    FileChange,
    Moderation,
    Proposal,
    ProposalVersion,
)
from madang.calls.reading import text_digest
from madang.calls.rules.moderating import check_can_edit, check_can_withdraw
from madang.calls.rules.permissions import MAY
from madang.calls.rules.proposing import Words, check_words, waits_for_a_look
from madang.calls.rules.words import ProposalState
from madang.documents.keeping import Kept, keep_attached
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class ProposalEdited(Event):
    """A proposal’s author changed it; the version before stays readable."""

    KIND: ClassVar[str] = "proposal.edited"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"words"})

    version: int
    state: str
    sha256: str | None
    words: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class ProposalWithdrawn(Event):
    """A proposal’s author withdrew it. Its number and its page stay."""

    KIND: ClassVar[str] = "proposal.withdrawn"


@dataclass(frozen=True, kw_only=True)
class ProposalFileChanged(Event):
    """A proposal’s author exchanged, added or took away its file. Of one that everyone may read
    the hashes stand here, else a commitment."""

    KIND: ClassVar[str] = "proposal.file_changed"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"files"})

    state: str
    before: str | None = None
    after: str | None = None
    files: dict[str, Any] | None = None


@action("proposal.edit", may=MAY)
def edit_proposal(
    proposal: Proposal, *, words: Words, base: int, by: Actor, at: datetime
) -> ProposalEdited:
    """Change a proposal, as its author. `base` is the version the author started from.

    Raises NotNow: calls.not_in_this_state, calls.answered_before, calls.edited_too_late,
    calls.changed_meanwhile, calls.nothing_changed; and what `check_words` raises.
    """
    call = Call.objects.filter(plan=proposal.plan_id).first()
    answered = proposal.outcome is not None
    check_can_edit(proposal.state, call=call.status if call else None, answered=answered)
    check_words(words)
    if base != proposal.version:
        raise NotNow("calls.changed_meanwhile")
    area = area_of(proposal.plan, words.area)
    before = (proposal.title, proposal.text, proposal.name, proposal.title_only, proposal.area_id)
    now = (words.title, words.text, words.name, words.title_only, area.pk if area else None)
    if before == now:
        raise NotNow("calls.nothing_changed")
    was_asked = proposal.state == ProposalState.SUPPLEMENT
    held = waits_for_a_look(words)

    proposal.title, proposal.text, proposal.name = words.title, words.text, words.name
    proposal.title_only = words.title_only
    proposal.area, proposal.version = area, proposal.version + 1
    proposal.features = features_of(proposal)
    proposal.state = ProposalState.RECEIVED if held else ProposalState.PUBLIC
    proposal.published_at = None if held else proposal.published_at or at
    proposal.save()
    digest = text_digest(words.title, words.text)
    ProposalVersion.objects.create(
        proposal=proposal,
        number=proposal.version,
        title=words.title,
        text=words.text,
        sha256=digest,
        made_at=at,
    )
    if was_asked:
        Moderation.objects.create(
            proposal=proposal, state=proposal.state, first="author", asked_at=at, done_at=at
        )
    return ProposalEdited(
        about=proposal.ref,
        version=proposal.version,
        state=proposal.state,
        sha256=None if held else digest,
        words={"title": words.title, "text": words.text} if held else None,
    )


@action("proposal.change_file", may=MAY)
def change_file(
    proposal: Proposal, *, file: Kept | None, by: Actor, at: datetime
) -> ProposalFileChanged:
    """Exchange or add the file of a proposal, as its author; `None` takes it away.

    It can be taken away as long as the proposal can be withdrawn, and exchanged as long as its
    words can be changed.

    Raises NotNow: calls.not_in_this_state, calls.answered_before, calls.edited_too_late,
    calls.nothing_changed.
    """
    answered = proposal.outcome is not None
    if file is None:
        check_can_withdraw(proposal.state, answered=answered)
    else:
        call = Call.objects.filter(plan=proposal.plan_id).first()
        check_can_edit(proposal.state, call=call.status if call else None, answered=answered)
    kept = Attachment.objects.filter(proposal=proposal).select_related("document").first()
    before = kept.document if kept else None
    if (before.sha256 if before else None) == (file.sha256 if file else None):
        raise NotNow("calls.nothing_changed", field="file")
    after = keep_attached(file, number=proposal.label, about=proposal.ref, at=at) if file else None

    Attachment.objects.filter(proposal=proposal).delete()
    if after:
        Attachment.objects.create(proposal=proposal, document=after)
    FileChange.objects.create(proposal=proposal, before=before, after=after, changed_at=at)
    if after and proposal.state == ProposalState.SUPPLEMENT:
        _back_from_supplement(proposal, at)
    hashes = {
        "before": before.sha256 if before else None,
        "after": after.sha256 if after else None,
    }
    public = proposal.state == ProposalState.PUBLIC and not proposal.title_only
    told: dict[str, Any] = hashes if public else {"files": hashes}
    return ProposalFileChanged(about=proposal.ref, state=proposal.state, **told)


def _back_from_supplement(proposal: Proposal, at: datetime) -> None:
    """What was asked for came: it is public again, unless nobody has looked at its words yet."""
    looked_at = proposal.published_at is not None
    proposal.state = ProposalState.PUBLIC if looked_at else ProposalState.RECEIVED
    proposal.save(update_fields=["state"])
    Moderation.objects.create(
        proposal=proposal, state=proposal.state, first="author", asked_at=at, done_at=at
    )


@action("proposal.withdraw", may=MAY)
def withdraw_proposal(proposal: Proposal, *, by: Actor, at: datetime) -> ProposalWithdrawn:
    """Withdraw a proposal, as its author.

    Raises NotNow: calls.not_in_this_state, calls.answered_before.
    """
    check_can_withdraw(proposal.state, answered=proposal.outcome is not None)
    proposal.state = ProposalState.WITHDRAWN
    proposal.save(update_fields=["state"])
    Moderation.objects.filter(proposal=proposal, done_at=None).update(
        done_at=at, state=ProposalState.WITHDRAWN
    )
    Moderation.objects.create(
        proposal=proposal,
        state=ProposalState.WITHDRAWN,
        first="author",
        asked_at=at,
        done_at=at,
    )
    return ProposalWithdrawn(about=proposal.ref)
