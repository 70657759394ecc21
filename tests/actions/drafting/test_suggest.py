"""Suggesting by paragraph: what is taken is written, what is not is told why, nothing is lost."""

import json
from datetime import timedelta

import pytest

from madang.drafting.actions.lead import name_lead
from madang.drafting.actions.suggest import answer_suggestion, withdraw_suggestion
from madang.drafting.actions.write import write_draft
from madang.drafting.models import CoLead, Commitment, Suggestion
from madang.drafting.rules.rewriting import draft_of_wording
from madang.drafting.versions import as_it_reads
from madang.foundation.actors import ANONYMOUS, CLOCK
from madang.foundation.refusals import NotAllowed, NotFound, NotNow, NotValid
from madang.letters.models import Letter
from madang.members.models import Account, Person
from madang.planning.actions.freeze import freeze_plan
from madang.record import log
from madang.record.guard import writing
from madang.taskforces.actions.groups import form_group, join_group
from madang.taskforces.models import Group
from tests.makers.drafts import FIRST, LATER, REASON, SECOND, a_shared_draft, seated, suggest
from tests.makers.plans import (
    SECRETARY,
    WRITTEN,
    a_plan_begun,
    a_written_commitment,
    base_of,
    both,
)

pytestmark = pytest.mark.usefixtures("practice_forum")
ANSWERED = LATER + timedelta(hours=1)
NO = "이 과제의 범위를 넘습니다. 다음 회의에서 봅니다."


def answer(found, fate, by, words="", **other):
    return answer_suggestion(
        found, fate=fate, answer=words, language="ko", by=by, at=ANSWERED, **other
    )


def text_of(row, language="ko"):
    return Commitment.objects.get(pk=row.pk).description.words[language]


def code_of(refused):
    return refused.value.code


def test_what_is_accepted_stands_in_the_text_and_its_paragraph_says_why():
    row, gov, cso = a_shared_draft(a_plan_begun())
    found = suggest(row, cso)

    answer(found, "accepted", gov)

    found.refresh_from_db()
    row.refresh_from_db()
    assert text_of(row) == f"버스 노선과 시간을 알립니다.\n\n{SECOND}"
    assert (found.fate, found.version.number, found.version.because) == (
        "accepted",
        2,
        [found.ref],
    )
    assert row.origins["description/ko"] == [[found.ref], []]


def test_what_is_taken_in_part_reads_as_was_agreed():
    row, gov, cso = a_shared_draft(a_plan_begun())
    found = suggest(row, cso)

    answer(found, "partly", gov, NO, wording="버스 시간을 알립니다.", base=base_of(row))

    found.refresh_from_db()
    assert text_of(row) == f"버스 시간을 알립니다.\n\n{SECOND}"
    assert (found.fate, found.settled, found.answer) == ("partly", "버스 시간을 알립니다.", NO)


def test_what_is_declined_leaves_the_text_and_says_why():
    row, gov, cso = a_shared_draft(a_plan_begun())
    found = suggest(row, cso)

    answer(found, "declined", gov, NO)

    found.refresh_from_db()
    assert text_of(row) == f"{FIRST}\n\n{SECOND}"
    assert (found.fate, found.answer, found.version) == ("declined", NO, None)
    assert found.answered_by == next(iter(gov.seats))


def test_an_empty_wording_takes_the_paragraph_out():
    row, gov, cso = a_shared_draft(a_plan_begun())

    answer(suggest(row, cso, ""), "accepted", gov)

    assert text_of(row) == SECOND


def test_words_can_be_suggested_where_none_stand_yet():
    row, gov, cso = a_shared_draft(a_plan_begun())

    answer(suggest(row, cso, "Why it is so", path=("problem", "en")), "accepted", gov)

    assert Commitment.objects.get(pk=row.pk).problem.words["en"] == "Why it is so"


def rewrite(row, by, old, new):
    parts = json.loads(as_it_reads(row))
    parts["description"]["ko"] = parts["description"]["ko"].replace(old, new)
    write_draft(row, draft=draft_of_wording(parts), base=base_of(row), by=by, at=LATER)


def test_a_suggestion_follows_its_paragraph_when_another_one_is_put_before_it():
    row, gov, cso = a_shared_draft(a_plan_begun())
    found = suggest(row, cso, "요금표를 언어마다 싣습니다.", place=1)
    rewrite(row, gov, FIRST, f"첫 문단입니다.\n\n{FIRST}")

    answer(found, "accepted", gov)

    assert text_of(row) == f"첫 문단입니다.\n\n{FIRST}\n\n요금표를 언어마다 싣습니다."


