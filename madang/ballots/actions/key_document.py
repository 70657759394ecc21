"""A co-chair's key turned by document: one officer enters the approval, another confirms it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db.models import QuerySet

from madang.ballots.actions.turn_key import KeyTurned
from madang.ballots.models import Ballot, PendingKey
from madang.ballots.on_paper import Paper, find_approval, keep_approval, turn_by_document
from madang.ballots.papers import check_papers
from madang.ballots.pending import waiting
from madang.ballots.reading import text_digest
from madang.ballots.rules.permissions import MAY
from madang.ballots.rules.preparing import check_paper
from madang.ballots.rules.words import BallotStatus
from madang.documents.rules.uploads import Upload
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.members.rules.standing_in import check_second_officer
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class KeyEntered(Event):
    """An officer entered a co-chair's approval by document; it holds once another confirms it."""

    KIND: ClassVar[str] = "key.entered"

    side: str
    digest: str
    document: str
    file: str


@dataclass(frozen=True, kw_only=True)
class KeyTurnedByDocument(KeyTurned):
    """A co-chair approved the exact text by document, as two officers attest.

    `file` is the SHA-256 of the approval, which is shown to nobody outside the desk.
    """

    document: str
    file: str


@action("key.enter_document", may=MAY)
def enter_key(
    ballot: Ballot,
    *,
    side: str,
    digest: str,
    document: str,
    file: Upload,
    by: Actor,
    at: datetime,
) -> KeyEntered:
    """Enter a co-chair's approval of the text that `digest` stands for; another officer confirms it.

    Raises NotNow: ballots.not_on_paper_now, ballots.text_changed, ballots.entered_already.
    Raises NotValid: ballots.no_document, ballots.no_side, and what `check_upload` raises.
    """
    check_paper("key.enter_document", ballot.status, document)
    if digest != text_digest(ballot):
        raise NotNow("ballots.text_changed")
    paper = Paper(side, digest, document, file)
    kept = keep_approval(_waiting(ballot), paper, about=ballot.ref, by=by, at=at, ballot=ballot)
    return KeyEntered(
        about=ballot.ref, side=side, digest=digest, document=kept.document, file=kept.file.sha256
    )


@action("key.confirm_document", may=MAY)
def confirm_key(ballot: Ballot, *, entry: int, by: Actor, at: datetime) -> KeyTurnedByDocument:
    """Confirm an approval by document: from now on it is the co-chair's key.

    Raises NotNow: ballots.not_on_paper_now, ballots.nothing_pending, ballots.text_changed,
    ballots.chair_changed, ballots.key_turned. Raises NotAllowed: members.own_entry. Raises NotValid: ballots.no_side.
    """
    found = find_approval(_waiting(ballot), entry)
    check_paper("key.confirm_document", ballot.status, found.document)
    check_second_officer(found.entered_by_id, by.account)
    if found.digest != text_digest(ballot):
        raise NotNow("ballots.text_changed")
    check_papers(ballot)

    chair, turned = turn_by_document(found, ballot.ref, by=by, at=at)
    ballot.digest = found.digest
    ballot.status = BallotStatus.KEYED if turned == 2 else BallotStatus.DRAFT
    ballot.save(update_fields=["digest", "status"])
    return KeyTurnedByDocument(
        about=ballot.ref,
        side=chair.side,
        seat=chair.seat.number,
        stands_in=chair.stands_in,
        digest=found.digest,
        keys=turned,
        document=found.document,
        file=found.file.sha256 if found.file else "",
    )


def _waiting(ballot: Ballot) -> QuerySet[PendingKey]:
    return PendingKey.objects.filter(**waiting(ballot)).select_related("file")
