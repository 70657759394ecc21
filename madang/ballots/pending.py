"""What was entered from paper and waits for a second officer."""

from typing import Any

from madang.ballots.models import Ballot, PendingCodes, PendingKey, PendingVote
from madang.foundation.actors import Actor


def waiting(ballot: Ballot) -> dict[str, Any]:
    """What an entry of the ballot that is neither confirmed nor dropped is found by."""
    return {"ballot": ballot, "confirmed_at": None, "dropped_at": None}


def waiting_keys(ballot: Ballot) -> list[PendingKey]:
    found = PendingKey.objects.filter(**waiting(ballot))
    return list(found.select_related("entered_by__person", "file"))


def waiting_votes(ballot: Ballot) -> list[PendingVote]:
    found = PendingVote.objects.filter(**waiting(ballot))
    return list(found.select_related("entered_by__person", "seat"))


def waiting_codes(ballot: Ballot) -> list[PendingCodes]:
    return list(PendingCodes.objects.filter(**waiting(ballot)).select_related("entered_by__person"))


def officer(by: Actor) -> int:
    """The account of the officer who enters something; only a person signed in enters anything."""
    assert by.account is not None
    return by.account