def test_a_suggestion_to_a_paragraph_changed_meanwhile_is_not_taken_blindly():
    row, gov, cso = a_shared_draft(a_plan_begun())
    old, found = base_of(row), suggest(row, cso)
    rewrite(row, gov, FIRST, "버스 노선을 날마다 알립니다.")

    with pytest.raises(NotNow) as late:
        suggest(row, cso, base=old)
    with pytest.raises(NotNow) as gone:
        answer(found, "accepted", gov)
    assert (code_of(late), code_of(gone)) == (
        "drafting.paragraph_changed",
        "drafting.paragraph_gone",
    )
    with pytest.raises(NotNow) as unseen:
        answer(found, "partly", gov, NO, wording="날마다 시간을 알립니다.", base=old)
    assert code_of(unseen) == "drafting.changed_meanwhile"

    answer(found, "partly", gov, NO, wording="날마다 시간을 알립니다.", base=base_of(row))
    assert text_of(row) == f"날마다 시간을 알립니다.\n\n{SECOND}"


BAD = {
    "the same words": ({"wording": f"  {FIRST} "}, "drafting.same_wording"),
    "no reason": ({"reason": ""}, "drafting.reason_short"),
    "nine characters of reason": ({"reason": "아홉 글자입니다요"}, "drafting.reason_short"),
    "a reason without an end": ({"reason": "왜" * 1001}, "drafting.reason_long"),
    "a paragraph of a megabyte": ({"wording": "가" * 350_000}, "drafting.wording_long"),
    "a text that turns around": ({"wording": "버스 \u202e알림"}, "drafting.turns_direction"),
    "a text there is none of": (
        {"path": ("milestones", "9.9", "title", "ko")},
        "drafting.no_piece",
    ),
    "a text that is not words": ({"path": ("number",)}, "drafting.no_piece"),
    "a paragraph beyond the last": ({"place": 7}, "drafting.paragraph_changed"),
}


@pytest.mark.parametrize(("given", "code"), BAD.values(), ids=BAD)
def test_what_cannot_be_suggested_is_refused_and_recorded_nowhere(given, code):
    row, _, cso = a_shared_draft(a_plan_begun())
    size = log.size()

    with pytest.raises((NotNow, NotValid, NotFound)) as refused:
        suggest(row, cso, **{"wording": "다른 글", **given})

    assert code_of(refused) == code
    assert (log.size(), Suggestion.objects.count()) == (size, 0)


def test_what_came_along_with_a_pasted_text_is_not_kept():
    row, _gov, cso = a_shared_draft(a_plan_begun())

    found = suggest(row, cso, "\ufeff버스\u200b 노선을\xa0모두 알립니다.\u2028")

    assert found.wording == "버스 노선을 모두 알립니다."


def test_nobody_answers_a_suggestion_of_their_own_or_one_that_has_its_answer():
    row, gov, cso = a_shared_draft(a_plan_begun())
    found = suggest(row, gov)

    with pytest.raises(NotNow) as own:
        answer(found, "accepted", gov)
    answer(found, "accepted", cso)
    with pytest.raises(NotNow) as twice:
        answer(Suggestion.objects.get(pk=found.pk), "declined", gov, NO)

    assert (code_of(own), code_of(twice)) == (
        "drafting.own_suggestion",
        "drafting.answered_already",
    )


def test_members_suggest_those_who_lead_answer_and_nobody_else():
    row, _gov, cso = a_shared_draft(a_plan_begun())
    other = seated("cso", 1)
    found = suggest(row, other)

    with pytest.raises(NotAllowed):
        suggest(row, ANONYMOUS)
    for who in (other, ANONYMOUS):
        with pytest.raises(NotAllowed):
            answer(found, "accepted", who)
    with pytest.raises(NotAllowed):
        withdraw_suggestion(found, by=cso, at=ANSWERED)
    withdraw_suggestion(found, by=other, at=ANSWERED)
    found.refresh_from_db()
    assert found.fate == "withdrawn"


def test_once_the_text_is_before_the_forum_nothing_is_suggested_or_answered():
    plan = a_plan_begun()
    row, gov, cso = a_shared_draft(plan)
    found = suggest(row, cso)
    freeze_plan(plan, ballot="ballot:8", by=CLOCK, at=WRITTEN)

    acts = [
        lambda: suggest(row, cso, "다른 글"),
        lambda: answer(found, "accepted", gov),
        lambda: withdraw_suggestion(found, by=cso, at=ANSWERED),
        lambda: rewrite(row, gov, FIRST, "다른 글"),
        lambda: name_lead(row, side="government", person="x", by=SECRETARY, at=ANSWERED),
    ]
    for act in acts:
        with pytest.raises(NotNow) as refused:
            act()
        assert code_of(refused) == "planning.before_forum"


