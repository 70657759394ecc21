"""A vote that came by letter or telephone: one officer enters it, another confirms it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.ballots.actions.cast import BallotCast, keep_vote, place_of
from madang.ballots.models import Ballot, PendingCodes, PendingKey, PendingVote, RollSeat, Vote
from madang.ballots.pending import officer, waiting
from madang.ballots.rules.closing import check_answer, check_can_cast
from madang.ballots.rules.permissions import MAY
from madang.ballots.rules.preparing import check_paper
from madang.ballots.rules.words import Channel
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow, NotValid
from madang.members.models import Pending
from madang.members.rules.standing_in import check_second_officer
from madang.record.acting import action
from madang.record.events import Event

KINDS: dict[str, type[Pending]] = {"key": PendingKey, "vote": PendingVote, "codes": PendingCodes}
ON_PAPER = (Channel.LETTER, Channel.TELEPHONE)


@dataclass(frozen=True, kw_only=True)
class VoteEntered(Event):
    """An officer entered a vote; what it says enters the record when another has confirmed it."""

    KIND: ClassVar[str] = "vote.entered"

    seat: str
    channel: str
    document: str


@dataclass(frozen=True, kw_only=True)
class DocumentDropped(Event):
    """An entry that was not confirmed was dropped."""

    KIND: ClassVar[str] = "document.dropped"

    what: str
    document: str


@action("vote.enter_document", may=MAY)
def enter_vote(
    ballot: Ballot,
    *,
    seat: str,
    choice: str,
    reason: str = "",
    channel: str,
    document: str,
    by: Actor,
    at: datetime,
) -> VoteEntered:
    """Enter a seat's answer as it came; it counts once another officer has confirmed it.

    Raises NotNow: ballots.not_on_paper_now, ballots.closed, ballots.entered_already. Raises
    NotValid: ballots.no_document, ballots.no_channel, ballots.not_on_this_roll, and what
    `check_answer` raises.
    """
    check_paper("vote.enter_document", ballot.status, document)
    check_can_cast(ballot.status, closes_at=ballot.closes_at, at=at)
    if channel not in ON_PAPER:
        raise NotValid("ballots.no_channel")
    check_answer(choice, reason)
    place = _place(ballot, seat)
    if PendingVote.objects.filter(**waiting(ballot), seat=place.seat).exists():
        raise NotNow("ballots.entered_already")
    PendingVote.objects.create(
        ballot=ballot,
        seat=place.seat,
        choice=choice,
        reason=reason.strip(),
        channel=channel,
        document=document.strip(),
        entered_by_id=officer(by),
        entered_at=at,
    )
    return VoteEntered(about=ballot.ref, seat=seat, channel=channel, document=document.strip())


@action("vote.confirm_document", may=MAY)
def confirm_vote(ballot: Ballot, *, entry: int, by: Actor, at: datetime) -> BallotCast:
    """Confirm a vote: from now on it is the seat's answer, and shown as one that came on paper.

    Raises NotNow: ballots.nothing_pending, ballots.not_open_yet, ballots.closed,
    ballots.answered_since. Raises NotAllowed: members.own_entry.
    """
    found = PendingVote.objects.filter(**waiting(ballot), pk=entry).select_related("seat").first()
    if found is None:
        raise NotNow("ballots.nothing_pending")
    check_can_cast(ballot.status, closes_at=ballot.closes_at, at=at)
    check_second_officer(found.entered_by_id, by.account)
    place = _place(ballot, found.seat.number)
    if Vote.objects.filter(ballot=ballot, seat=place.seat, cast_at__gt=found.entered_at).exists():
        # What the member said last counts, and that was not on paper.
        raise NotNow("ballots.answered_since")
    found.confirmed_by_id, found.confirmed_at = by.account, at
    found.save()
    nonce = f"document-{found.pk}"
    version = 1 + Vote.objects.filter(ballot=ballot, seat=place.seat).count()
    return keep_vote(
        place,
        found.choice,
        found.reason,
        version=version,
        channel=found.channel,
        nonce=nonce,
        at=at,
    )


@action("document.drop", may=MAY)
def drop_entry(
    ballot: Ballot, *, what: str, entry: int, by: Actor, at: datetime
) -> DocumentDropped:
    """Drop an entry that is not confirmed. `what` is `key`, `vote` or `codes`.

    Raises NotNow: ballots.nothing_pending, ballots.not_on_paper_now.
    """
    found = KINDS[what]._default_manager.filter(**waiting(ballot), pk=entry).first()
    if found is None:
        raise NotNow("ballots.nothing_pending")
    check_paper("document.drop", ballot.status, found.document)
    found.dropped_at = at
    found.save()
    return DocumentDropped(about=ballot.ref, what=what, document=found.document)


def _place(ballot: Ballot, seat: str) -> RollSeat:
    found = place_of(ballot, seat)
    if found is None:
        raise NotValid("ballots.not_on_this_roll")
    return found
