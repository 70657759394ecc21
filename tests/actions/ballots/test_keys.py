from datetime import timedelta

import pytest

from madang.ballots.actions.turn_key import turn_key
from madang.ballots.models import Ballot, Key
from madang.ballots.papers import question_papers
from madang.ballots.reading import text_digest
from madang.drafting.models import Commitment
from madang.foundation.actors import ANONYMOUS, CLOCK, LOADER, Actor, Role
from madang.foundation.texts import Text
from madang.members.models import Account, CoChair, RulesVersion
from madang.planning.models import Plan
from madang.record.guard import writing
from tests.actions.ballots.looking import comes, last_entry, leaves, refused
from tests.makers.ballots import (
    CLOSES,
    DRAFTED,
    a_closed_ballot,
    a_drafted_ballot,
    a_keyed_ballot,
    again,
    an_open_ballot,
    co_chair,
    seated,
    secretary,
)

pytestmark = pytest.mark.usefixtures("practice_forum")
AT = DRAFTED + timedelta(hours=1)


def turn(ballot, side, *, digest=None, by=None, at=AT):
    return turn_key(ballot, digest=digest or text_digest(ballot), by=by or co_chair(side), at=at)


def standing(ballot):
    return Key.objects.filter(what=ballot.ref, voided_at=None)


def change_question(ballot):
    """As the secretariat's revision does it, without voiding anything itself."""
    with writing():
        Ballot.objects.filter(pk=ballot.pk).update(question=Text({"en": "Another question?"}))
    return again(ballot)


def test_one_key_does_not_open_anything():
    ballot = a_drafted_ballot()

    turn(ballot, "government")

    assert again(ballot).status == "draft"
    assert standing(ballot).count() == 1


@pytest.mark.parametrize(
    "order",
    [("government", "civil_society"), ("civil_society", "government")],
    ids=["government first", "civil society first"],
)
def test_two_sides_and_two_persons_key_a_ballot_in_either_order(order):
    ballot = a_drafted_ballot()

    for side in order:
        turn(ballot, side)

    assert again(ballot).status == "keyed"
    assert {key.side for key in standing(ballot)} == set(order)
    assert len({key.person_id for key in standing(ballot)}) == 2


def test_a_key_stands_in_the_record_with_side_seat_and_the_text_it_approves():
    ballot = a_drafted_ballot()

    turn(ballot, "civil_society")

    seat = CoChair.objects.get(side="civil_society").seat.number
    assert last_entry("key.turned") == {
        "about": ballot.ref,
        "by": seat,
        "side": "civil_society",
        "seat": seat,
        "stands_in": False,
        "digest": text_digest(ballot),
        "keys": 1,
    }


def test_one_side_turns_one_key():
    ballot = a_drafted_ballot()
    turn(ballot, "government")

    with refused("ballots.key_turned"):
        turn(ballot, "government")


def test_one_person_in_both_chairs_turns_one_key():
    ballot = a_drafted_ballot()
    turn(ballot, "government")
    account = Account.objects.get(pk=co_chair("government").account)
    other = CoChair.objects.get(side="civil_society").seat.number
    in_the_other_chair = Actor(
        roles=frozenset({Role.CO_CHAIR}), seats=frozenset({other}), account=account.pk
    )

    with refused("ballots.key_turned"):
        turn(ballot, "civil_society", by=in_the_other_chair)


def test_a_successor_does_not_turn_the_key_of_a_side_that_has_turned_it():
    ballot = a_drafted_ballot()
    turn(ballot, "government")
    successor = Actor(
        roles=frozenset({Role.CO_CHAIR}),
        seats=frozenset({CoChair.objects.get(side="government").seat.number}),
        account=seated("gov-1").account,
    )

    with refused("ballots.key_turned"):
        turn(ballot, "government", by=successor)


def test_there_is_no_third_key():
    ballot = a_keyed_ballot()

    for side in ("government", "civil_society"):
        with refused("ballots.not_waiting_for_keys"):
            turn(ballot, side)


def test_a_key_is_turned_on_the_text_that_was_read_and_on_no_other():
    ballot = a_drafted_ballot()
    read = text_digest(ballot)
    ballot = change_question(ballot)

    with refused("ballots.text_changed"):
        turn(ballot, "government", digest=read)


