"""What changed between two texts: exact, readable, and nothing where nothing changed."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.drafting.rules.diff import Mark, Run, changes, compare, flat, new_of, old_of, runs_of

WORDS = st.lists(
    st.sampled_from(
        ["시민", "과제를", "함께", "정한다.", "the", "city", "\n", "\n\n", " ", "  ", "2028"]
    ),
    max_size=14,
).map(" ".join)
TEXTS = st.one_of(WORDS, st.text(max_size=30))
K, A, R = Mark.KEPT, Mark.ADDED, Mark.REMOVED


@given(TEXTS, TEXTS)
def test_applying_the_runs_to_the_old_text_gives_the_new_one(old, new):
    runs = runs_of(old, new)

    assert (old_of(runs), new_of(runs)) == (old, new)


@given(TEXTS)
def test_the_same_text_is_no_change(text):
    assert {run.mark for run in runs_of(text, text)} <= {K}


@given(TEXTS, TEXTS)
def test_runs_side_by_side_have_different_marks_and_none_is_empty(old, new):
    runs = runs_of(old, new)

    assert all(run.words for run in runs)
    assert all(one.mark is not other.mark for one, other in pairwise(runs))


READ = {
    "an eojeol in the middle": (
        "시민과 과제를 정한다.",
        "시민과 함께 정한다.",
        [Run(K, "시민과"), Run(R, " 과제를"), Run(A, " 함께"), Run(K, " 정한다.")],
    ),
    "a word before the first one": (
        "lamps report",
        "All lamps report",
        [Run(A, "All "), Run(K, "lamps report")],
    ),
    "the first word taken away": (
        "All lamps report",
        "lamps report",
        [Run(R, "All "), Run(K, "lamps report")],
    ),
    "words at the end": (
        "14일 안에 공개",
        "14일 안에 공개 그리고 검색",
        [Run(K, "14일 안에 공개"), Run(A, " 그리고 검색")],
    ),
    "a text that was not there": ("", "새 글", [Run(A, "새 글")]),
    "a text taken out": ("old words", "", [Run(R, "old words")]),
    "nothing at all": ("", "", []),
    "a sentence put between two others": (
        "첫 문장입니다. 셋째 문장입니다.",
        "첫 문장입니다. 둘째는 새로 씁니다. 셋째 문장입니다.",
        [Run(K, "첫 문장입니다."), Run(A, " 둘째는 새로 씁니다."), Run(K, " 셋째 문장입니다.")],
    ),
    "a sentence that says something else": (
        "We ask each ministry. The list is public.",
        "Nobody was heard. The list is public.",
        [
            Run(R, "We ask each ministry."),
            Run(A, "Nobody was heard."),
            Run(K, " The list is public."),
        ],
    ),
    "a Korean date is no sentence of its own": (
        "2028. 3. 31.까지 냅니다.",
        "2028. 4. 30.까지 냅니다.",
        [
            Run(K, "2028."),
            Run(R, " 3. 31.까지"),
            Run(A, " 4. 30.까지"),
            Run(K, " 냅니다."),
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "runs"), READ.values(), ids=READ)
def test_a_change_reads_as_people_would_mark_it(old, new, runs):
    assert runs_of(old, new) == runs


def parts(**other):
    return {
        "number": 3,
        "title": {"ko": "열린 장부", "en": "Open ledgers", "kind": {"en": "working"}},
        "vision": None,
        "period": {"from": "2028", "to": None},
        "leads": [{"agency": "works", "part": None}],
        "milestones": [{"label": "3.1", "title": {"ko": "첫째"}, "due": "2028-03"}],
        **other,
    }


def test_what_is_the_same_is_not_listed():
    assert changes(parts(), parts()) == []


def test_how_a_translation_came_about_is_not_what_people_read():
    assert changes(parts(), parts(title={"ko": "열린 장부", "en": "Open ledgers"})) == []


def test_changes_stand_in_the_order_of_the_form_and_milestones_by_their_number():
    steps = [
        {"label": label, "title": {"ko": "새것"}, "due": "2029"} for label in ("3.10", "3.2", "3.1")
    ]

    found = changes(parts(), parts(milestones=steps, vision="care", title={"ko": "닫힌 장부"}))

    assert [change.path for change in found] == [
        ("title", "en"),
        ("title", "ko"),
        ("vision",),
        ("milestones", "3.1", "title", "ko"),
        ("milestones", "3.1", "due"),
        ("milestones", "3.2", "title", "ko"),
        ("milestones", "3.2", "due"),
        ("milestones", "3.10", "title", "ko"),
        ("milestones", "3.10", "due"),
    ]


PATHS = st.sampled_from(
    [("title", "ko"), ("title", "en"), ("leads",), ("milestones", "3.1", "title", "ko"), ("x",)]
)
FLAT = st.dictionaries(PATHS, st.text(min_size=1, max_size=12))


@given(FLAT, FLAT)
def test_applying_all_changes_to_the_old_wording_gives_the_new_one(before, after):
    applied = dict(before)
    for change in compare(before, after):
        assert applied.get(change.path, "") == change.old
        applied[change.path] = change.new

    assert {path: text for path, text in applied.items() if text} == after


def test_a_wording_is_taken_apart_whole():
    assert flat(parts()) == {
        ("number",): "3",
        ("title", "ko"): "열린 장부",
        ("title", "en"): "Open ledgers",
        ("period", "from"): "2028",
        ("leads",): "works",
        ("milestones", "3.1", "title", "ko"): "첫째",
        ("milestones", "3.1", "due"): "2028-03",
    }
