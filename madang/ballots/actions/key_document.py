"""A co-chair's key turned by document: one officer enters the approval, another confirms it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils import timezone

from madang.ballots.actions.turn_key import KeyTurned
from madang.ballots.keys import Chair, turn
from madang.ballots.models import Ballot, Key, PendingKey
from madang.ballots.papers import check_papers
from madang.ballots.pending import officer, waiting
from madang.ballots.reading import text_digest
from madang.ballots.rules.permissions import MAY
from madang.ballots.rules.preparing import check_paper, check_second_officer
from madang.ballots.rules.words import BallotStatus
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow, NotValid
from madang.members.models import CoChair, Holding, lasting
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class KeyEntered(Event):
    """An officer entered a co-chair's approval by document; it holds once another confirms it."""

    KIND: ClassVar[str] = "key.entered"

    side: str
    digest: str
    document: str


@dataclass(frozen=True, kw_only=True)
class KeyTurnedByDocument(KeyTurned):
    """A co-chair approved the exact text by document, as two officers attest."""

    document: str


@action("key.enter_document", may=MAY)
def enter_key(
    ballot: Ballot, *, side: str, digest: str, document: str, by: Actor, at: datetime
) -> KeyEntered:
    """Enter a co-chair's approval of the text that `digest` stands for; another officer confirms it.

    Raises NotNow: ballots.not_on_paper_now, ballots.text_changed, ballots.entered_already.
    Raises NotValid: ballots.no_document, ballots.no_side.
    """
    check_paper("key.enter_document", ballot.status, document)
    chair_on(side, at)
    if digest != text_digest(ballot):
        raise NotNow("ballots.text_changed")
    if PendingKey.objects.filter(**waiting(ballot), side=side, digest=digest).exists():
        raise NotNow("ballots.entered_already")
    PendingKey.objects.create(
        ballot=ballot,
        side=side,
        digest=digest,
        document=document.strip(),
        entered_by_id=officer(by),
        entered_at=at,
    )
    return KeyEntered(about=ballot.ref, side=side, digest=digest, document=document.strip())


@action("key.confirm_document", may=MAY)
def confirm_key(ballot: Ballot, *, entry: int, by: Actor, at: datetime) -> KeyTurnedByDocument:
    """Confirm an approval by document: from now on it is the co-chair's key.

    Raises NotNow: ballots.not_on_paper_now, ballots.nothing_pending, ballots.text_changed,
    ballots.key_turned. Raises NotAllowed: ballots.own_entry. Raises NotValid: ballots.no_side.
    """
    found = PendingKey.objects.filter(**waiting(ballot), pk=entry).first()
    if found is None:
        raise NotNow("ballots.nothing_pending")
    check_paper("key.confirm_document", ballot.status, found.document)
    check_second_officer(found.entered_by_id, by.account)
    if found.digest != text_digest(ballot):
        raise NotNow("ballots.text_changed")
    check_papers(ballot)

    chair = chair_on(found.side, at)
    turned = turn(ballot.ref, chair, on=found.digest, at=at)
    keys = Key.objects.filter(what=ballot.ref, side=chair.side, voided_at=None)
    keys.update(document=found.document)
    found.confirmed_by_id, found.confirmed_at = by.account, at
    found.save()
    ballot.digest = found.digest
    ballot.status = BallotStatus.KEYED if turned == 2 else BallotStatus.DRAFT
    ballot.save(update_fields=["digest", "status"])
    return KeyTurnedByDocument(
        about=ballot.ref,
        side=chair.side,
        seat=chair.seat.number,
        digest=found.digest,
        keys=turned,
        document=found.document,
    )


def chair_on(side: str, at: datetime) -> Chair:
    """Who sits in a side's chair that day.

    Raises NotValid: ballots.no_side.
    """
    chair = CoChair.objects.filter(side=side, seat__isnull=False).select_related("seat").first()
    day = timezone.localdate(at).isoformat()
    held = Holding.objects.filter(lasting(day), seat__cochair__side=side, person__isnull=False)
    holding = held.select_related("person").first()
    if not (chair and chair.seat and holding and holding.person):
        raise NotValid("ballots.no_side")
    return Chair(chair.side, chair.seat, holding.person)
