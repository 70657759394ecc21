"""When a new round may follow, what it is called, and how its papers differ."""

from datetime import UTC, datetime, timedelta

import pytest

from madang.ballots.rules.rounds import (
    check_after,
    check_new_round,
    compare_papers,
    ref_of,
    split_ref,
)
from madang.ballots.rules.words import BallotStatus, Outcome
from madang.foundation.refusals import NotNow, NotValid

CLOSED = datetime(2026, 3, 13, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "round", "ref"),
    [
        ("8", 1, "ballot:8"),
        ("8", 2, "ballot:8.2"),
        ("forum-2", 1, "ballot:forum-2"),
        ("forum", 12, "ballot:forum.12"),
    ],
)
def test_a_ref_names_its_meeting_and_round_and_no_other(address, round, ref):
    assert ref_of(address, round) == ref
    assert split_ref(ref) == (address, round)


def test_a_new_round_follows_one_that_too_few_answered():
    check_new_round("closed", "no_quorum", "", followed=False, elsewhere=False)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        *(
            ((status, None, "", False, False), "ballots.round_not_over")
            for status in ("draft", "keyed", "open")
        ),
        (("annulled", None, "", False, False), "ballots.round_annulled"),
        (("recorded", None, "", False, False), "ballots.round_recorded"),
        (("closed", "approved", "", False, False), "ballots.round_decided"),
        (("closed", "rejected", "", False, False), "ballots.round_decided"),
        (("closed", "rejected", "tie", False, False), "ballots.round_tied"),
        (("closed", "approved", "tie", False, False), "ballots.round_tied"),
        (("closed", "no_quorum", "", True, False), "ballots.round_followed"),
        (("closed", "no_quorum", "", False, True), "ballots.asked_elsewhere"),
    ],
)
def test_no_round_follows_anything_else(state, code):
    status, outcome, detail, followed, elsewhere = state

    with pytest.raises(NotNow) as refused:
        check_new_round(status, outcome, detail, followed=followed, elsewhere=elsewhere)

    assert refused.value.code == code


def test_of_all_states_and_outcomes_one_alone_is_followed():
    followed = []
    for status in BallotStatus:
        for outcome in (None, *Outcome):
            try:
                check_new_round(status, outcome, "", followed=False, elsewhere=False)
            except NotNow:
                continue
            followed.append((status, outcome))

    assert followed == [("closed", "no_quorum")]


def test_a_new_round_opens_with_the_close_of_the_one_before_and_not_sooner():
    check_after(CLOSED, opens_at=CLOSED)
    check_after(None, opens_at=CLOSED)

    with pytest.raises(NotValid) as refused:
        check_after(CLOSED, opens_at=CLOSED - timedelta(microseconds=1))

    assert refused.value.code == "ballots.round_opens_early"


def test_papers_are_compared_one_by_one():
    def paper(ref, sha256):
        return {"ref": ref, "title": {"ko": ref}, "sha256": sha256}

    before = [paper("a", "1"), paper("b", "1"), paper("c", "1")]
    change = compare_papers(before, [paper("c", "1"), paper("b", "2"), paper("d", "1")])

    assert (change.changed, change.added) == (["b"], ["d"])
    assert [gone["ref"] for gone in change.dropped] == ["a"]
    assert change
    assert not compare_papers(before, list(reversed(before)))
