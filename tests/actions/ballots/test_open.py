from datetime import timedelta

import pytest

from madang.ballots.actions.cast import cast_vote
from madang.ballots.actions.close import close_ballot
from madang.ballots.actions.open import open_ballot
from madang.ballots.actions.turn_key import turn_key
from madang.ballots.models import Key
from madang.ballots.reading import roll_on, rules_on, seats_of, text_digest
from madang.ballots.rules.tally import Share, read_rules
from madang.foundation.actors import ANONYMOUS, CLOCK, LOADER
from madang.members.models import Account, Holding, Person, RulesVersion
from madang.record.guard import writing
from tests.actions.ballots.looking import as_of, comes, last_entry, leaves, recorded, refused
from tests.makers.ballots import (
    CLOSES,
    DURING,
    OPENS,
    a_closed_ballot,
    a_drafted_ballot,
    a_keyed_ballot,
    account_of,
    again,
    an_open_ballot,
    co_chair,
    seated,
    secretary,
)

pytestmark = pytest.mark.usefixtures("practice_forum")
TICK = timedelta(microseconds=1)
TODAY = "2026-03-10"


def test_a_keyed_ballot_opens_at_its_time_with_roll_and_rules_frozen():
    ballot = a_keyed_ballot()

    open_ballot(ballot, by=CLOCK, at=OPENS)

    ballot = again(ballot)
    assert (ballot.status, ballot.opened_at) == ("open", OPENS)
    assert ballot.rules == rules_on("2026-03-09")
    assert seats_of(ballot) == [held.seat.number for held in roll_on("2026-03-09")]
    assert ballot.roll.count() == 30
    assert (ballot.outcome, ballot.counts, ballot.closed_at) == (None, None, None)


def test_the_opening_stands_in_the_record_with_the_text_and_the_roll():
    ballot = an_open_ballot()

    said = recorded("ballot.opened")[0]
    assert said.about == ballot.ref
    clear = last_entry("ballot.opened")
    assert (clear["by"], clear["opened"], clear["seats"]) == ("clock", True, 30)
    assert clear["digest"] == ballot.digest == text_digest(ballot)
    assert clear["closes_at"] == CLOSES.isoformat()


def test_no_ballot_opens_before_its_time():
    ballot = a_keyed_ballot()

    with refused("ballots.too_early") as facts:
        open_ballot(ballot, by=CLOCK, at=OPENS - TICK)
    assert facts == {"opens_at": OPENS}


def test_without_both_keys_time_alone_opens_nothing():
    ballot = a_drafted_ballot()

    with refused("ballots.not_keyed"):
        open_ballot(ballot, by=CLOCK, at=OPENS)


@pytest.mark.parametrize("stage", [an_open_ballot, a_closed_ballot], ids=["open", "closed"])
def test_no_ballot_opens_twice(stage):
    ballot = stage()

    with refused("ballots.not_keyed"):
        open_ballot(ballot, by=CLOCK, at=DURING)


OTHERS = {
    "nobody": lambda: ANONYMOUS,
    "a member": lambda: seated("gov-1"),
    "a co-chair": lambda: co_chair("civil_society"),
    "the secretariat": secretary,
    "the command line": lambda: LOADER,
}


@pytest.mark.parametrize("who", OTHERS.values(), ids=OTHERS)
def test_the_clock_alone_opens_a_ballot(who):
    ballot = a_keyed_ballot()

    with refused("record.not_allowed"):
        open_ballot(ballot, by=who(), at=OPENS)


# --- what changed between the keys and the opening ------------------------------------------------


def a_member_leaves():
    leaves("gov-2", last_day="2026-03-08")


def a_member_is_replaced():
    leaves("cso-4", last_day="2026-03-08")
    comes("cso-4", first_day="2026-03-09")


def a_rule_changes():
    version = RulesVersion.objects.get()
    version.figures[0]["figure"]["fraction"] = "2/3"
    with writing():
        version.save()


