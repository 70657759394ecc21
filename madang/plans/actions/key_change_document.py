"""A co-chair's key to a change turned by document: one officer enters it, another confirms it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db.models import QuerySet

from madang.ballots.on_paper import (
    Paper,
    drop_approval,
    find_approval,
    keep_approval,
    turn_by_document,
)
from madang.ballots.rules.preparing import check_number
from madang.documents.rules.uploads import Upload
from madang.foundation.actors import Actor
from madang.members.rules.standing_in import check_second_officer
from madang.plans.actions.amend import ChangeKeyed, check_can_key
from madang.plans.models import ChangeRequest, PendingChangeKey
from madang.plans.rules.permissions import MAY
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class ChangeKeyEntered(Event):
    """An officer entered a co-chair's approval of a change by document."""

    KIND: ClassVar[str] = "change.entered"

    side: str
    digest: str
    document: str
    file: str


@dataclass(frozen=True, kw_only=True)
class ChangeKeyedByDocument(ChangeKeyed):
    """A co-chair approved a change by document, as two officers attest."""

    document: str
    file: str


@dataclass(frozen=True, kw_only=True)
class ChangeEntryDropped(Event):
    """An approval of a change that was not confirmed was dropped."""

    KIND: ClassVar[str] = "change.entry_dropped"

    side: str
    document: str


@action("change.enter_document", may=MAY)
def enter_change_key(
    change: ChangeRequest,
    *,
    side: str,
    digest: str,
    document: str,
    file: Upload,
    by: Actor,
    at: datetime,
) -> ChangeKeyEntered:
    """Enter a co-chair's approval of the change that `digest` stands for.

    Raises NotNow: ballots.entered_already, and what `check_can_key` raises. Raises NotValid:
    ballots.no_document, ballots.no_side, and what `check_upload` raises.
    """
    check_number(document)
    paper = Paper(side, check_can_key(change, digest, at), document, file)
    waiting = waiting_change_keys(change)
    kept = keep_approval(waiting, paper, about=change.ref, by=by, at=at, change=change)
    return ChangeKeyEntered(
        about=change.ref,
        side=side,
        digest=kept.digest,
        document=kept.document,
        file=kept.file.sha256,
    )


@action("change.confirm_document", may=MAY)
def confirm_change_key(
    change: ChangeRequest, *, entry: int, by: Actor, at: datetime
) -> ChangeKeyedByDocument:
    """Confirm an approval by document: it is the co-chair's key, and the second puts it in force.

    Raises NotNow: ballots.nothing_pending, ballots.chair_changed, ballots.key_turned, and what
    `check_can_key` raises. Raises NotAllowed: members.own_entry. Raises NotValid: ballots.no_side.
    """
    found = find_approval(waiting_change_keys(change), entry)
    check_second_officer(found.entered_by_id, by.account)
    check_can_key(change, found.digest, at)
    chair, turned = turn_by_document(found, change.ref, by=by, at=at)
    return ChangeKeyedByDocument(
        about=change.ref,
        change=change.ref,
        side=chair.side,
        seat=chair.seat.number,
        stands_in=chair.stands_in,
        digest=found.digest,
        keys=turned,
        document=found.document,
        file=found.file.sha256,
    )


@action("change.drop_document", may=MAY)
def drop_change_entry(
    change: ChangeRequest, *, entry: int, by: Actor, at: datetime
) -> ChangeEntryDropped:
    """Drop an approval that is not confirmed. Raises NotNow: ballots.nothing_pending."""
    found = drop_approval(waiting_change_keys(change), entry, at)
    return ChangeEntryDropped(about=change.ref, side=found.side, document=found.document)


def waiting_change_keys(change: ChangeRequest) -> QuerySet[PendingChangeKey]:
    """The approvals by document of a change that wait for a second officer."""
    waiting = PendingChangeKey.objects.filter(change=change, confirmed_at=None, dropped_at=None)
    return waiting.select_related("file", "entered_by__person")
