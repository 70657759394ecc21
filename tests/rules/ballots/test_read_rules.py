"""The figures of a forum's rules, read or refused; none is ever filled in."""

from fractions import Fraction

import pytest

from madang.ballots.rules.tally import Rules, Share, read_rules
from madang.foundation.refusals import NotValid

HALF = {"fraction": "1/2", "comparator": ">", "base": "roll"}
MOST = {"fraction": "1/2", "comparator": ">", "base": "returned"}


def figures(**changed):
    known = {
        "quorum": HALF,
        "majority": MOST,
        "tie": {"word": "reject"},
        "early-close": {"is": True},
        **{key.replace("_", "-"): figure for key, figure in changed.items()},
    }
    return [{"key": key, "figure": figure} for key, figure in known.items() if figure != "left out"]


def test_the_rules_of_the_practice_forum_are_read():
    assert read_rules(figures()) == Rules(
        Share(Fraction(1, 2), ">", "roll"),
        Share(Fraction(1, 2), ">", "returned"),
        tie="rejects",
        early_close=True,
    )


def test_reached_and_passed_are_two_things():
    law = read_rules(figures(quorum={**HALF, "comparator": "≥"}))

    assert law.quorum.met(15, 30)
    assert not law.majority.met(15, 30)


@pytest.mark.parametrize("word", ["reject", "rejects"])
def test_a_tie_rejects(word):
    assert read_rules(figures(tie={"word": word})).tie == "rejects"


@pytest.mark.parametrize("word", ["approve", "approves"])
def test_a_tie_approves_where_the_rules_say_so(word):
    assert read_rules(figures(tie={"word": word})).tie == "approves"


def test_rules_that_say_nothing_of_a_tie_let_it_reject():
    assert read_rules(figures(tie="left out")).tie == "rejects"


@pytest.mark.parametrize("said", ["left out", None, {"is": False}])
def test_there_is_no_early_close_unless_the_rules_say_so(said):
    assert not read_rules(figures(early_close=said)).early_close


NOT_RECORDED = {
    "a quorum nobody has seen": ("quorum", None),
    "a majority nobody has seen": ("majority", None),
    "a rule on a tie that nobody has seen": ("tie", None),
    "no word of a quorum": ("quorum", "left out"),
    "no word of a majority": ("majority", "left out"),
    "an empty quorum": ("quorum", {}),
}


@pytest.mark.parametrize(("rule", "figure"), NOT_RECORDED.values(), ids=NOT_RECORDED)
def test_what_is_not_recorded_is_refused_and_never_filled_in(rule, figure):
    with pytest.raises(NotValid) as refused:
        read_rules(figures(**{rule: figure}))

    assert (refused.value.code, refused.value.facts) == (
        "ballots.rule_not_recorded",
        {"rule": rule},
    )


def test_no_rules_at_all_are_refused():
    with pytest.raises(NotValid, match=r"ballots\.rule_not_recorded"):
        read_rules([])


NOT_UNDERSTOOD = {
    "a quorum of those who came, which no quorum is of": ("quorum", {**HALF, "base": "returned"}),
    "a majority of something unknown": ("majority", {**MOST, "base": "city"}),
    "more than all": ("majority", {**MOST, "fraction": "1"}),
    "more than one whole": ("quorum", {**HALF, "fraction": "3/2"}),
    "nothing at all": ("quorum", {**HALF, "fraction": "0"}),
    "less than nothing": ("majority", {**MOST, "fraction": "-1/2"}),
    "a part of zero": ("majority", {**MOST, "fraction": "1/0"}),
    "a fraction in words": ("majority", {**MOST, "fraction": "most"}),
    "no fraction": ("majority", {**MOST, "fraction": None}),
    "an unknown comparator": ("majority", {**MOST, "comparator": "<"}),
    "a number of days": ("quorum", {"days": 7}),
    "a tie that the chair decides": ("tie", {"word": "chair"}),
    "a tie in days": ("tie", {"days": 7}),
}


@pytest.mark.parametrize(("rule", "figure"), NOT_UNDERSTOOD.values(), ids=NOT_UNDERSTOOD)
def test_a_figure_that_nothing_can_be_counted_by_is_refused(rule, figure):
    with pytest.raises(NotValid) as refused:
        read_rules(figures(**{rule: figure}))

    assert (refused.value.code, refused.value.facts) == (
        "ballots.rule_not_understood",
        {"rule": rule},
    )


def test_all_of_the_roll_may_be_asked_for():
    law = read_rules(figures(quorum={**HALF, "fraction": "1", "comparator": "≥"}))

    assert law.quorum.met(30, 30)
    assert not law.quorum.met(29, 30)
