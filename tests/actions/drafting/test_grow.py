"""A draft grows from candidates: their words, their threads, their group."""

import pytest

from madang.calls.models import Call
from madang.drafting.actions.grow import grow_draft
from madang.drafting.actions.lead import give_to_group
from madang.drafting.models import Commitment, GrownFrom
from madang.foundation.refusals import NotAllowed, NotFound, NotNow
from madang.taskforces.actions.candidates import set_candidate_aside, write_candidate
from madang.taskforces.models import Candidate
from madang.taskforces.rules.weighing import CandidateText
from tests.makers.calls import an_open_call
from tests.makers.groups import SORTED, a_candidate, a_group, a_placed, members
from tests.makers.plans import SECRETARY, both

pytestmark = pytest.mark.usefixtures("practice_forum")


def two_candidates():
    workers = members(3)
    group = a_group(an_open_call(), workers[:2])
    found = []
    for n, placement in enumerate(a_placed(group, 2), 1):
        row = a_candidate(placement, workers[0])
        text = CandidateText(
            title=both(f"후보 {n}", f"Candidate {n}"),
            problem=both(f"문제 {n}\n\n까닭 {n}"),
            promise=both(f"약속 {n}", f"Promise {n}" if n == 1 else None),
        )
        write_candidate(row, text=text, by=workers[0], at=SORTED)
        found.append(Candidate.objects.select_related("plan", "group__plan").get(pk=row.pk))
    return found, workers


def test_a_draft_has_the_words_of_its_candidates_and_each_paragraph_its_own():
    (one, two), (worker, *_) = two_candidates()

    grown = grow_draft(one, others=[two.number, two.number], by=worker, at=SORTED)

    row = Commitment.objects.get(plan=one.plan, number=grown.number)
    assert row.title.words["ko"] == "후보 1"
    assert row.problem.words["ko"] == "문제 1\n\n까닭 1\n\n문제 2\n\n까닭 2"
    assert row.origins["problem/ko"] == [[one.ref], [one.ref], [two.ref], [two.ref]]
    assert row.origins["description/en"] == [[one.ref]]
    assert row.group == one.group
    assert {t.candidate_id for t in GrownFrom.objects.filter(commitment=row)} == {one.pk, two.pk}
    assert set(Candidate.objects.values_list("status", flat=True)) == {"chosen"}
    assert row.versions.get().because == [one.ref, two.ref]


def test_a_form_sent_twice_begins_one_draft():
    (one, two), (worker, *_) = two_candidates()
    grow_draft(one, by=worker, at=SORTED)

    for again in (
        lambda: grow_draft(one, by=worker, at=SORTED),
        lambda: grow_draft(two, others=[one.number], by=worker, at=SORTED),
    ):
        with pytest.raises(NotNow) as refused:
            again()
        assert refused.value.code == "drafting.grown_already"
    assert Commitment.objects.filter(plan=one.plan).count() == 1


def test_only_the_group_and_the_secretariat_begin_one_and_only_of_what_stands():
    (one, two), (worker, _, stranger) = two_candidates()
    set_candidate_aside(two, by=worker, at=SORTED)

    with pytest.raises(NotAllowed):
        grow_draft(one, by=stranger, at=SORTED)
    with pytest.raises(NotNow):
        grow_draft(one, others=[two.number], by=worker, at=SORTED)
    with pytest.raises(NotFound):
        grow_draft(one, others=[99], by=SECRETARY, at=SORTED)
    assert not Commitment.objects.filter(plan=one.plan).exists()


def test_a_commitment_is_given_to_a_group_of_its_plan():
    (one, _), (worker, *_) = two_candidates()
    grow_draft(one, by=worker, at=SORTED)
    row = Commitment.objects.get(plan=one.plan)
    other = a_group(Call.objects.get(plan=one.plan), [], n=2)

    give_to_group(row, group=other.number, by=SECRETARY, at=SORTED)
    with pytest.raises(NotFound):
        give_to_group(row, group=9, by=SECRETARY, at=SORTED)

    row.refresh_from_db()
    assert row.group == other
