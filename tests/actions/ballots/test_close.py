from collections import Counter
from dataclasses import asdict
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from madang.ballots.actions.cast import cast_vote
from madang.ballots.actions.close import close_ballot
from madang.ballots.models import Ballot
from madang.ballots.reading import seats_of
from madang.ballots.rules.tally import Tally, decide, read_rules
from madang.foundation.actors import ANONYMOUS, CLOCK, LOADER
from madang.members.models import RulesVersion
from madang.record import acting
from madang.record.guard import writing
from tests.actions.ballots.looking import as_of, last_entry, leaves, recorded, refused
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
    answer,
    co_chair,
    seated,
    secretary,
)

pytestmark = pytest.mark.usefixtures("practice_forum")
TICK = timedelta(microseconds=1)


@pytest.fixture
def unfollowed(monkeypatch):
    """Nothing follows on an act: not even the close on the last answer."""
    monkeypatch.setattr(acting, "followers", [])


def everyone(but=0, choice="yes"):
    seats = [f"exo-{n}" for n in (1, 2)] + [f"gov-{n}" for n in range(1, 7)]
    seats += [f"cso-{n}" for n in range(1, 23)]
    return dict.fromkeys(seats[: 30 - but], choice)


def without_early_close():
    version = RulesVersion.objects.get()
    figure = next(figure for figure in version.figures if figure["key"] == "early-close")
    figure["figure"] = {"is": False}
    with writing():
        version.save()


OUTCOMES = {
    "twenty yes approve": ({"yes": 20}, "approved", ""),
    "fifteen of thirty are no quorum": ({"yes": 15}, "no_quorum", ""),
    "sixteen are": ({"yes": 16}, "approved", ""),
    "more against than for": ({"yes": 8, "no": 12}, "rejected", ""),
    "as many for as against": ({"yes": 10, "no": 10}, "rejected", "tie"),
    "abstentions make it miss its majority": ({"yes": 9, "abstain": 9}, "rejected", ""),
    "two recused make a quorum of fifteen": ({"yes": 15, "recused": 2}, "approved", ""),
    "nobody answered": ({}, "no_quorum", ""),
    "twenty-nine recused": ({"recused": 29}, "no_quorum", ""),
}


@pytest.mark.parametrize(("given", "outcome", "detail"), OUTCOMES.values(), ids=OUTCOMES)
def test_at_its_time_a_ballot_closes_with_its_counts_and_its_outcome(given, outcome, detail):
    choices = [choice for choice, count in given.items() for _ in range(count)]
    answers = dict(zip(everyone(), choices, strict=False))

    ballot = a_closed_ballot(answers)

    counts = Counter(choices) | Counter(not_returned=30 - len(choices))
    assert (ballot.status, ballot.closed_at) == ("closed", CLOSES)
    assert (ballot.outcome, ballot.detail) == (outcome, detail)
    assert Counter(ballot.counts) == counts
    assert last_entry("ballot.closed") == {
        "about": ballot.ref,
        "by": "clock",
        "counts": ballot.counts,
        "outcome": outcome,
        "detail": detail,
    }


def test_the_counts_are_what_anyone_counts_again_from_the_votes():
    ballot = an_open_ballot({"gov-1": "yes", "gov-2": "no", "cso-1": "abstain", "cso-2": "yes"})
    answer(ballot, "gov-1", "recused", at=DURING)
    close_ballot(ballot, by=CLOCK, at=CLOSES)
    ballot = again(ballot)

    last = {}
    for vote in ballot.votes.order_by("version"):
        last[vote.seat.number] = vote.choice
    recount = Counter(last.get(seat, "not_returned") for seat in seats_of(ballot))

    assert Counter(ballot.counts) == recount
    assert ballot.outcome == decide(Tally(**recount), read_rules(ballot.rules)).outcome
    assert set(ballot.counts) == set(asdict(Tally()))


def test_before_its_time_a_ballot_stays_open_while_one_seat_is_missing():
    ballot = an_open_ballot(everyone(but=1))

    with refused("ballots.still_open") as facts:
        close_ballot(ballot, by=CLOCK, at=CLOSES - TICK)
    assert facts == {"waited_for": 1}


