"""An open ballot and eight members who change their minds, as fast as they can."""

import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain
from threading import Barrier

from django.db import connection

from madang.ballots.actions.cast import cast_vote
from madang.ballots.actions.draft import draft_ballot
from madang.ballots.actions.open import open_ballot
from madang.ballots.actions.turn_key import turn_key
from madang.ballots.models import Ballot, RollSeat
from madang.ballots.reading import text_digest
from madang.foundation.actors import CLOCK, Actor
from madang.foundation.texts import Text
from madang.letters import codes
from madang.letters.models import Letter, MailedCode
from madang.members.actors import actor_of
from madang.members.models import Account, CoChair, Forum
from madang.record import log

# A day on which the practice forum's members sit in their seats, whenever this runs.
DAY = "2026-03-09"
AT = datetime(2026, 3, 9, 3, 0, tzinfo=UTC)
CODE = "123456"


def an_open_ballot() -> Ballot:
    """A ballot through its acts: drafted, two keys, opened."""
    secretary = Account.objects.filter(grants__role="secretariat")[0]
    draft_ballot(
        Forum.objects.get(),
        question=Text({"ko": "재기"}),
        decides="bench:1",
        papers=[],
        written_reason="minor",
        opens_at=AT,
        closes_at=AT + timedelta(days=5),
        by=actor_of(secretary, on=DAY),
        at=AT,
    )
    ballot = Ballot.objects.get(decides="bench:1")
    for chair in CoChair.objects.all():
        holder = Account.objects.get(person__holdings__seat=chair.seat_id)
        by = actor_of(holder, on=DAY)
        turn_key(ballot, digest=text_digest(ballot), by=by, at=AT)
    open_ballot(ballot, by=CLOCK, at=AT)
    return Ballot.objects.get(pk=ballot.pk)


def _codes(email: str, count: int) -> None:
    """As many codes as there will be casts, each for a purpose of its own."""
    MailedCode.objects.bulk_create(
        MailedCode(
            email=email,
            purpose=f"bench:{n}",
            code_hash=codes._hash(email, f"bench:{n}", CODE),
            sent_at=AT,
            ends_at=AT + codes.LASTS,
        )
        for n in range(count)
    )


Voter = tuple[str, str, Actor]
Span = tuple[float, float]


def casts_per_second(clients: int = 8, each: int = 50, processes: int = 1) -> float:
    """Votes a second, each with its code checked, its row, its entry in the record, its letter.

    `processes` share the clients, as the web processes of `madang serve --workers` do.
    """
    ballot = an_open_ballot()
    voters: list[Voter] = []
    places = RollSeat.objects.filter(ballot=ballot).select_related("seat", "person__account")
    for place in places[:clients]:
        account = place.person.account  # type: ignore[union-attr]
        _codes(account.email, each)
        voters.append((place.seat.number, account.email, actor_of(account, on=DAY)))
    entries, letters = log.size(), Letter.objects.count()
    spans = _shared_out(ballot, voters, each, processes)

    casts = clients * each
    assert (log.size() - entries, ballot.votes.count()) == (casts, casts)
    assert Letter.objects.count() - letters == casts, "no receipt for a vote"
    return casts / (max(end for _, end in spans) - min(began for began, _ in spans))


def _shared_out(ballot: Ballot, voters: list[Voter], each: int, processes: int) -> list[Span]:
    work = partial(_side_by_side, ballot, each)
    if processes == 1:
        return work(voters)
    # A process that is forked must not talk over its parent's connections.
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        spans = pool.map(work, [voters[n::processes] for n in range(processes)])
        return list(chain.from_iterable(spans))


def _side_by_side(ballot: Ballot, each: int, voters: list[Voter]) -> list[Span]:
    """When each voter began and ended, a thread for each of them."""
    together = Barrier(len(voters))
    connection.close()

    def vote(voter: Voter) -> Span:
        seat, email, by = voter
        together.wait()
        began = time.perf_counter()
        for n in range(each):
            codes.check_code(email, f"bench:{n}", CODE, AT)
            cast_vote(ballot, seat=seat, choice="yes", nonce=f"{seat}-{n}", by=by, at=AT)
        connection.close()
        return began, time.perf_counter()

    with ThreadPoolExecutor(len(voters)) as pool:
        return list(pool.map(vote, voters))
