"""What a practice forum alone can do with a ballot: let the other seats answer, go to its hours."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from madang.ballots.actions.cast import cast_vote
from madang.ballots.actions.due import close_due, open_due
from madang.ballots.models import Ballot, RollSeat
from madang.ballots.rules.words import BallotStatus, Choice
from madang.ballots.turnout import answered_seats, under_way
from madang.calls import due as calls_due
from madang.consultation import comment_due
from madang.foundation.actors import CLOCK, Actor
from madang.foundation.refusals import NotNow
from madang.members.actors import actor_of
from madang.members.models import Account
from madang.web import timer
from madang.web.typed import moment_of, practice_only, typed, way_on

MIX = (*[Choice.YES] * 7, Choice.NO, Choice.NO, Choice.ABSTAIN)
"""What the other seats choose from, so that a vote comes out without coming out all one way."""
REASONS = {
    "ko": (
        "예산이 어디에서 나오는지 적혀 있지 않습니다.",
        "맡은 부서가 둘이라 누가 답할지 분명하지 않습니다.",
        "기한을 한 해 당겨 주십시오.",
    ),
    "en": (
        "The text does not say where the money comes from.",
        "Two departments lead it, and it is not clear who will answer.",
        "Please bring the dates forward by a year.",
    ),
}
OPENING, CLOSE = "opening", "close"
STEPS = {
    OPENING: _("To the opening of the vote"),
    CLOSE: _("To the close of the vote"),
}
MOST_LEFT = 3


def others_answer(request: HttpRequest) -> HttpResponse:
    """Let every seat answer but the reader's own; `leave` seats more are waited for."""
    practice_only(request)
    leave = typed(request, "leave", most=2)
    keep = min(int(leave), MOST_LEFT) if leave.isdecimal() else 0
    count = 0
    if ballot := _open(typed(request, "ballot", most=80)):
        count = _let_answer(ballot, _mine(request), keep, moment_of(request))
    given = typed(request, "next", most=500)
    there, _hash, place = (way_on(given) if given else reverse("practice")).partition("#")
    sign = "&" if "?" in there else "?"
    return HttpResponseRedirect(f"{there}{sign}answered={count}#{place or 'ballots'}")


def hours_of_ballots(at: datetime) -> dict[str, datetime]:
    """Where the clock can be taken to now: the next opening, the next close."""
    return hours_of(under_way(BallotStatus.KEYED, BallotStatus.OPEN), at)


def hours_of(ballots: Iterable[Ballot], at: datetime) -> dict[str, datetime]:
    """The hours of these ballots that are still to come, the next of each kind."""
    found: dict[str, datetime] = {}
    for ballot in ballots:
        keyed = ballot.status == BallotStatus.KEYED
        hour = ballot.opens_at if keyed else ballot.closes_at
        if hour and hour > at:
            key = OPENING if keyed else CLOSE
            found[key] = min(hour, found.get(key, hour))
    return found


def do_what_is_due() -> None:
    """Open and close what the moved clock has reached, as the worker would in some seconds."""
    at = timer.now()
    open_due(CLOCK, at)
    close_due(CLOCK, at)
    calls_due.open_due(CLOCK, at)
    calls_due.close_due(CLOCK, at)
    comment_due.open_due(CLOCK, at)
    comment_due.close_due(CLOCK, at)


def _open(address: str) -> Ballot | None:
    """The open ballot of a meeting; without an address the one that closes first."""
    rows = under_way(BallotStatus.OPEN)
    return next((row for row in rows if address in ("", row.meeting.address)), None)


def _mine(request: Any) -> frozenset[str]:
    actor: Actor = request.actor
    return actor.seats


def _let_answer(ballot: Ballot, mine: frozenset[str], keep: int, at: datetime) -> int:
    count = 0
    waiting = list(_waited_for(ballot, mine, timezone.localdate(at).isoformat()))
    for seat, actor, language in waiting[: len(waiting) - keep]:
        choice, reason = _answer(f"{ballot.ref} {seat}", language)
        nonce = f"others-{seat}"
        try:
            cast_vote(ballot, seat=seat, choice=choice, reason=reason, nonce=nonce, by=actor, at=at)
        except NotNow:
            # It closed meanwhile, or another reader's press was first.
            break
        count += 1
    return count


def _waited_for(ballot: Ballot, mine: frozenset[str], on: str) -> Iterator[tuple[str, Actor, str]]:
    """The seats that have not answered, each with who holds it and the language spoken."""
    passed = mine | answered_seats(ballot)
    roll = RollSeat.objects.filter(ballot=ballot).exclude(seat__number__in=passed)
    accounts = {
        account.person_id: account
        for account in Account.objects.exclude(person=None).select_related("person")
        if account.is_active
    }
    for place in roll.select_related("seat__seat_class"):
        if account := accounts.get(place.person_id):
            yield place.seat.number, actor_of(account, on=on), account.language


def _answer(name: str, language: str) -> tuple[str, str]:
    """A seat's choice and reason: varied, and the same whenever it is asked."""
    drawn = int.from_bytes(sha256(name.encode()).digest()[:4])
    choice = MIX[drawn % len(MIX)]
    reasons = REASONS.get(language, REASONS["en"])
    return choice, reasons[drawn // 16 % len(reasons)] if choice == Choice.NO else ""
