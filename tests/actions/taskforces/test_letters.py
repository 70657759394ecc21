"""Authors hear into which candidate their proposal went; what was taken back at once is never said."""

from datetime import timedelta

import pytest

from madang.letters.models import Letter
from madang.taskforces.actions.candidates import merge_candidates, split_candidate
from madang.taskforces.actions.mark import Given, settle_proposal, undo_mark
from madang.taskforces.letters import AFTER
from madang.taskforces.rules.words import Choice
from tests.makers.calls import an_open_call
from tests.makers.groups import SORTED, a_candidate, a_group, a_placed, fresh, mark, members
from tests.makers.plans import SECRETARY, both


@pytest.fixture
def group(practice_forum):
    return a_group(an_open_call())


def joined():
    return list(Letter.objects.filter(kind="proposal.joined").order_by("pk"))


def test_the_author_of_each_joined_proposal_is_told_the_candidate_by_name(group):
    one, two = a_placed(group, 2)
    first, second = members(2)
    candidate = a_candidate(one, first)
    mark(two, second, Choice.JOIN, candidate=candidate.number)

    alone, beside = joined()
    assert alone.to == one.proposal.contact.email and beside.to == two.proposal.contact.email
    assert candidate.title.say("ko").words in beside.body
    assert f"/plans/{group.plan.number}/candidates/{candidate.number}/" in beside.body
    assert f"{candidate.number}" in beside.subject and two.proposal.label in beside.subject
    assert "1건" in beside.body and "1건" not in alone.body
    assert "/stop/" in beside.body


def test_it_waits_an_hour_and_what_was_taken_back_is_never_said(group):
    [one] = a_placed(group)
    [first] = members(1)
    a_candidate(one, first)
    [letter] = joined()
    assert letter.next_try_at == SORTED + AFTER

    undo_mark(fresh(one), by=first, at=SORTED + timedelta(minutes=1))
    assert joined() == []
    mark(one, first, Choice.NEW, at=SORTED + timedelta(minutes=2))
    assert len(joined()) == 1


def test_other_choices_write_nothing(group):
    one, two = a_placed(group, 2)
    first, second = members(2)
    mark(one, first, Choice.LATER)
    mark(two, first, Choice.NOT_IN_PLAN)
    mark(two, second, Choice.NOT_IN_PLAN)

    assert joined() == []


def test_merging_and_splitting_tell_those_who_were_moved(group):
    one, two, three = a_placed(group, 3)
    [first] = members(1)
    a, b = a_candidate(one, first), a_candidate(two, first)
    mark(three, first, Choice.JOIN, candidate=b.number)
    before = len(joined())

    merge_candidates(a, others=[b.number], by=SECRETARY, at=SORTED + timedelta(days=1))
    merged = joined()[before:]
    assert {one.to for one in merged} == {row.proposal.contact.email for row in (two, three)}
    moved = [three.proposal.number]
    split_candidate(
        a, title=both("따로", "Apart"), moved=moved, by=SECRETARY, at=SORTED + timedelta(days=2)
    )
    assert [one.to for one in joined()[before + 2 :]] == [three.proposal.contact.email]


def test_what_a_group_settled_together_is_told_as_well(group):
    one, two = a_placed(group, 2)
    first, second = members(2)
    candidate = a_candidate(two, first)
    mark(one, first, Choice.NOT_IN_PLAN)
    mark(one, second, Choice.JOIN, candidate=candidate.number)
    before = len(joined())
    given = Given(choice=Choice.JOIN, candidate=candidate.number)
    settle_proposal(fresh(one), given=given, by=first, at=SORTED + timedelta(hours=1))

    assert [letter.to for letter in joined()[before:]] == [one.proposal.contact.email]


def test_who_stopped_the_letters_hears_no_more(group):
    [one] = a_placed(group)
    [first] = members(1)
    from madang.calls.actions.stop_letters import stop_letters

    stop_letters(one.proposal, by=first, at=SORTED)
    a_candidate(fresh(one), first)

    assert joined() == []
