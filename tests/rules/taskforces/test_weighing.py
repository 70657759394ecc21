"""What may be written of a candidate, and how one is weighed."""

import pytest

from madang.foundation.refusals import NotNow, NotValid
from madang.foundation.texts import Text
from madang.taskforces.rules.weighing import (
    ARGUMENT_MOST,
    TEXT_MOST,
    TITLE_MOST,
    CandidateText,
    check_argument,
    check_candidate,
    check_merge,
    check_points,
    check_split,
    check_stands,
)
from madang.taskforces.rules.words import CandidateStatus


def ko(words):
    return Text({"ko": words})


WRONG = {
    "no_title": CandidateText(title=Text({"ko": None})),
    "title_long": CandidateText(title=ko("가" * (TITLE_MOST + 1))),
    "text_long": CandidateText(title=ko("가"), promise=ko("가" * (TEXT_MOST + 1))),
}


@pytest.mark.parametrize("code", WRONG)
def test_what_is_wrong_with_a_candidate_is_named(code):
    with pytest.raises(NotValid, match=rf"taskforces\.{code}"):
        check_candidate(WRONG[code])


def test_the_longest_that_fits_is_taken():
    check_candidate(CandidateText(title=ko("가" * TITLE_MOST), problem=ko("가" * TEXT_MOST)))
    check_argument("가" * ARGUMENT_MOST)


@pytest.mark.parametrize("status", CandidateStatus)
def test_only_a_candidate_that_stands_is_added_to(status):
    if status in ("open", "chosen"):
        check_stands(status, 3)
    else:
        with pytest.raises(NotNow, match=r"taskforces\.not_standing"):
            check_stands(status, 3)


@pytest.mark.parametrize(
    ("others", "code"), [([], "nothing_to_merge"), ([4, 3], "merged_with_itself")]
)
def test_merging_needs_another(others, code):
    check_merge(3, [4])
    with pytest.raises(NotValid, match=rf"taskforces\.{code}"):
        check_merge(3, others)


@pytest.mark.parametrize(("moved", "code"), [([], "nothing_to_split"), ([1, 9], "not_inside")])
def test_splitting_moves_what_is_inside(moved, code):
    check_split([1, 2], [2])
    with pytest.raises(NotValid, match=rf"taskforces\.{code}"):
        check_split([1, 2], moved)


@pytest.mark.parametrize(
    ("criterion", "points", "code"),
    [("9", 3, "no_criterion"), ("1", -1, "no_points"), ("1", 6, "no_points")],
)
def test_points_are_on_published_criteria_and_from_none_to_five(criterion, points, code):
    for fine in range(6):
        check_points("1", ["1", "2"], fine)
    with pytest.raises(NotValid, match=rf"taskforces\.{code}"):
        check_points(criterion, ["1", "2"], points)


@pytest.mark.parametrize(
    ("text", "code"), [("", "no_argument"), ("가" * (ARGUMENT_MOST + 1), "argument_long")]
)
def test_an_argument_says_something_and_not_too_much(text, code):
    with pytest.raises(NotValid, match=rf"taskforces\.{code}"):
        check_argument(text)
