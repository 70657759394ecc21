"""The count and the decision, held against an oracle that counts on its fingers."""

import ast
from fractions import Fraction
from inspect import getsource
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.ballots.rules import tally as module
from madang.ballots.rules.tally import Rules, Share, Tally, decide, tally

ANSWERS = ("yes", "no", "abstain", "recused", "not_returned")
MOST_SEATS = 7

# Each threshold twice: as the house reads it, and as the oracle does, in whole numbers alone.
QUORUMS = {
    "more than half of the roll": (("1/2", ">", "roll"), lambda part, of: 2 * part > of),
    "half of the roll": (("1/2", "≥", "roll"), lambda part, of: 2 * part >= of),
    "two thirds of the roll": (("2/3", "≥", "roll"), lambda part, of: 3 * part >= 2 * of),
    "more than a third of the roll": (("1/3", ">", "roll"), lambda part, of: 3 * part > of),
}
MAJORITIES = {
    "more than half of those returned": (("1/2", ">", "returned"), lambda yes, of: 2 * yes > of),
    "half of those returned": (("1/2", "≥", "returned"), lambda yes, of: 2 * yes >= of),
    "two thirds of those returned": (("2/3", "≥", "returned"), lambda yes, of: 3 * yes >= 2 * of),
    "more than half of yes and no": (("1/2", ">", "cast"), lambda yes, of: 2 * yes > of),
    "two thirds of yes and no": (("2/3", "≥", "cast"), lambda yes, of: 3 * yes >= 2 * of),
    "more than half of the roll": (("1/2", ">", "roll"), lambda yes, of: 2 * yes > of),
    "two thirds of the roll": (("2/3", "≥", "roll"), lambda yes, of: 3 * yes >= 2 * of),
}
TIES = ("rejects", "approves")


def share(figure):
    return Share.of(dict(zip(("fraction", "comparator", "base"), figure, strict=True)))


def rules(quorum="more than half of the roll", majority="more than half of those returned", **more):
    return Rules(share(QUORUMS[quorum][0]), share(MAJORITIES[majority][0]), **more)


def boards(most=MOST_SEATS):
    """Every board of up to so many seats, as its counts; that their order is nothing is shown below."""
    for counts in product(range(most + 1), repeat=len(ANSWERS)):
        if sum(counts) <= most:
            yield counts


def seats_of(counts):
    """The board seat by seat."""
    return [answer for answer, count in zip(ANSWERS, counts, strict=True) for _ in range(count)]


def oracle(seats, quorum, majority, tie):
    """The outcome of a board, from the words of the rules and not from the code."""
    concerned = [seat for seat in seats if seat != "recused"]
    returned = [seat for seat in concerned if seat != "not_returned"]
    if not concerned or not QUORUMS[quorum][1](len(returned), len(concerned)):
        return "no_quorum", ""
    yes = len([seat for seat in returned if seat == "yes"])
    no = len([seat for seat in returned if seat == "no"])
    bases = {"roll": len(concerned), "returned": len(returned), "no": yes + no}
    base = bases[majority.split()[-1]]
    if yes > 0 and yes == no:
        if tie == "rejects":
            return "rejected", "tie"
        if "half" in majority and yes + yes == base:
            return "approved", "tie"
    if base > 0 and MAJORITIES[majority][1](yes, base):
        return "approved", ""
    return "rejected", ""


@pytest.mark.parametrize("tie", TIES, ids=lambda tie: f"a tie {tie}")
@pytest.mark.parametrize("majority", MAJORITIES)
@pytest.mark.parametrize("quorum", QUORUMS)
def test_every_board_up_to_seven_seats_is_decided_as_by_hand(quorum, majority, tie):
    law = rules(quorum, majority, tie=tie)
    seen = set()

    for counts in boards():
        seats = seats_of(counts)
        counted = tally(
            {n: a for n, a in enumerate(seats) if a != "not_returned"}, range(len(seats))
        )
        decided = decide(counted, law)
        assert (decided.outcome, decided.detail) == oracle(seats, quorum, majority, tie), counts
        seen.add((str(decided.outcome), decided.detail))

    assert {"approved", "rejected", "no_quorum"} <= {outcome for outcome, _ in seen}
    assert tie == "approves" or ("rejected", "tie") in seen


def test_there_are_as_many_boards_as_there_are_ways_to_answer():
    assert sum(1 for _ in boards()) == 792
    assert sum(1 for seats in range(6) for _ in product(ANSWERS, repeat=seats)) == 3906


def test_every_order_of_the_seats_up_to_five_gives_the_same_count():
    for size in range(6):
        for seats in product(ANSWERS, repeat=size):
            given_answers = {f"s-{n}": a for n, a in enumerate(seats) if a != "not_returned"}
            counted = tally(given_answers, [f"s-{n}" for n in range(size)])
            assert counted == Tally(*(seats.count(answer) for answer in ANSWERS))


