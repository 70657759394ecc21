"""A closed ballot is counted again from the record: whoever changed a row by hand is found out."""

from typing import Any

import pytest

from madang.ballots.models import Ballot, Vote
from madang.ballots.recount import miscounts
from madang.record.guard import writing
from madang.record.models import Opening
from tests.makers.ballots import a_closed_ballot
from tests.makers.triggers import lifted

pytestmark = pytest.mark.usefixtures("practice_forum")


def another_vote(ballot: Ballot) -> None:
    one = Vote.objects.filter(ballot=ballot).order_by("pk")[0]
    Vote.objects.filter(pk=one.pk).update(choice="no" if one.choice != "no" else "yes", reason="x")


def other_counts(ballot: Ballot) -> None:
    Ballot.objects.filter(pk=ballot.pk).update(counts={**(ballot.counts or {}), "yes": 30})


def another_outcome(ballot: Ballot) -> None:
    Ballot.objects.filter(pk=ballot.pk).update(outcome="rejected")


LIES = {
    "another vote": (another_vote, "the vote of"),
    "other counts": (other_counts, "counts"),
    "another outcome": (another_outcome, "outcome"),
}


def test_what_nobody_touched_counts_again() -> None:
    a_closed_ballot(20)

    assert list(miscounts()) == []


@pytest.mark.parametrize(("lie", "why"), LIES.values(), ids=LIES)
def test_what_was_changed_by_hand_is_found(lie: Any, why: str) -> None:
    ballot = a_closed_ballot(20)
    with writing():
        lie(ballot)

    [found] = miscounts()

    assert found.ballot == ballot.ref and why in found.why


def test_an_erased_opening_is_no_lie() -> None:
    ballot = a_closed_ballot(20)
    with lifted():
        Opening.objects.filter(entry__about=ballot.ref, field="choice").delete()

    assert list(miscounts()) == []
