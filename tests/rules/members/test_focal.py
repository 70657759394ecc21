"""Focal points as they are typed and listed: what is taken, what is refused and why."""

import pytest

from madang.foundation.refusals import NotValid
from madang.foundation.tables import rows_of_text
from madang.members.rules.focal import SHAPE, Duty, Post, Standing, check_post, read_list

LANGUAGES = ["ko", "en"]
MIN = Post(agency="finance", name="민가람", email="min@gaon.example")
STANDING = Standing(
    {"재정국": "finance", "financebureau": "finance", "교통국": "transport"},
    frozenset({"commitment:2-6"}),
    LANGUAGES,
    {MIN.place: MIN},
)


def lines(*rows):
    text = "\n".join(["기관\t과제\t역할\t이름\t전자우편\t언어", *rows])
    return list(read_list(rows_of_text(text, SHAPE), STANDING))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"agency": "nobody"}, "members.focal_agency"),
        ({"duty": "king"}, "members.focal_duty"),
        ({"about": "commitment:2-6; x"}, "members.focal_about"),
        ({"about": "plan:2"}, "members.focal_about"),
        ({"language": "eo"}, "members.row_unknown_language"),
        ({"name": "\u200b "}, "members.focal_name"),
        ({"name": "가" * 101}, "members.focal_name"),
        ({"email": "min@"}, "members.focal_email"),
    ],
)
def test_what_makes_no_post_is_refused(change, code):
    post = Post(**{**vars(MIN), **change})

    with pytest.raises(NotValid) as refused:
        check_post(post, agencies=["finance"], languages=LANGUAGES)

    assert refused.value.code == code


def test_a_row_is_read_in_either_language_whatever_it_leaves_out():
    found = lines("Finance Bureau\t2-6\tdirector\t천바다\tCHEON@gaon.example\tEnglish")

    assert [line.state for line in found] == ["new"]
    assert found[0].post == Post(
        "finance", "천바다", "cheon@gaon.example", Duty.DIRECTOR, "commitment:2-6", "en"
    )


def test_who_stands_already_is_passed_over_and_a_successor_is_told_of():
    same, other = lines(
        "재정국\t\t\t민가람\tmin@gaon.example\t", "교통국\t\t\t천바다\tc@gaon.example\t"
    )
    assert (same.state, other.state) == ("same", "new")

    (follows,) = lines("재정국\t\t\t천바다\tc@gaon.example\t")
    assert follows.state == "attention"
    assert follows.notes == [("members.focal_follows", {"name": "민가람"})]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("없는국\t\t\t천\tc@gaon.example\t", "members.focal_no_agency"),
        ("교통국\t9-9\t\t천\tc@gaon.example\t", "members.focal_no_about"),
        ("교통국\t\t왕\t천\tc@gaon.example\t", "members.focal_no_duty"),
        ("교통국\t\t\t천\tc@gaon\t", "members.focal_email"),
        ("교통국\t\t\t천\tc@gaon.example\tKlingon", "members.row_unknown_language"),
    ],
)
def test_a_row_that_names_nobody_says_why(row, code):
    (line,) = lines(row)

    assert (line.state, line.post, line.notes[0][0]) == ("refused", None, code)


def test_two_rows_for_one_post_are_one_too_many():
    _first, second = lines("교통국\t\t\t천\tc@gaon.example\t", "교통국\t\t\t한\th@gaon.example\t")

    assert second.notes == [("members.focal_twice", {"other": 2})]
