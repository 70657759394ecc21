from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.ballots.actions.cast import cast_vote
from madang.ballots.actions.open import open_ballot
from madang.ballots.models import Vote
from madang.ballots.reading import answers_of
from madang.foundation.actors import ANONYMOUS, CLOCK, LOADER
from madang.members.actors import actor_of
from madang.members.models import Account
from madang.record import log
from madang.record.verify import Verdict, verify
from tests.actions.ballots.looking import last_entry, recorded, refused
from tests.makers.ballots import (
    CLOSES,
    DURING,
    OPENS,
    REASON,
    a_closed_ballot,
    a_drafted_ballot,
    a_keyed_ballot,
    again,
    an_open_ballot,
    co_chair,
    seated,
    secretary,
    with_both_keys,
)

pytestmark = pytest.mark.usefixtures("practice_forum")
TICK = timedelta(microseconds=1)


def vote(ballot, choice="yes", *, seat="gov-1", reason="", nonce="n-1", by=None, at=DURING):
    by = by or seated(seat)
    return cast_vote(ballot, seat=seat, choice=choice, reason=reason, nonce=nonce, by=by, at=at)


CHOICES = {"yes": "", "no": REASON, "abstain": "", "recused": ""}


@pytest.mark.parametrize("choice", CHOICES)
def test_a_vote_is_kept_as_it_was_given(choice):
    ballot = an_open_ballot()

    vote(ballot, choice, reason=CHOICES[choice])

    kept = Vote.objects.get(ballot=ballot)
    assert (kept.seat.number, kept.version, kept.choice) == ("gov-1", 1, choice)
    assert (kept.reason, kept.channel, kept.cast_at, kept.nonce) == (
        CHOICES[choice],
        "site",
        DURING,
        "n-1",
    )


MOST_STATEMENTS = 18
"""Of a cast, which all other acts wait for, with its entry, its receipt and BEGIN and COMMIT."""


def test_a_cast_asks_the_database_little():
    ballot, by = an_open_ballot(), seated("gov-1")
    asked = []

    # Four entries after one another, so that one of them completes more of the tree than a pair.
    for n in range(4):
        with CaptureQueriesContext(connection) as found:
            vote(ballot, nonce=f"n-{n}", by=by)
        asked.append([query["sql"] for query in found.captured_queries])

    longest = max(asked, key=len)
    assert len(longest) <= MOST_STATEMENTS, "\n".join(longest)
    assert sum("record_head" in sql and "FOR UPDATE" in sql for sql in longest) <= 1


def test_a_vote_stands_in_the_record_as_a_commitment_that_hides_the_choice():
    ballot = an_open_ballot()

    vote(ballot, "no", reason=f"  {REASON}\n")

    entry = recorded("ballot.cast")[0]
    assert last_entry("ballot.cast") == {
        "about": ballot.ref,
        "by": "gov-1",
        "seat": "gov-1",
        "version": 1,
        "channel": "site",
    }
    assert set(log.said(entry)["c"]) == {"choice", "reason", "actor"}
    assert REASON.encode() not in bytes(entry.leaf)
    assert {o.field: o.value for o in entry.openings.all()}["choice"] == "no"
    assert {o.field: o.value for o in entry.openings.all()}["reason"] == REASON
    assert verify().verdict is Verdict.FINE


def test_a_changed_vote_replaces_the_one_before_and_overwrites_none():
    ballot = an_open_ballot()

    vote(ballot, "yes", nonce="n-1")
    vote(ballot, "no", reason=REASON, nonce="n-2", at=DURING + TICK)
    vote(ballot, "abstain", nonce="n-3", at=DURING + 2 * TICK)

    kept = Vote.objects.filter(ballot=ballot).order_by("version")
    assert [(v.version, v.choice) for v in kept] == [(1, "yes"), (2, "no"), (3, "abstain")]
    assert answers_of(ballot) == {"gov-1": "abstain"}
    assert [log.said(entry)["d"]["version"] for entry in recorded("ballot.cast")] == [1, 2, 3]


def test_the_same_form_sent_twice_is_one_vote():
    ballot = an_open_ballot()
    vote(ballot, "yes")

    with refused("ballots.already_cast"):
        vote(ballot, "yes")


def test_a_form_sent_twice_is_one_vote_whatever_the_second_one_says():
    ballot = an_open_ballot()
    vote(ballot, "yes")

    with refused("ballots.already_cast"):
        vote(ballot, "no", reason=REASON)


def test_a_form_sent_again_after_the_close_is_still_the_vote_that_was_cast():
    ballot = an_open_ballot()
    vote(ballot, "yes", at=CLOSES - TICK)

    with refused("ballots.already_cast"):
        vote(ballot, "yes", at=CLOSES)


def test_two_seats_have_two_votes():
    ballot = an_open_ballot({"gov-1": "yes", "cso-2": "abstain"})

    assert answers_of(ballot) == {"gov-1": "yes", "cso-2": "abstain"}


# --- what was typed -------------------------------------------------------------------------------

TYPED = {
    "no choice": ("", "", "ballots.no_choice"),
    "a choice that there is not": ("maybe", "", "ballots.no_choice"),
    "a no without a reason": ("no", "", "ballots.reason_missing"),
    "a no with a blank reason": ("no", " \n ", "ballots.reason_missing"),
    "a reason too long": ("no", "가" * 2001, "ballots.reason_too_long"),
}


