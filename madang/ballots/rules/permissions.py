"""Who may do what to a ballot."""

from typing import Any

from madang.foundation.actors import Actor, Role
from madang.members.rules.permissions import is_clock, is_secretariat


def is_co_chair(actor: Actor, subject: Any) -> bool:
    """One of the two co-chairs."""
    return actor.has(Role.CO_CHAIR)


def holds_a_seat(actor: Actor, subject: Any) -> bool:
    """A member of the forum."""
    return bool(actor.seats)


def stands_on_the_roll(actor: Actor, subject: Any) -> bool:
    """Whoever held a seat when the ballot opened, also one who has left it since."""
    return actor.account is not None and subject.has_on_roll(actor.account)


def is_last_seat(actor: Actor, subject: Any) -> bool:
    """The seat whose answer was the last one waited for."""
    return bool(actor.seats) or stands_on_the_roll(actor, subject)


MAY = {
    "ballot.draft": [[is_secretariat]],
    "ballot.draft_round": [[is_secretariat]],
    "ballot.revise": [[is_secretariat]],
    "ballot.annul": [[is_secretariat]],
    "ballot.return": [[is_co_chair]],
    "ballot.remind": [[is_secretariat], [is_co_chair]],
    "key.turn": [[is_co_chair]],
    "key.enter_document": [[is_secretariat]],
    "key.confirm_document": [[is_secretariat]],
    "vote.enter_document": [[is_secretariat]],
    "vote.confirm_document": [[is_secretariat]],
    "document.drop": [[is_secretariat]],
    "codes.ask": [[is_secretariat]],
    "codes.print": [[is_secretariat]],
    "codes.revoke": [[is_secretariat]],
    "ballot.open": [[is_clock]],
    "ballot.cast": [[holds_a_seat], [stands_on_the_roll]],
    "ballot.close": [[is_clock], [is_last_seat]],
}
