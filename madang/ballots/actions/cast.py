"""Cast a vote: a seat's answer to the question."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.ballots.models import Ballot, RollSeat, Vote
from madang.ballots.rules.closing import check_answer, check_can_cast
from madang.ballots.rules.permissions import MAY
from madang.ballots.rules.words import Channel
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotAllowed, NotNow
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class BallotCast(Event):
    """A seat answered. What it answered is committed now and opened for all at the close."""

    KIND: ClassVar[str] = "ballot.cast"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"choice", "reason"})
    ASIDE: ClassVar[frozenset[str]] = frozenset({"place"})

    seat: str
    version: int
    channel: str
    choice: str
    reason: str | None = None
    place: RollSeat


@action("ballot.cast", may=MAY)
def cast_vote(
    ballot: Ballot,
    *,
    seat: str,
    choice: str,
    reason: str = "",
    printed: bool = False,
    nonce: str,
    by: Actor,
    at: datetime,
) -> BallotCast:
    """Cast a seat's vote; a later one replaces it until the close, and none is overwritten.

    `nonce` comes from the seat's form: the same one again is the same vote, and is refused here
    so that the page can show the receipt it has. `printed`: a printed code confirmed it.

    Raises NotNow: ballots.not_open_yet, ballots.closed, ballots.already_cast. Raises NotAllowed:
    ballots.not_your_seat, ballots.not_on_the_roll. Raises NotValid: ballots.no_choice,
    ballots.reason_missing, ballots.reason_too_long.
    """
    # Before all else: a vote sent twice was cast, though the ballot may have closed in between.
    votes = Vote.objects.filter(ballot=ballot, seat__number=seat)
    sent = votes.order_by().values_list("nonce", flat=True)
    if nonce in sent:
        raise NotNow("ballots.already_cast")
    check_can_cast(ballot.status, closes_at=ballot.closes_at, at=at)
    check_answer(choice, reason)
    place = _place_of(ballot, seat, by)
    version = len(sent) + 1

    channel = Channel.PRINTED if printed else Channel.SITE
    return keep_vote(place, choice, reason, version=version, channel=channel, nonce=nonce, at=at)


def keep_vote(
    place: RollSeat,
    choice: str,
    reason: str,
    *,
    version: int,
    channel: str,
    nonce: str,
    at: datetime,
) -> BallotCast:
    """Keep a seat's answer as its next version, however it came."""
    Vote.objects.create(
        ballot=place.ballot,
        seat=place.seat,
        version=version,
        choice=choice,
        reason=reason.strip(),
        channel=channel,
        cast_at=at,
        nonce=nonce,
    )
    return BallotCast(
        about=place.ballot.ref,
        seat=place.seat.number,
        version=version,
        channel=channel,
        choice=choice,
        reason=reason.strip() or None,
        place=place,
    )


def place_of(ballot: Ballot, seat: str) -> RollSeat | None:
    """A seat's place on a ballot's roll, with the person and the account that hold it."""
    roll = RollSeat.objects.filter(ballot=ballot, seat__number=seat).order_by()
    place = roll.select_related("seat", "person__account").first()
    if place:
        place.ballot = ballot
    return place


def _place_of(ballot: Ballot, seat: str, by: Actor) -> RollSeat:
    # The roll is the one fixed at opening: a member who has left since still has the right to
    # vote, and one who has come since, even into a seat of the roll, has not.
    place = place_of(ballot, seat)
    account = getattr(place.person, "account", None) if place else None
    if place and account and account.pk == by.account:
        return place
    if seat in by.seats:
        raise NotAllowed("ballots.not_on_the_roll")
    raise NotAllowed("ballots.not_your_seat")
