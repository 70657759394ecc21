import logging
from datetime import timedelta

import pytest

from madang.ballots.actions import due
from madang.ballots.actions.due import close_due, open_due
from madang.ballots.models import Ballot
from madang.ballots.rules import tally
from madang.foundation.actors import CLOCK
from madang.record import log
from madang.record.due import act_on_each
from madang.record.guard import writing
from tests.actions.ballots.looking import everything, leaves, recorded
from tests.makers.ballots import (
    CLOSES,
    DURING,
    OPENS,
    a_drafted_ballot,
    a_keyed_ballot,
    again,
    an_open_ballot,
)

pytestmark = pytest.mark.usefixtures("practice_forum")
TICK = timedelta(microseconds=1)


def tick(at):
    """What one worker does at a moment."""
    return open_due(CLOCK, at), close_due(CLOCK, at)


def test_what_is_due_is_done_and_once():
    ballot = a_keyed_ballot()

    assert tick(OPENS - TICK) == (0, 0)
    assert tick(OPENS) == (1, 0)
    assert again(ballot).status == "open"
    kept = everything()
    assert tick(OPENS) == tick(DURING) == tick(CLOSES - TICK) == (0, 0)
    assert everything() == kept
    assert tick(CLOSES) == (0, 1)
    kept = everything()
    assert tick(CLOSES) == tick(CLOSES + timedelta(days=1)) == (0, 0)
    assert everything() == kept
    assert again(ballot).status == "closed"


def test_a_worker_that_was_away_catches_up_in_order():
    ballot = an_open_ballot()
    other = a_keyed_ballot(opens_at=OPENS, closes_at=CLOSES + timedelta(days=9))

    assert tick(CLOSES + timedelta(days=1)) == (1, 1)

    assert (again(ballot).status, again(other).status) == ("closed", "open")


def test_a_worker_that_was_away_through_the_whole_window_makes_no_outcome_of_it():
    ballot = a_keyed_ballot()

    assert tick(CLOSES + TICK) == (1, 0)
    assert tick(CLOSES + 2 * TICK) == (0, 0)

    assert (again(ballot).status, again(ballot).outcome) == ("draft", None)


def test_what_is_not_keyed_is_never_due():
    a_drafted_ballot()

    assert tick(CLOSES + timedelta(days=1)) == (0, 0)


def test_a_second_worker_that_found_the_same_thing_due_does_nothing_and_says_nothing(caplog):
    ballot = a_keyed_ballot()

    found = Ballot.objects.filter(pk=ballot.pk)
    stale = list(found)
    assert act_on_each(stale, due.open_ballot, CLOCK, OPENS) == 1
    kept = everything()

    assert act_on_each(stale, due.open_ballot, CLOCK, OPENS) == 0
    assert everything() == kept
    assert caplog.records == []


def test_two_workers_whose_clocks_differ_close_once():
    ballot = an_open_ballot(20)

    assert close_due(CLOCK, CLOSES - timedelta(minutes=5)) == 0
    assert close_due(CLOCK, CLOSES) == 1
    assert close_due(CLOCK, CLOSES + timedelta(minutes=5)) == 0

    assert again(ballot).closed_at == CLOSES
    assert len(recorded("ballot.closed")) == 1


def test_keys_that_a_changed_roll_made_void_are_voided_once():
    ballot = a_keyed_ballot()
    leaves("gov-2", last_day="2026-03-08")

    assert open_due(CLOCK, OPENS) == 1
    assert open_due(CLOCK, OPENS) == 0

    assert again(ballot).status == "draft"


def test_one_ballot_that_fails_keeps_no_other_from_closing(caplog):
    broken, sound = an_open_ballot(), an_open_ballot(20, closes_at=CLOSES + TICK)
    with writing():
        Ballot.objects.filter(pk=broken.pk).update(rules=[])
    before = log.size()

    with caplog.at_level(logging.ERROR, logger="madang.timer"):
        assert close_due(CLOCK, CLOSES + TICK) == 1

    assert (again(broken).status, again(sound).status) == ("open", "closed")
    assert log.size() == before + 1
    assert [record.getMessage() for record in caplog.records] == [f"{broken.ref} failed"]


def test_a_clock_set_back_undoes_nothing():
    ballot = an_open_ballot(20)
    tick(CLOSES)
    kept = everything()

    assert tick(OPENS) == (0, 0)
    assert everything() == kept
    assert again(ballot).outcome == tally.Outcome.APPROVED