THE_USUAL = rules()
LAW = {
    "an empty roll is no quorum": (THE_USUAL, Tally(), "no_quorum", ""),
    "all recused is no quorum": (THE_USUAL, Tally(recused=30), "no_quorum", ""),
    "nobody answered is no quorum": (THE_USUAL, Tally(not_returned=30), "no_quorum", ""),
    "exactly half the roll is not a quorum": (
        THE_USUAL,
        Tally(yes=15, not_returned=15),
        "no_quorum",
        "",
    ),
    "one more than half the roll is a quorum": (
        THE_USUAL,
        Tally(yes=16, not_returned=14),
        "approved",
        "",
    ),
    "half of an odd roll rounded up is a quorum": (
        THE_USUAL,
        Tally(yes=15, not_returned=14),
        "approved",
        "",
    ),
    "exactly half is a quorum where half is asked": (
        rules("half of the roll"),
        Tally(yes=15, not_returned=15),
        "approved",
        "",
    ),
    "nineteen of thirty are not two thirds": (
        rules("two thirds of the roll"),
        Tally(yes=19, not_returned=11),
        "no_quorum",
        "",
    ),
    "twenty of thirty are two thirds": (
        rules("two thirds of the roll"),
        Tally(yes=20, not_returned=10),
        "approved",
        "",
    ),
    "an exact third is not more than a third": (
        rules("more than a third of the roll"),
        Tally(yes=10, not_returned=20),
        "no_quorum",
        "",
    ),
    "a recused seat leaves the roll of the quorum": (
        THE_USUAL,
        Tally(yes=15, not_returned=14, recused=1),
        "approved",
        "",
    ),
    "a recused seat makes no quorum": (
        THE_USUAL,
        Tally(yes=14, not_returned=14, recused=2),
        "no_quorum",
        "",
    ),
    "an abstention makes a quorum": (
        THE_USUAL,
        Tally(yes=9, abstain=7, not_returned=14),
        "approved",
        "",
    ),
    "an abstention is not a yes": (
        THE_USUAL,
        Tally(yes=8, abstain=8, not_returned=14),
        "rejected",
        "",
    ),
    "all abstaining rejects, and is no tie": (THE_USUAL, Tally(abstain=30), "rejected", ""),
    "all abstaining is no majority of yes and no": (
        rules(majority="more than half of yes and no"),
        Tally(abstain=30),
        "rejected",
        "",
    ),
    "abstentions leave the majority of yes and no alone": (
        rules(majority="more than half of yes and no"),
        Tally(yes=2, no=1, abstain=27),
        "approved",
        "",
    ),
    "a majority of the roll counts the silent against": (
        rules(majority="more than half of the roll"),
        Tally(yes=15, no=1, not_returned=14),
        "rejected",
        "",
    ),
    "a recused seat leaves the base of the majority": (
        rules(majority="more than half of the roll"),
        Tally(yes=15, no=1, not_returned=13, recused=1),
        "approved",
        "",
    ),
    "as many for as against rejects": (THE_USUAL, Tally(yes=15, no=15), "rejected", "tie"),
    "a tie with abstentions is a tie": (
        THE_USUAL,
        Tally(yes=10, no=10, abstain=10),
        "rejected",
        "tie",
    ),
    "a tie rejects even where half would be a majority": (
        rules(majority="half of those returned"),
        Tally(yes=15, no=15),
        "rejected",
        "tie",
    ),
    "a tie without a quorum is no quorum": (
        THE_USUAL,
        Tally(yes=5, no=5, not_returned=20),
        "no_quorum",
        "",
    ),
    "exactly half with fewer against is no tie, and no majority": (
        THE_USUAL,
        Tally(yes=15, no=10, abstain=5),
        "rejected",
        "",
    ),
    "a tie that approves makes half enough": (
        rules(tie="approves"),
        Tally(yes=15, no=15),
        "approved",
        "tie",
    ),
    "a tie that approves makes no abstention a yes": (
        rules(tie="approves"),
        Tally(yes=10, no=10, abstain=10),
        "rejected",
        "",
    ),
    "a tie that approves makes no silence a yes": (
        rules(majority="more than half of the roll", tie="approves"),
        Tally(yes=10, no=10, not_returned=10),
        "rejected",
        "",
    ),
    "a tie that approves is not two thirds": (
        rules(majority="two thirds of those returned", tie="approves"),
        Tally(yes=15, no=15),
        "rejected",
        "",
    ),
    "a tie of yes and no approves beside abstentions where only those count": (
        rules(majority="more than half of yes and no", tie="approves"),
        Tally(yes=10, no=10, abstain=10),
        "approved",
        "tie",
    ),
    "one member alone decides": (THE_USUAL, Tally(yes=1), "approved", ""),
    "one member alone refuses": (THE_USUAL, Tally(no=1), "rejected", ""),
}


