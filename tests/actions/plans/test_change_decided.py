"""A change decided by a vote in writing, and keys to a change that come by document."""

from typing import Any

import pytest

from madang.ballots.keys import standing_keys
from madang.ballots.models import Ballot
from madang.documents.rules.uploads import Upload
from madang.letters.models import Letter
from madang.members.models import Source
from madang.plans.actions.amend import drop_change
from madang.plans.actions.key_change_document import (
    confirm_change_key,
    drop_change_entry,
    enter_change_key,
)
from madang.plans.changing import change_digest, change_papers
from madang.plans.models import AmendmentRule, ChangeRequest, PendingChangeKey
from madang.record.guard import writing
from tests.actions.ballots.looking import last_entry, refused
from tests.actions.ballots.test_by_document import SCAN, colleague
from tests.makers.ballots import (
    DRAFTED,
    a_closed_ballot,
    a_drafted_ballot,
    a_next_round,
    co_chair,
    secretary,
)
from tests.makers.changes import REASON, a_change, in_force, key_change
from tests.makers.editions import KEYED

pytestmark = pytest.mark.usefixtures("practice_forum")


def again(change: ChangeRequest) -> ChangeRequest:
    return ChangeRequest.objects.select_related("plan", "base", "commitment").get(pk=change.pk)


def asked_in_writing(change: ChangeRequest, answered: Any = 20, **other: Any) -> Ballot:
    given = {"decides": change.ref, "papers": change_papers(change), **other}
    return a_closed_ballot(answered, **given)


# --- a ballot ------------------------------------------------------------------------------------


def test_what_the_forum_approved_decides_the_change_and_the_keys_follow():
    change = a_change(at=DRAFTED)

    ballot = asked_in_writing(change)

    assert again(change).decided_by == ballot.ref
    assert (last_entry("change.decided")["by"], again(change).state) == ("clock", "waiting")
    assert Letter.objects.filter(kind="change.keys_wanted").count() == 4
    for side in ("government", "civil_society"):
        key_change(change, side)
    assert last_entry("commitment.amended")["decided_by"] == ballot.ref


@pytest.mark.parametrize("wrong", ["rejected", "other text"])
def test_what_was_not_approved_or_not_asked_decides_nothing(wrong):
    change = a_change(at=DRAFTED)
    papers = change_papers(change)

    if wrong == "rejected":
        seats = [*(f"gov-{n}" for n in range(1, 7)), *(f"cso-{n}" for n in range(1, 15))]
        asked_in_writing(change, dict.fromkeys(seats, "no"))
    else:
        asked_in_writing(change, papers=[{**papers[0], "sha256": "0" * 64}])

    assert Ballot.objects.get(decides=change.ref).status == "closed"
    assert (again(change).decided_by, again(change).state) == ("", "waiting")


def test_while_the_forum_is_asked_nobody_turns_a_key_or_drops_the_request():
    change = a_change(at=DRAFTED)
    a_drafted_ballot(decides=change.ref, papers=change_papers(change))

    with refused("plans.change_on_ballot"):
        key_change(change, "government")
    with refused("plans.change_on_ballot"):
        drop_change(again(change), reason=REASON, by=secretary(), at=KEYED)


def test_the_forum_is_asked_once_at_a_time_whoever_asks():
    change = a_change(at=DRAFTED)
    a_drafted_ballot(decides=change.ref, papers=change_papers(change))

    with refused("plans.change_on_ballot"):
        a_drafted_ballot(decides=change.ref, papers=change_papers(change))

    assert Ballot.objects.filter(decides=change.ref).count() == 1


def test_no_further_round_is_held_on_a_change_that_was_dropped():
    change = a_change(at=DRAFTED)
    short = asked_in_writing(change, 1)
    drop_change(again(change), reason=REASON, by=secretary(), at=short.closes_at)

    with refused("plans.change_settled"):
        a_next_round(short)


def test_what_the_forum_approved_a_co_chair_may_refuse_and_the_secretariat_not_take_back():
    change = a_change(at=DRAFTED)
    asked_in_writing(change)

    with refused("plans.change_approved"):
        drop_change(again(change), reason=REASON, by=secretary(), at=KEYED)
    drop_change(again(change), reason=REASON, by=co_chair("government"), at=KEYED)

    assert again(change).state == "dropped"