def test_with_the_last_answer_it_closes_at_once_where_the_rules_say_so(unfollowed):
    ballot = an_open_ballot(everyone())

    close_ballot(ballot, by=seated("cso-22"), at=DURING)

    ballot = again(ballot)
    assert (ballot.status, ballot.closed_at, ballot.outcome) == ("closed", DURING, "approved")
    assert last_entry("ballot.closed")["by"] == "cso-22"


def test_where_the_rules_do_not_say_so_it_waits_for_its_time(unfollowed):
    without_early_close()
    ballot = an_open_ballot(everyone())

    for by in (CLOCK, seated("cso-22")):
        with refused("ballots.still_open") as facts:
            close_ballot(ballot, by=by, at=CLOSES - TICK)
        assert facts == {"waited_for": 0}
    close_ballot(ballot, by=CLOCK, at=CLOSES)


def test_the_last_to_answer_closes_it_also_from_outside_the_forum(unfollowed):
    ballot = an_open_ballot(everyone(but=1))
    gone = leaves("cso-22", last_day="2026-03-09")
    by = as_of(gone, "2026-03-10")

    cast_vote(ballot, seat="cso-22", choice="no", reason=REASON, nonce="x", by=by, at=DURING)
    close_ballot(ballot, by=by, at=DURING)

    assert again(ballot).counts["no"] == 1


def test_no_member_closes_a_ballot_because_it_is_time():
    ballot = an_open_ballot(20)

    with refused("ballots.still_open"):
        close_ballot(ballot, by=seated("gov-1"), at=CLOSES)


OTHERS = {
    "nobody": lambda: ANONYMOUS,
    "the secretariat": secretary,
    "the command line": lambda: LOADER,
}


@pytest.mark.parametrize("who", OTHERS.values(), ids=OTHERS)
def test_no_office_closes_a_ballot(who):
    ballot = an_open_ballot(20)

    with refused("record.not_allowed"):
        close_ballot(ballot, by=who(), at=CLOSES)


def test_a_co_chair_closes_no_ballot():
    ballot = an_open_ballot(20)

    with refused("ballots.still_open"):
        close_ballot(ballot, by=co_chair("government"), at=CLOSES)


STAGES = {
    "a draft": (a_drafted_ballot, "ballots.not_open_yet"),
    "a keyed ballot": (a_keyed_ballot, "ballots.not_open_yet"),
    "a closed ballot": (a_closed_ballot, "ballots.closed"),
}


@pytest.mark.parametrize(("stage", "code"), STAGES.values(), ids=STAGES)
def test_only_an_open_ballot_closes_and_it_closes_once(stage, code):
    ballot = stage()

    with refused(code):
        close_ballot(ballot, by=CLOCK, at=CLOSES)


def test_a_late_close_says_when_it_came_and_counts_no_more_than_came_in_time():
    ballot = an_open_ballot(17)
    late = CLOSES + timedelta(hours=9)

    with refused("ballots.closed"):
        answer(ballot, "cso-22", "no", at=late - TICK)
    close_ballot(ballot, by=CLOCK, at=late)

    assert (again(ballot).closed_at, again(ballot).counts["yes"]) == (late, 17)


BROKEN = {
    "closed without an outcome": {"status": "closed", "closed_at": CLOSES},
    "closed without a time": {"status": "closed", "outcome": "approved"},
    "an outcome while open": {"outcome": "approved"},
    "a time of closing while open": {"closed_at": CLOSES},
    "a window backwards": {"closes_at": OPENS},
}


@pytest.mark.parametrize("fields", BROKEN.values(), ids=BROKEN)
def test_the_database_itself_holds_no_half_closed_ballot(fields):
    ballot = an_open_ballot()

    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        Ballot.objects.filter(pk=ballot.pk).update(**fields)


def test_a_close_is_one_entry():
    a_closed_ballot()

    assert len(recorded("ballot.closed")) == 1
