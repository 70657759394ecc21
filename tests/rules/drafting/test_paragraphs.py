"""Paragraphs: found where they stand, put in their place, and their origins carried along."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.drafting.rules.origins import carried
from madang.drafting.rules.paragraphs import (
    paragraphs,
    piece_at,
    place_of,
    with_paragraph,
    with_piece,
    writable,
)
from madang.foundation.refusals import NotFound

PARTS = {
    "title": {"ko": "제목", "en": None},
    "description": None,
    "problem": None,
    "milestones": [{"label": "6.2", "title": {"ko": "첫"}, "output": None}],
}


@given(st.lists(st.text("가나 ab", min_size=1), min_size=1, max_size=6), st.data())
def test_one_paragraph_is_put_in_anothers_place_and_the_others_stay(rows, data):
    place = data.draw(st.integers(0, len(rows) - 1))
    text = "\n\n".join(rows)

    new = with_paragraph(text, place, "새 글")

    assert paragraphs(new) == [*rows[:place], "새 글", *rows[place + 1 :]]
    assert paragraphs(with_paragraph(text, place, "")) == (
        [*rows[:place], *rows[place + 1 :]] or [""]
    )


@pytest.mark.parametrize(
    ("text", "original", "place", "found"),
    [
        ("가\n\n나", "나", 1, 1),
        ("새\n\n가\n\n나", "나", 1, 2),
        ("나\n\n가\n\n나", "나", 2, 2),
        ("가\n\n다", "나", 1, None),
        ("", "", 0, 0),
    ],
    ids=["where it was", "moved on", "the nearest of two", "changed", "nothing yet"],
)
def test_a_paragraph_is_found_where_it_stands_now(text, original, place, found):
    assert place_of(text, original, place) == found


def test_a_piece_is_read_and_written_by_its_path():
    changed = with_piece(PARTS, ("milestones", "6.2", "output", "en"), "A list")
    changed = with_piece(changed, ("template", "causes", "ko"), "원인")
    changed = with_piece(changed, ("title", "ko"), "")

    assert piece_at(changed, ("milestones", "6.2", "output", "en")) == "A list"
    assert changed["template"] == {"causes": {"ko": "원인"}}
    assert changed["title"] == {"ko": None, "en": None}
    assert PARTS["milestones"][0]["output"] is None
    assert ("milestones", "6.2", "title", "en") in writable(PARTS, ["ko", "en"])


@pytest.mark.parametrize(
    "path", [("number",), ("milestones", "9.1", "title", "ko"), ("leads", "ko")]
)
def test_what_is_no_text_of_the_commitment_is_no_piece(path):
    with pytest.raises(NotFound):
        piece_at(PARTS, path)


KEY = ("problem", "ko")
CARRIED = {
    "what stays keeps its own": ("가\n\n나", [["x"], ["y"]]),
    "what is put before it is new": ("새\n\n가\n\n나", [["new"], ["x"], ["y"]]),
    "what takes its place grew out of it": ("가\n\n다", [["x"], ["y", "new"]]),
    "what is taken out takes its own along": ("나", [["y"]]),
    "what is added at the end is new": ("가\n\n나\n\n다", [["x"], ["y"], ["new"]]),
}


@pytest.mark.parametrize(("text", "refs"), CARRIED.values(), ids=CARRIED)
def test_origins_go_along_with_their_paragraphs(text, refs):
    origins = {"problem/ko": [["x"], ["y"]]}

    assert carried({KEY: "가\n\n나"}, {KEY: text}, origins, ["new"]) == {"problem/ko": refs}


def test_a_text_that_goes_back_to_nothing_has_no_origins():
    assert carried({}, {KEY: "가"}, {}) == {}
    assert carried({KEY: "가"}, {}, {"problem/ko": [["x"]]}) == {}
