"""What a commitment as typed must say, and when its writer started from another text."""

import pytest

from madang.drafting.rules.draft import Draft, Step, check_base, check_draft, next_label
from madang.foundation.refusals import NotNow, NotValid
from madang.foundation.texts import Text

TITLE = Text({"ko": "열린 장부", "en": None})
NONE = Text({"ko": None, "en": None})
STEP = Step(None, TITLE, NONE)


def test_a_draft_may_be_unfinished():
    check_draft(Draft(title=TITLE))


REFUSED = {
    "no title in any language": (Draft(title=NONE), "drafting.no_title", "title"),
    "a day that is none": (
        Draft(title=TITLE, starts="2028-02-30"),
        "planning.not_a_date",
        "period",
    ),
    "words for a date": (Draft(title=TITLE, ends="next year"), "planning.not_a_date", "period"),
    "an end before the beginning": (
        Draft(title=TITLE, starts="2029", ends="2028-12"),
        "planning.ends_before_it_begins",
        "period",
    ),
    "a milestone that says nothing": (
        Draft(title=TITLE, steps=[STEP, Step(None, NONE, TITLE)]),
        "drafting.step_without_title",
        "step-2",
    ),
    "a milestone due before it begins": (
        Draft(title=TITLE, steps=[Step(None, TITLE, NONE, "2029-05", "2029-04")]),
        "planning.ends_before_it_begins",
        "step-1",
    ),
    "a milestone too many": (
        Draft(title=TITLE, steps=[STEP] * 21),
        "drafting.too_many_steps",
        "steps",
    ),
}


@pytest.mark.parametrize(("draft", "code", "field"), REFUSED.values(), ids=REFUSED)
def test_what_makes_no_sense_is_refused_at_its_field(draft, code, field):
    with pytest.raises(NotValid) as refused:
        check_draft(draft)

    assert (refused.value.code, refused.value.facts["field"]) == (code, field)


BASES = {
    "the text it started from still stands": ("a", "a", "b", None),
    "another saved meanwhile": ("a", "c", "b", "drafting.changed_meanwhile"),
    "another saved the very same text": ("a", "b", "b", "drafting.nothing_changed"),
    "nothing was changed": ("a", "a", "a", "drafting.nothing_changed"),
    "a form that says no base": (None, "a", "b", "drafting.changed_meanwhile"),
}


@pytest.mark.parametrize(("base", "current", "written", "code"), BASES.values(), ids=BASES)
def test_a_save_stands_on_the_text_its_writer_read(base, current, written, code):
    if code is None:
        check_base(base, current=current, written=written)
        return
    with pytest.raises(NotNow) as refused:
        check_base(base, current=current, written=written)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("used", "label"),
    [
        ([], "4.1"),
        (["4.1", "4.2"], "4.3"),
        (["4.9", "4.10"], "4.11"),
        (["4.1.7", "5.8"], "4.2"),
        # Milestones of the parts 4.1 and 4.2: no milestone is called like a part.
        (["4.1.1", "4.2.1"], "4.3"),
        (["4.a", "4.1"], "4.2"),
    ],
)
def test_a_new_milestone_comes_after_every_one_there_ever_was(used, label):
    assert next_label(4, used) == label