def test_the_record_says_that_it_was_suggested_and_answered_and_none_of_the_words():
    row, gov, cso = a_shared_draft(a_plan_begun())
    answer(suggest(row, cso, "비밀스러운 낱말"), "declined", gov, NO)

    entries = log.entries()[:2]
    assert [log.said(entry)["t"] for entry in entries] == [
        "suggestion.answered",
        "suggestion.made",
    ]
    for entry in entries:
        leaf = bytes(entry.leaf).decode()
        assert not any(words in leaf for words in ("비밀스러운", REASON, NO, str(cso.name)))


# --- who leads -----------------------------------------------------------------------------------


def test_both_sides_write_and_no_one_else_does():
    row, gov, cso = a_shared_draft(a_plan_begun())

    rewrite(row, gov, FIRST, "정부가 고칩니다.")
    rewrite(row, cso, SECOND, "시민사회가 고칩니다.")
    with pytest.raises(NotAllowed):
        rewrite(row, seated("cso", 1), "정부가", "다른 이가")

    offices = [one.office for one in row.versions.all()]
    assert offices == [min(cso.seats), min(gov.seats), "secretariat"]


def test_a_side_has_one_who_leads_and_who_led_before_writes_no_more():
    row, gov, _cso = a_shared_draft(a_plan_begun())
    other = seated("gov", 1)

    with pytest.raises(NotNow) as again:
        name_lead(row, side="government", person=gov.name, by=SECRETARY, at=LATER)
    with pytest.raises(NotValid) as wrong:
        name_lead(row, side="civil_society", person=other.name, by=SECRETARY, at=LATER)
    name_lead(row, side="government", person=other.name, by=SECRETARY, at=LATER)

    assert (code_of(again), code_of(wrong)) == ("drafting.leads_already", "drafting.other_side")
    assert row.is_led_by(other.name) and not row.is_led_by(gov.name)
    with pytest.raises(NotAllowed):
        rewrite(row, gov, FIRST, "늦었습니다.")


def test_who_could_not_read_the_draft_does_not_lead_it_and_who_works_in_a_group_does():
    plan = a_plan_begun()
    row, *_ = a_shared_draft(plan)
    with writing():
        officer = Person.objects.create(slug="an-officer", name=both("담당관"))

    with pytest.raises(NotValid) as refused:
        name_lead(row, side="government", person="an-officer", by=SECRETARY, at=LATER)
    assert code_of(refused) == "drafting.reads_no_drafts"
    form_group(plan, name=both("분과"), by=SECRETARY, at=LATER)
    join_group(Group.objects.get(plan=plan), person="an-officer", by=SECRETARY, at=LATER)
    name_lead(row, side="government", person="an-officer", by=SECRETARY, at=LATER)

    assert row.is_led_by(officer.slug)


def test_nobody_leads_the_writing_for_both_sides():
    plan = a_plan_begun()
    row, *_ = a_shared_draft(plan)
    with writing():
        Person.objects.create(slug="an-officer", name=both("담당관"))
    form_group(plan, name=both("분과"), by=SECRETARY, at=LATER)
    join_group(Group.objects.get(plan=plan), person="an-officer", by=SECRETARY, at=LATER)
    name_lead(row, side="government", person="an-officer", by=SECRETARY, at=LATER)
    before = CoLead.objects.get(commitment=row, side="civil_society", ended_at=None)

    with pytest.raises(NotValid) as refused:
        name_lead(row, side="civil_society", person="an-officer", by=SECRETARY, at=ANSWERED)

    assert code_of(refused) == "drafting.leads_other_side"
    before.refresh_from_db()
    assert before.ended_at is None


def test_a_commitment_without_anyone_who_leads_is_written_by_the_secretariat_alone():
    row = a_written_commitment(a_plan_begun())

    with pytest.raises(NotAllowed):
        rewrite(row, seated("gov"), "내용", "글")


# --- and is told ---------------------------------------------------------------------------------


def test_whoever_suggested_is_told_what_became_of_it():
    row, gov, cso = a_shared_draft(a_plan_begun())

    answer(suggest(row, cso), "declined", gov, NO)

    [letter] = Letter.objects.filter(kind="suggestion.answered")
    assert letter.to == Account.objects.get(pk=cso.account).email
    for words in ("버스 노선과 시간을 알립니다.", NO, f"/desk/drafts/{row.plan.number}-1/#s-1"):
        assert words in letter.body
    assert "받지 않음" in letter.subject


def test_what_has_no_address_or_was_taken_back_is_told_to_nobody():
    row, gov, cso = a_shared_draft(a_plan_begun())
    withdraw_suggestion(suggest(row, cso), by=cso, at=LATER)
    answer(suggest(row, SECRETARY, "다른 말로 알립니다."), "declined", gov, NO)

    assert not Letter.objects.filter(kind="suggestion.answered").exists()
