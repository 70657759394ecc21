"""When an adopted plan may be published."""

import pytest

from madang.foundation.refusals import NotNow, NotValid, Refusal
from madang.plans.rules.publishing import adopted_wording, check_decided, check_wording

FINE = {"published": False, "decides": "plan:2", "status": "closed", "outcome": "approved"}
REFUSED = {
    "a published plan is not published again": ({"published": True}, "plans.already_published"),
    "another plan's ballot decides nothing here": ({"decides": "plan:3"}, "plans.other_plan"),
    "an open ballot has decided nothing": (
        {"status": "open", "outcome": None},
        "plans.not_decided",
    ),
    "a ballot known from a source was not held here": (
        {"status": "recorded", "outcome": None},
        "plans.not_decided",
    ),
    "what was rejected is not published": ({"outcome": "rejected"}, "plans.not_approved"),
    "no quorum is no approval": ({"outcome": "no_quorum"}, "plans.not_approved"),
}


def test_a_closed_ballot_that_approved_may_be_published():
    check_decided("plan:2", **FINE)


@pytest.mark.parametrize(("change", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(change, code):
    with pytest.raises(Refusal) as refused:
        check_decided("plan:2", **{**FINE, **change})
    assert refused.value.code == code
    assert isinstance(refused.value, NotNow | NotValid)


def test_an_edition_is_made_of_the_plan_s_own_commitments():
    papers = [
        {"ref": "commitment:2-10", "sha256": "c"},
        {"ref": "commitment:2-9", "sha256": "b"},
        {"ref": "commitment:21-1", "sha256": "x"},
        {"ref": "document:2-1", "sha256": "y"},
        {"ref": "plan:2", "sha256": "z"},
    ]

    assert list(adopted_wording(papers, 2).items()) == [(9, "b"), (10, "c")]


CHANGED = {
    "one that reads differently": ({1: "a", 2: "x"}, [2]),
    "one that came since": ({1: "a", 2: "b", 3: "c"}, [3]),
    "one that is gone": ({1: "a"}, [2]),
}


@pytest.mark.parametrize(("current", "numbers"), CHANGED.values(), ids=CHANGED)
def test_a_wording_that_was_not_voted_on_is_named(current, numbers):
    with pytest.raises(NotNow, match=r"plans\.wording_changed") as refused:
        check_wording({1: "a", 2: "b"}, current)
    assert refused.value.facts == {"numbers": numbers}