CHANGES = {
    "a member left": a_member_leaves,
    "a member was replaced": a_member_is_replaced,
    "a rule changed": a_rule_changes,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changed_since_the_keys_voids_them_and_nobody_votes(change):
    ballot = a_keyed_ballot()
    change()

    open_ballot(ballot, by=CLOCK, at=OPENS)

    ballot = again(ballot)
    assert (ballot.status, ballot.opened_at, ballot.rules) == ("draft", None, None)
    assert ballot.roll.count() == 0
    assert set(Key.objects.filter(what=ballot.ref).values_list("voided_at", flat=True)) == {OPENS}
    clear = last_entry("ballot.opened")
    assert (clear["opened"], clear["digest"]) == (False, text_digest(ballot))


def test_new_keys_on_the_changed_text_open_it():
    ballot = a_keyed_ballot()
    a_member_leaves()
    open_ballot(ballot, by=CLOCK, at=OPENS)
    for side in ("government", "civil_society"):
        turn_key(ballot, digest=text_digest(ballot), by=co_chair(side, DURING), at=DURING)
    open_ballot(ballot, by=CLOCK, at=DURING)

    assert again(ballot).status == "open"
    assert again(ballot).roll.count() == 29


def test_a_member_who_leaves_on_the_day_after_the_opening_changes_nothing():
    ballot = a_keyed_ballot()
    leaves("gov-2", last_day="2026-03-09")

    open_ballot(ballot, by=CLOCK, at=OPENS)

    assert again(ballot).status == "open"
    assert "gov-2" in seats_of(ballot)


def test_a_ballot_whose_window_went_by_unopened_has_no_outcome_but_waits_for_a_new_window():
    ballot = a_keyed_ballot()

    open_ballot(ballot, by=CLOCK, at=CLOSES)

    ballot = again(ballot)
    assert (ballot.status, ballot.outcome, ballot.roll.count()) == ("draft", None, 0)
    assert not Key.objects.filter(what=ballot.ref, voided_at=None).exists()


def test_a_late_opening_is_still_one_until_the_last_moment():
    ballot = a_keyed_ballot()

    open_ballot(ballot, by=CLOCK, at=CLOSES - TICK)

    assert again(ballot).status == "open"


# --- the roll from then on ------------------------------------------------------------------------


def vote(ballot, seat, by, nonce="n-1"):
    return cast_vote(ballot, seat=seat, choice="yes", nonce=nonce, by=by, at=DURING)


def test_a_member_who_has_left_since_the_opening_still_votes():
    ballot = an_open_ballot()
    gone = leaves("gov-2", last_day="2026-03-09")
    by = as_of(gone, TODAY)
    assert by.seats == frozenset()

    vote(ballot, "gov-2", by)

    assert ballot.votes.get().seat.number == "gov-2"
    assert cast_vote.open_to(by, ballot)


def test_one_who_has_come_since_into_a_seat_of_the_roll_does_not_vote():
    ballot = an_open_ballot()
    leaves("gov-2", last_day="2026-03-09")
    new = as_of(comes("gov-2", first_day=TODAY), TODAY)
    assert new.seats == {"gov-2"}

    with refused("ballots.not_on_the_roll"):
        vote(ballot, "gov-2", new)


def test_a_seat_that_nobody_held_at_the_opening_votes_for_nobody():
    leaves("cso-9", last_day="2026-03-01")
    ballot = an_open_ballot()
    new = as_of(comes("cso-9", first_day=TODAY), TODAY)

    assert ballot.roll.count() == 29
    with refused("ballots.not_on_the_roll"):
        vote(ballot, "cso-9", new)


def test_a_seat_whose_holder_is_not_recorded_counts_on_the_roll_and_nobody_votes_for_it():
    with writing():
        held = Holding.objects.get(seat__number="cso-9", ends=None)
        account, held.person = Account.objects.get(person=held.person), None
        held.save()
    ballot = an_open_ballot()

    assert (ballot.roll.count(), ballot.roll.get(seat__number="cso-9").person) == (30, None)
    with refused("record.not_allowed"):
        vote(ballot, "cso-9", as_of(account, TODAY))


def test_rules_that_change_during_the_vote_do_not_change_how_it_is_counted():
    ballot = an_open_ballot(16)
    a_rule_changes()

    close_ballot(ballot, by=CLOCK, at=CLOSES)

    assert again(ballot).outcome == "approved"
    assert read_rules(again(ballot).rules).quorum == Share.of(
        {"fraction": "1/2", "comparator": ">", "base": "roll"}
    )


def test_where_dates_overlap_the_one_who_came_last_is_on_the_roll_and_the_seat_once():
    before = leaves("gov-2", last_day="2026")
    comes("gov-2", first_day="2026-02")

    ballot = an_open_ballot()

    assert ballot.roll.count() == 30
    assert ballot.roll.get(seat__number="gov-2").person == Person.objects.get(slug="newcomer")
    with refused("ballots.not_on_the_roll"):
        vote(ballot, "gov-2", as_of(before, TODAY))


def test_who_stood_on_the_roll_is_asked_of_the_roll_and_of_nothing_else():
    ballot = an_open_ballot()
    on_it, off_it = account_of("gov-1"), secretary().account

    assert ballot.has_on_roll(on_it.pk)
    assert not ballot.has_on_roll(off_it)
