"""The checklist: what each line asks, and that it only ever tells."""

import pytest

from madang.drafting.rules.quality import CRITERIA, findings

LONG = "이 과제의 지금 상태를 수치와 함께 적습니다. 두 해 동안 무엇이 있었는지도 함께 적습니다."
STEP = {
    "label": "3.1",
    "title": {"ko": "첫", "en": "One"},
    "output": {"ko": "표", "en": "A table"},
    "from": None,
    "due": "2028-03",
    "agency": None,
}


def parts(**other):
    return {
        "title": {"ko": "제목", "en": "Title"},
        "description": None,
        "problem": None,
        "template": {},
        "leads": [{"agency": "works", "part": None}],
        "sub_commitments": [],
        "milestones": [STEP, {**STEP, "label": "3.2"}],
        **other,
    }


def found(key, languages=("ko", "en"), **other):
    return next(one for one in findings(parts(**other), languages) if one.criterion.key == key)


LEAD, PART = {"agency": "works", "part": None}, {"agency": "works", "part": "3.1"}
ASKED = {
    "a step without an output cannot be verified": ("verifiable", {"milestones": [{**STEP, "output": None}]}, False),
    "nor one without a date": ("verifiable", {"milestones": [{**STEP, "due": None}]}, False),
    "nor a commitment without steps": ("verifiable", {"milestones": []}, False),
    "outputs and dates can be": ("verifiable", {}, True),
    "no answer opens nothing": ("lens", {}, False),
    "a word is no answer in substance": ("lens", {"template": {"participation": {"ko": "참여"}}}, False),
    "one answer in substance is enough": ("lens", {"template": {"participation": {"ko": LONG}}}, True),
    "without a baseline nobody sees a change": ("baseline", {}, False),
    "a baseline is what was done so far": ("baseline", {"template": {"done_so_far": {"en": LONG}}}, True),
    "one lead": ("one_lead", {}, True),
    "two leads are none": ("one_lead", {"leads": [LEAD, {**LEAD, "agency": "b"}]}, False),
    "no lead at all": ("one_lead", {"leads": []}, False),
    "one lead for each part": ("one_lead", {"leads": [PART], "sub_commitments": [{"label": "3.1"}]}, True),
    "a part without a lead": ("one_lead", {"leads": [PART], "sub_commitments": [{"label": "3.1"}, {"label": "3.2"}]}, False),
    "one milestone shows no way": ("milestones", {"milestones": [STEP]}, False),
    "nine are too many to follow": ("milestones", {"milestones": [STEP] * 9}, False),
    "two are enough": ("milestones", {}, True),
    "all in both languages": ("translated", {}, True),
    "a text in one language": ("translated", {"problem": {"ko": "문제", "en": None}}, False),
}  # fmt: skip


@pytest.mark.parametrize(("key", "other", "met"), ASKED.values(), ids=ASKED)
def test_a_line_of_the_checklist(key, other, met):
    assert found(key, **other).met is met


def test_a_line_that_is_not_met_says_where():
    steps = [{**STEP, "due": None}, {**STEP, "label": "3.2", "output": None}]

    assert found("verifiable", milestones=steps).facts == {
        "count": 2,
        "no_output": ["3.2"],
        "no_date": ["3.1"],
    }
    assert found("translated", problem={"ko": "문제"}).facts == {"missing": [("problem", "en")]}
    assert found("translated", languages=("ko",), problem={"ko": "문제"}).met


def test_each_line_has_its_day_and_a_source_where_it_is_not_ours():
    assert [one.criterion for one in findings(parts(), ["ko"])] == list(CRITERIA)
    assert all(one.since and bool(one.title) == bool(one.url) for one in CRITERIA)