def test_a_key_on_the_text_before_it_changed_is_void_when_the_next_is_turned():
    ballot = a_drafted_ballot()
    turn(ballot, "government")
    ballot = change_question(ballot)

    turn(ballot, "civil_society")

    assert again(ballot).status == "draft"
    assert [key.side for key in standing(ballot)] == ["civil_society"]
    assert Key.objects.get(side="government").voided_at == AT

    turn(ballot, "government")
    assert again(ballot).status == "keyed"


def test_a_changed_roll_is_another_text():
    ballot = a_drafted_ballot()
    read = text_digest(ballot)
    leaves("gov-2", last_day="2026-03-08")

    with refused("ballots.text_changed"):
        turn(ballot, "government", digest=read)


def test_a_changed_rule_is_another_text():
    ballot = a_drafted_ballot()
    read = text_digest(ballot)
    version = RulesVersion.objects.get()
    version.figures[0]["figure"]["fraction"] = "2/3"
    with writing():
        version.save()

    with refused("ballots.text_changed"):
        turn(ballot, "government", digest=read)


def test_no_key_is_turned_on_papers_that_the_plan_does_not_say_any_more():
    ballot = a_drafted_ballot(papers=question_papers(Plan.objects.get(number=2)))
    with writing():
        Commitment.objects.filter(plan__number=2, number=1).update(
            title=Text({"ko": "달라진 과제"})
        )

    with refused("ballots.papers_outdated"):
        turn(ballot, "government")


def test_a_rule_that_does_not_bear_on_a_ballot_changes_nothing():
    ballot = a_drafted_ballot()
    read = text_digest(ballot)
    version = RulesVersion.objects.get()
    figure = next(figure for figure in version.figures if figure["key"] == "group-size")
    figure["figure"] = {"count": 99}
    with writing():
        version.save()

    assert text_digest(ballot) == read


def test_no_key_is_turned_on_rules_by_which_nothing_could_be_counted():
    ballot = a_drafted_ballot()
    version = RulesVersion.objects.get()
    for figure in version.figures:
        figure["figure"] = None
    with writing():
        version.save()

    with refused("ballots.rule_not_recorded"):
        turn(ballot, "government")


def test_no_key_is_turned_once_the_window_is_over():
    ballot = a_drafted_ballot()

    with refused("ballots.window_past"):
        turn(ballot, "government", at=CLOSES)


STAGES = {
    "an open ballot": an_open_ballot,
    "a closed ballot": a_closed_ballot,
}


@pytest.mark.parametrize("stage", STAGES.values(), ids=STAGES)
def test_after_the_opening_no_key_is_turned(stage):
    ballot = stage()

    with refused("ballots.not_waiting_for_keys"):
        turn(ballot, "government")


OTHERS = {
    "nobody": lambda: ANONYMOUS,
    "a member": lambda: seated("gov-1"),
    "the secretariat": secretary,
    "the clock": lambda: CLOCK,
    "the command line": lambda: LOADER,
}


@pytest.mark.parametrize("who", OTHERS.values(), ids=OTHERS)
def test_co_chairs_alone_turn_keys(who):
    ballot = a_drafted_ballot()

    with refused("record.not_allowed"):
        turn(ballot, "government", by=who())


def test_who_says_co_chair_and_sits_in_no_chair_turns_no_key():
    ballot = a_drafted_ballot()
    pretender = Actor(
        roles=frozenset({Role.CO_CHAIR}),
        seats=frozenset({"gov-1"}),
        account=seated("gov-1").account,
    )

    with refused("ballots.not_a_chair"):
        turn(ballot, "government", by=pretender)


def test_a_chair_without_an_account_turns_no_key():
    ballot = a_drafted_ballot()
    seats = co_chair("government").seats

    with refused("ballots.not_a_chair"):
        turn(ballot, "government", by=Actor(roles=frozenset({Role.CO_CHAIR}), seats=seats))


def test_a_new_co_chair_turns_the_key_of_the_side_that_has_not():
    seat = CoChair.objects.get(side="government").seat.number
    leaves(seat, last_day="2026-02-28")
    comes(seat, first_day="2026-03-01")
    ballot = a_drafted_ballot()

    for side in ("civil_society", "government"):
        turn(ballot, side)

    assert again(ballot).status == "keyed"