def test_a_key_turned_before_the_forum_decided_does_not_count():
    change = a_change(at=DRAFTED)
    key_change(change, "government", at=DRAFTED)

    asked_in_writing(change)

    assert standing_keys(change.ref) == []


def the_rules_want(word: str) -> None:
    with writing():
        AmendmentRule.objects.all().delete()
        AmendmentRule.objects.create(
            key="decided-by",
            title=REASON,
            figure={"word": word},
            starts="2020",
            source=Source.objects.all()[0],
        )


def test_where_the_rules_want_a_ballot_the_one_on_this_change_counts():
    the_rules_want("ballot")
    change = a_change(at=DRAFTED)
    with refused("plans.change_wants_ballot"):
        key_change(change, "government")

    asked_in_writing(change)

    for side in ("government", "civil_society"):
        key_change(change, side)
    assert again(change).state == "in_force"


@pytest.mark.parametrize("word", ["ballot", "meeting"])
def test_where_the_rules_want_a_decision_a_ballot_on_something_else_is_none(word):
    the_rules_want(word)
    other = a_closed_ballot()
    assert (other.outcome, other.decides) == ("approved", "plan:2")
    change = a_change(decided_by=other.ref)

    with refused("plans.other_ballot"):
        key_change(change, "government")
    with refused("plans.other_ballot"):
        entered(change)
    assert standing_keys(change.ref) == []


def test_a_ballot_that_was_held_elsewhere_is_taken_as_its_source_says():
    the_rules_want("ballot")
    elsewhere = Ballot.objects.filter(status="recorded")[0]

    assert in_force(a_change(decided_by=elsewhere.ref)).state == "in_force"


# --- by document ---------------------------------------------------------------------------------


def entered(change: ChangeRequest, side: str = "government", **other: Any) -> int:
    fresh = again(change)
    given = {"side": side, "digest": change_digest(fresh), "document": "기획-31", "file": SCAN}
    enter_change_key(fresh, **{**given, **other}, by=secretary(), at=KEYED)
    return PendingChangeKey.objects.latest("pk").pk


def confirmed(change: ChangeRequest, entry: int, by: Any = None) -> None:
    confirm_change_key(again(change), entry=entry, by=by or colleague(), at=KEYED)


def test_a_key_by_document_is_turned_when_a_second_officer_confirms_it():
    change = a_change()
    entry = entered(change)
    assert standing_keys(change.ref) == []
    with refused("members.own_entry"):
        confirmed(change, entry, by=secretary())

    confirmed(change, entry)

    [turned] = standing_keys(change.ref)
    assert (turned.side, turned.document) == ("government", "기획-31")
    assert turned.file and last_entry("change.keyed")["file"] == turned.file.sha256


@pytest.mark.parametrize("document_last", [True, False], ids=["document last", "document first"])
def test_with_the_other_sides_key_the_change_is_in_force(document_last):
    change = a_change()

    if document_last:
        key_change(change, "civil_society")
    confirmed(change, entered(change))
    if not document_last:
        key_change(change, "civil_society")

    assert again(change).state == "in_force"
    # An officer amends nothing: with the second key by document it is the clock's act.
    assert last_entry("commitment.amended")["by"] == ("clock" if document_last else "cso-1")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"side": "nobody"}, "ballots.no_side"),
        ({"document": " "}, "ballots.no_document"),
        ({"digest": "0" * 64}, "ballots.text_changed"),
        ({"file": Upload("", b"")}, "documents.no_file"),
    ],
)
def test_an_approval_that_is_not_whole_is_not_entered(given, code):
    change = a_change()

    with refused(code):
        entered(change, **given)


def test_one_entry_a_side_waits_and_what_was_dropped_turns_nothing():
    change = a_change()
    entry = entered(change)
    with refused("ballots.entered_already"):
        entered(change)

    drop_change_entry(again(change), entry=entry, by=colleague(), at=KEYED)

    with refused("ballots.nothing_pending"):
        confirmed(change, entry)