@pytest.mark.parametrize(("choice", "reason", "code"), TYPED.values(), ids=TYPED)
def test_what_makes_no_vote_is_refused(choice, reason, code):
    ballot = an_open_ballot()

    with refused(code):
        vote(ballot, choice, reason=reason)


def test_the_longest_reason_is_kept_whole():
    ballot = an_open_ballot()

    vote(ballot, "no", reason="가" * 2000)

    assert Vote.objects.get().reason == "가" * 2000


# --- whose it is ----------------------------------------------------------------------------------


def test_nobody_votes_for_another_seat():
    ballot = an_open_ballot()

    with refused("ballots.not_your_seat"):
        vote(ballot, seat="gov-1", by=seated("gov-2"))


def test_not_even_a_co_chair_votes_for_another_seat():
    ballot = an_open_ballot()

    with refused("ballots.not_your_seat"):
        vote(ballot, seat="gov-1", by=co_chair("government", DURING))


def test_nobody_votes_for_a_seat_that_there_is_not():
    ballot = an_open_ballot()

    with refused("ballots.not_your_seat"):
        vote(ballot, seat="gov-99", by=seated("gov-1"))


def administrator():
    account = Account.objects.filter(grants__role="administrator", person__holdings=None)[0]
    return actor_of(account, on="2026-03-10")


OTHERS = {
    "nobody": lambda: ANONYMOUS,
    "the secretariat": lambda: secretary(DURING),
    "the administrator": administrator,
    "the clock": lambda: CLOCK,
    "the command line": lambda: LOADER,
}


@pytest.mark.parametrize("who", OTHERS.values(), ids=OTHERS)
def test_who_holds_no_seat_has_no_vote(who):
    ballot = an_open_ballot()

    with refused("record.not_allowed") as facts:
        vote(ballot, by=who())
    assert facts == {"act": "ballot.cast"}


def test_a_co_chair_votes_as_any_member():
    ballot = an_open_ballot()
    chair = co_chair("government", DURING)

    vote(ballot, seat=min(chair.seats), by=chair)

    assert answers_of(ballot) == {min(chair.seats): "yes"}


# --- when -----------------------------------------------------------------------------------------

STAGES = {
    "a draft": (a_drafted_ballot, "ballots.not_open_yet"),
    "a keyed ballot": (a_keyed_ballot, "ballots.not_open_yet"),
    "a closed ballot": (a_closed_ballot, "ballots.closed"),
}


@pytest.mark.parametrize(("stage", "code"), STAGES.values(), ids=STAGES)
def test_only_an_open_ballot_takes_a_vote(stage, code):
    ballot = stage()

    with refused(code):
        vote(ballot, seat="cso-21")


def test_a_ballot_known_from_a_source_alone_takes_no_vote():
    ballot = an_open_ballot()
    recorded_ballot = type(ballot).objects.filter(status="recorded").first()
    assert recorded_ballot, "the practice forum has one of an earlier plan"

    with refused("ballots.closed"):
        vote(recorded_ballot)


MOMENTS = {
    "the moment of opening": (OPENS, ""),
    "the last moment of the last day in Seoul": (CLOSES - TICK, ""),
    "24:00 in Seoul": (CLOSES, "ballots.closed"),
    "a moment after": (CLOSES + TICK, "ballots.closed"),
    "24:00 in Seoul, told in New York": (
        CLOSES.astimezone(ZoneInfo("America/New_York")),
        "ballots.closed",
    ),
}


@pytest.mark.parametrize(("at", "code"), MOMENTS.values(), ids=MOMENTS)
def test_a_vote_counts_up_to_the_close_and_not_at_it(at, code):
    ballot = an_open_ballot()

    if code:
        with refused(code):
            vote(ballot, at=at)
    else:
        vote(ballot, at=at)
        assert answers_of(ballot) == {"gov-1": "yes"}


@pytest.mark.parametrize(
    ("closes", "last"),
    [
        (datetime(2028, 2, 28, 15, tzinfo=UTC), "2028-02-28"),
        (datetime(2028, 2, 29, 15, tzinfo=UTC), "2028-02-29"),
    ],
    ids=["24:00 before the leap day", "24:00 of the leap day"],
)
def test_midnight_around_a_leap_day_is_the_forums_midnight(closes, last):
    window = {"opens_at": closes - timedelta(days=5), "closes_at": closes}
    drafted = closes - timedelta(days=7)
    ballot = a_drafted_ballot(at=drafted, **window)
    with_both_keys(ballot, at=drafted)
    open_ballot(ballot, by=CLOCK, at=window["opens_at"])

    vote(ballot, seat="gov-1", by=seated("gov-1", closes - TICK), at=closes - TICK)
    with refused("ballots.closed"):
        vote(ballot, seat="gov-2", by=seated("gov-2", closes), at=closes)

    assert answers_of(ballot) == {"gov-1": "yes"}
    assert again(ballot).meeting.ends > last


def test_a_clock_set_back_does_not_take_a_vote_after_the_close():
    ballot = a_closed_ballot()

    with refused("ballots.closed"):
        vote(again(ballot), seat="cso-21", at=DURING)


def test_a_clock_set_back_during_the_vote_leaves_the_order_to_the_record():
    ballot = an_open_ballot()
    vote(ballot, "yes", nonce="n-1", at=DURING)
    vote(ballot, "abstain", nonce="n-2", at=DURING - timedelta(hours=1))

    first, second = recorded("ballot.cast")
    assert (first.at, second.at) == (DURING, DURING)
    assert answers_of(ballot) == {"gov-1": "abstain"}
