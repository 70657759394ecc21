"""How many have answered a ballot: who, never what."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet

from madang.ballots.models import Ballot, RollSeat, Vote
from madang.ballots.rules.words import BallotStatus


def turnouts(ballots: Iterable[Ballot]) -> dict[int, tuple[int, int]]:
    """For each ballot, by its row's id: seats that have answered, seats on the roll."""
    rows = [ballot.pk for ballot in ballots]
    given = _counted(Vote.objects.filter(ballot__in=rows))
    seats = _counted(RollSeat.objects.filter(ballot__in=rows))
    return {row: (given.get(row, 0), seats.get(row, 0)) for row in rows}


def _counted(found: QuerySet[Any]) -> dict[int, int]:
    seats = found.values_list("ballot").annotate(n=Count("seat", distinct=True))
    return dict(seats.order_by())


def answered_seats(ballot: Ballot) -> set[str]:
    """The numbers of the seats that have answered."""
    return set(Vote.objects.filter(ballot=ballot).values_list("seat__number", flat=True))


def under_way(*statuses: BallotStatus) -> list[Ballot]:
    """The ballots in these states, what closes first on top, each with `answered` and `seats`.

    One query: it stands on the first page.
    """
    rows = Ballot.objects.filter(status__in=statuses).select_related("meeting")
    counted = rows.annotate(
        answered=Count("votes__seat", distinct=True), seats=Count("roll", distinct=True)
    )
    return list(counted.order_by("closes_at", "pk"))
