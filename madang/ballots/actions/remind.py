"""Remind those who have not answered an open ballot."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.ballots.models import Ballot, Reminder
from madang.ballots.reading import answers_of, seats_of
from madang.ballots.rules.permissions import MAY
from madang.ballots.rules.preparing import check_can_remind, most_reminders
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class BallotReminded(Event):
    """Letters were written to the seats that had not answered."""

    KIND: ClassVar[str] = "ballot.reminded"

    number: int
    seats: list[str]


@action("ballot.remind", may=MAY)
def remind(ballot: Ballot, *, by: Actor, at: datetime) -> BallotReminded:
    """Remind the seats that have not answered, as often as the rules say and never in a hurry.

    Raises NotNow: ballots.not_open_yet, ballots.closed, ballots.reminders_spent,
    ballots.reminded_lately, ballots.all_answered.
    """
    assert ballot.closes_at
    sent = list(Reminder.objects.filter(ballot=ballot))
    check_can_remind(
        ballot.status,
        closes_at=ballot.closes_at,
        sent=len(sent),
        most=most_reminders(ballot.rules or []),
        last=sent[-1].sent_at if sent else None,
        at=at,
    )
    answered = answers_of(ballot)
    waited_for = [seat for seat in seats_of(ballot) if seat not in answered]
    if not waited_for:
        raise NotNow("ballots.all_answered")
    number = len(sent) + 1
    Reminder.objects.create(ballot=ballot, number=number, seats=len(waited_for), sent_at=at)
    return BallotReminded(about=ballot.ref, number=number, seats=waited_for)
