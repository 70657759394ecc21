"""A co-chair's key to an edition turned by document: one officer enters it, another confirms it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.ballots.models import Ballot
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
from madang.planning.models import Plan
from madang.plans.actions.publish import EditionKeyed, check_edition
from madang.plans.reading import edition_ref, waiting_edition_keys
from madang.plans.rules.permissions import MAY
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class EditionKeyEntered(Event):
    """An officer entered a co-chair's approval of an edition by document."""

    KIND: ClassVar[str] = "edition.entered"

    edition: str
    side: str
    digest: str
    document: str
    file: str


@dataclass(frozen=True, kw_only=True)
class EditionKeyedByDocument(EditionKeyed):
    """A co-chair approved an edition by document, as two officers attest."""

    document: str
    file: str


@dataclass(frozen=True, kw_only=True)
class EditionEntryDropped(Event):
    """An approval of an edition that was not confirmed was dropped."""

    KIND: ClassVar[str] = "edition.entry_dropped"

    side: str
    document: str


@action("edition.enter_document", may=MAY)
def enter_edition_key(
    plan: Plan,
    *,
    ballot: Ballot,
    side: str,
    digest: str,
    document: str,
    file: Upload,
    by: Actor,
    at: datetime,
) -> EditionKeyEntered:
    """Enter a co-chair's approval of the edition that `digest` stands for.

    Raises NotNow: ballots.text_changed, ballots.entered_already, and what `adopted_versions`
    raises. Raises NotValid: ballots.no_document, ballots.no_side, and what `check_upload` raises.
    """
    check_number(document)
    current = check_edition(plan, ballot, digest)
    paper = Paper(side, current, document, file)
    waiting = waiting_edition_keys(plan)
    kept = keep_approval(waiting, paper, about=plan.ref, by=by, at=at, plan=plan)
    return EditionKeyEntered(
        about=plan.ref,
        edition=edition_ref(plan),
        side=side,
        digest=current,
        document=kept.document,
        file=kept.file.sha256,
    )


@action("edition.confirm_document", may=MAY)
def confirm_edition_key(
    plan: Plan, *, ballot: Ballot, entry: int, by: Actor, at: datetime
) -> EditionKeyedByDocument:
    """Confirm an approval by document: it is the co-chair's key, and the second one publishes.

    Raises NotNow: ballots.nothing_pending, ballots.text_changed, ballots.chair_changed,
    ballots.key_turned, and what `adopted_versions` raises. Raises NotAllowed: members.own_entry. Raises NotValid:
    ballots.no_side.
    """
    found = find_approval(waiting_edition_keys(plan), entry)
    check_second_officer(found.entered_by_id, by.account)
    check_edition(plan, ballot, found.digest)
    what = edition_ref(plan)
    chair, turned = turn_by_document(found, what, by=by, at=at)
    return EditionKeyedByDocument(
        about=plan.ref,
        edition=what,
        ballot=ballot.ref,
        side=chair.side,
        seat=chair.seat.number,
        stands_in=chair.stands_in,
        digest=found.digest,
        keys=turned,
        document=found.document,
        file=found.file.sha256,
    )


@action("edition.drop_document", may=MAY)
def drop_edition_entry(plan: Plan, *, entry: int, by: Actor, at: datetime) -> EditionEntryDropped:
    """Drop an approval that is not confirmed. Raises NotNow: ballots.nothing_pending."""
    found = drop_approval(waiting_edition_keys(plan), entry, at)
    return EditionEntryDropped(about=plan.ref, side=found.side, document=found.document)