@pytest.mark.parametrize(("law", "counted", "outcome", "detail"), LAW.values(), ids=LAW)
def test_the_law_in_cases(law, counted, outcome, detail):
    decided = decide(counted, law)

    assert (decided.outcome, decided.detail) == (outcome, detail)


@pytest.mark.parametrize("quorum", QUORUMS)
def test_a_quorum_turns_exactly_at_the_number_that_is_said_to_be_needed(quorum):
    law = rules(quorum)
    for whole in range(1, 121):
        needed = law.quorum.needed(whole)
        for returned in range(whole + 1):
            decided = decide(Tally(yes=returned, not_returned=whole - returned), law)
            assert (decided.outcome == "no_quorum") == (returned < needed)


# --- whatever the board ---------------------------------------------------------------------------

answers = st.sampled_from(ANSWERS)
whole_boards = st.lists(answers, max_size=40)
any_rules = st.builds(
    rules,
    st.sampled_from(list(QUORUMS)),
    st.sampled_from(list(MAJORITIES)),
    tie=st.sampled_from(TIES),
)
shares = st.builds(
    Share,
    st.fractions(Fraction(1, 20), Fraction(19, 20), max_denominator=20),
    st.sampled_from([">", ">="]),
    st.just("roll"),
)


def counted(seats, names=None):
    names = names or range(len(seats))
    given_answers = {n: a for n, a in zip(names, seats, strict=True) if a != "not_returned"}
    return tally(given_answers, list(names))


@given(whole_boards, any_rules, st.randoms())
def test_neither_the_order_of_the_seats_nor_their_numbers_matter(seats, law, random):
    names = random.sample(range(10_000), len(seats))
    shuffled = random.sample(seats, len(seats))

    assert counted(shuffled, names) == counted(seats)
    assert decide(counted(shuffled, names), law) == decide(counted(seats), law)


@given(whole_boards, st.dictionaries(st.text(min_size=3), st.sampled_from(ANSWERS[:4])))
def test_an_answer_from_outside_the_roll_counts_nowhere(seats, strangers):
    given_answers = {n: a for n, a in enumerate(seats) if a != "not_returned"}

    assert tally({**given_answers, **strangers}, range(len(seats))) == counted(seats)


@given(whole_boards)
def test_every_seat_is_counted_once(seats):
    found = counted(seats)

    assert found.roll + found.recused == len(seats)


@pytest.mark.parametrize("tie", TIES)
@pytest.mark.parametrize("majority", MAJORITIES)
@pytest.mark.parametrize("quorum", QUORUMS)
def test_one_more_yes_never_turns_approved_into_anything_else(quorum, majority, tie):
    law = rules(quorum, majority, tie=tie)

    for counts in boards():
        if decide(Tally(*counts), law).outcome == "approved":
            for n in range(1, len(ANSWERS)):
                if counts[n]:
                    more = list(counts)
                    more[0], more[n] = more[0] + 1, more[n] - 1
                    assert decide(Tally(*more), law).outcome == "approved", (counts, ANSWERS[n])


@given(whole_boards, any_rules, st.data())
def test_a_changed_mind_for_yes_never_hurts_on_a_large_board(seats, law, data):
    others = [n for n, seat in enumerate(seats) if seat != "yes"]
    if others and decide(counted(seats), law).outcome == "approved":
        seats[data.draw(st.sampled_from(others))] = "yes"

        assert decide(counted(seats), law).outcome == "approved"


def test_below_a_half_one_more_yes_can_make_a_tie_as_the_rule_itself_says():
    law = Rules(THE_USUAL.quorum, Share(Fraction(1, 3), ">", "returned"))

    assert decide(Tally(yes=2, no=3), law).outcome == "approved"
    assert decide(Tally(yes=3, no=3), law).detail == "tie"
    assert "below that it can make a tie" in " ".join(decide.__doc__.split())


@given(shares, st.integers(1, 300))
def test_what_is_needed_is_the_least_that_is_enough(threshold, whole):
    needed = threshold.needed(whole)

    assert threshold.met(needed, whole)
    assert not threshold.met(needed - 1, whole)


# --- a rule that can be read in one sitting -------------------------------------------------------


def code_lines(part):
    """The lines of a part of the code, without its docstrings and what is blank."""
    source = getsource(part)
    words = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            words |= set(range(node.lineno, node.end_lineno + 1))
    return sum(
        bool(line.strip()) and n not in words for n, line in enumerate(source.splitlines(), 1)
    )


def test_the_rule_and_all_it_stands_on_are_at_most_sixty_lines():
    parts = (Share, Rules, Tally, module.Decision, tally, decide)

    assert sum(code_lines(part) for part in parts) <= 60
