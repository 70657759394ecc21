"""Groups sort proposals: one choice or two, undone, seen differently, decided together."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from madang.calls.models import Call
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotAllowed, NotFound, NotNow, NotValid, Refusal
from madang.record import log
from madang.record.guard import writing
from madang.taskforces.actions.groups import form_group, join_group, leave_group, place_proposals
from madang.taskforces.actions.mark import Given, mark_proposal, settle_proposal, undo_mark
from madang.taskforces.models import Candidate, Mark, Origin, Placement
from madang.taskforces.rules.words import Choice
from tests.makers.calls import DURING, a_proposal, an_open_call
from tests.makers.groups import SORTED, a_candidate, a_group, a_placed, fresh, mark, members
from tests.makers.plans import SECRETARY, both

JOIN, NEW, GROUP, BODY, NOT, LATER = Choice


@pytest.fixture
def call(practice_forum: Any) -> Call:
    return an_open_call()


@pytest.fixture
def two(call: Call) -> list[Actor]:
    return members(2)


# --- groups and their queues ---------------------------------------------------------------------


def test_groups_are_numbered_in_their_plan_and_their_members_are_commitments(call: Call) -> None:
    first, second = a_group(call), a_group(call, n=2)

    assert (first.number, second.number) == (1, 2)
    assert first.ref == f"group:{call.plan.number}-1"
    entry = log.last("group.joined", about=first.ref)
    assert entry and str(members(1)[0].name) not in bytes(entry.leaf).decode()
    with pytest.raises(NotValid, match=r"taskforces\.no_name"):
        form_group(call.plan, name=both(""), by=SECRETARY, at=DURING)


def test_one_is_in_a_group_once_and_can_leave_and_come_back(call: Call, two: list[Actor]) -> None:
    group, person = a_group(call, two), str(two[0].name)

    with pytest.raises(NotNow, match=r"taskforces\.member_already"):
        join_group(group, person=person, by=SECRETARY, at=DURING)
    leave_group(group, person=person, by=SECRETARY, at=DURING)
    with pytest.raises(NotFound, match=r"taskforces\.no_member"):
        leave_group(group, person=person, by=SECRETARY, at=DURING)
    join_group(group, person=person, by=SECRETARY, at=SORTED)
    with pytest.raises(NotFound, match=r"taskforces\.no_person"):
        join_group(group, person="nobody", by=SECRETARY, at=DURING)

    assert group.members.filter(person__slug=person).count() == 2


def test_proposals_come_into_a_queue_by_hand_and_by_area(call: Call) -> None:
    group = a_group(call)
    for n, area in enumerate([0, 1, 1, None]):
        a_proposal(call, email=f"{n}@example.kr", area=area)

    by_hand = place_proposals(group, numbers=[1], by=SECRETARY, at=DURING)
    by_area = place_proposals(group, area=1, by=SECRETARY, at=DURING)

    assert (by_hand.numbers, by_area.numbers) == ([1], [2, 3])
    assert Placement.objects.filter(group=group).count() == 3
    with pytest.raises(NotValid, match=r"taskforces\.nothing_to_place"):
        place_proposals(group, area=1, by=SECRETARY, at=DURING)
    with pytest.raises(NotFound, match=r"calls\.no_proposal"):
        place_proposals(group, numbers=[4, 99], by=SECRETARY, at=DURING)
    assert not Placement.objects.filter(proposal__number=4).exists()


def test_what_is_not_public_or_is_sorted_is_not_placed(call: Call, two: list[Actor]) -> None:
    group, other = a_group(call, two), a_group(call, two, n=2)
    [placed] = a_placed(group)
    a_proposal(call, email="x@example.kr", title="전화 010-1234-5678")
    mark(placed, two[0], NEW)

    with pytest.raises(NotNow, match=r"taskforces\.not_public"):
        place_proposals(group, numbers=[2], by=SECRETARY, at=DURING)
    with pytest.raises(NotNow, match=r"taskforces\.sorted_before"):
        place_proposals(other, numbers=[1], by=SECRETARY, at=DURING)


def test_what_waits_can_be_moved_and_the_other_group_begins_anew(
    call: Call, two: list[Actor]
) -> None:
    group, other = a_group(call, two), a_group(call, two, n=2)
    [placed] = a_placed(group)
    mark(placed, two[0], NOT)

    place_proposals(other, numbers=[1], by=SECRETARY, at=SORTED)

    assert fresh(placed).group == other
    assert not Mark.objects.filter(undone_at=None).exists() and Mark.objects.count() == 1


# --- one choice ----------------------------------------------------------------------------------


def test_a_new_candidate_begins_with_the_proposals_own_words(call: Call, two: list[Actor]) -> None:
    group = a_group(call, two)
    first, second = a_placed(group, 2)

    one = a_candidate(first, two[0])
    other = a_candidate(second, two[1])

    assert (one.number, other.number) == (1, 2)
    assert one.title.words == {"ko": first.proposal.title}
    assert fresh(first).sorted_at == SORTED
    assert Origin.objects.get(proposal=first.proposal).candidate == one


def test_joining_leads_a_thread_into_the_candidate_and_changes_nothing_of_the_proposal(
    call: Call, two: list[Actor]
) -> None:
    group = a_group(call, two)
    first, second = a_placed(group, 2)
    candidate = a_candidate(first, two[0])

    joined = mark(second, two[1], JOIN, candidate=candidate.number)

    assert (joined.choice, joined.candidate) == ("join", candidate)
    assert (joined.proposal.title, joined.proposal.number) == (second.proposal.title, 2)
    assert Origin.objects.filter(candidate=candidate, ended_at=None).count() == 2


def test_another_group_gets_it_and_another_body_is_named(call: Call, two: list[Actor]) -> None:
    group, other = a_group(call, two), a_group(call, n=2)
    first, second = a_placed(group, 2)

    moved = mark(first, two[0], GROUP, group=2)
    passed = mark(second, two[0], BODY, body="가온상수도공사")

    assert (moved.group, moved.choice) == (other, None)
    assert (passed.choice, passed.body) == ("other_body", "가온상수도공사")


@pytest.mark.parametrize(
    ("choice", "more", "code"),
    [
        (JOIN, {}, "no_candidate"),
        (JOIN, {"candidate": 77}, "no_such_candidate"),
        (GROUP, {}, "no_group"),
        (GROUP, {"group": 1}, "no_such_group"),
        (GROUP, {"group": 9}, "no_such_group"),
        (BODY, {"body": "가" * 201}, "body_long"),
    ],
)
def test_a_choice_without_what_belongs_to_it_is_refused_and_nothing_is_kept(
    choice: Choice, more: dict[str, Any], code: str, call: Call, two: list[Actor]
) -> None:
    [placed] = a_placed(a_group(call, two))
    size = log.size()

    with pytest.raises(Refusal, match=rf"taskforces\.{code}"):
        mark(placed, two[0], choice, **more)

    assert not Mark.objects.exists() and log.size() == size


def test_only_members_of_the_group_sort_and_not_the_secretariat(
    call: Call, two: list[Actor]
) -> None:
    [placed] = a_placed(a_group(call, two[:1]))

    for actor in (two[1], SECRETARY):
        with pytest.raises(NotAllowed):
            mark(placed, actor, NEW)


def test_who_left_the_group_sorts_no_more(call: Call, two: list[Actor]) -> None:
    group = a_group(call, two)
    [placed] = a_placed(group)
    leave_group(group, person=str(two[0].name), by=SECRETARY, at=DURING)

    with pytest.raises(NotAllowed):
        mark(placed, two[0], NEW)


# --- two choices ---------------------------------------------------------------------------------


def test_not_in_this_plan_takes_two_and_the_first_stays_hidden(
    call: Call, two: list[Actor]
) -> None:
    [placed] = a_placed(a_group(call, two))

    after_one = mark(placed, two[0], NOT)
    first = log.last("proposal.marked", about=placed.proposal.ref)
    assert first and after_one.choice is None
    assert log.said(first)["d"]["choice"] is None and "mark" in log.said(first)["c"]
    assert b"not_in_plan" not in bytes(first.leaf)
    after_two = mark(placed, two[1], NOT)

    assert after_two.choice == "not_in_plan"
    second = log.last("proposal.marked", about=placed.proposal.ref)
    assert second and log.said(second)["d"]["choice"] == "not_in_plan"


def test_one_member_cannot_be_two(call: Call, two: list[Actor]) -> None:
    [placed] = a_placed(a_group(call, two))

    mark(placed, two[0], NOT)
    again = mark(placed, two[0], NOT)

    assert again.choice is None
    assert Mark.objects.filter(undone_at=None).count() == 1 and Mark.objects.count() == 2


def test_two_who_choose_differently_look_at_it_together(call: Call, two: list[Actor]) -> None:
    [placed] = a_placed(a_group(call, two))

    mark(placed, two[0], NOT)
    apart = mark(placed, two[1], NEW)

    assert (apart.choice, apart.together) == (None, True)
    assert not Candidate.objects.exists()
    with pytest.raises(NotNow, match=r"taskforces\.looked_at_together"):
        mark(placed, two[0], NEW)
    for choice, code in ((LATER, "settled_later"), (JOIN, "no_candidate")):
        with pytest.raises(NotValid, match=rf"taskforces\.{code}"):
            settle_proposal(apart, given=Given(choice=choice), by=two[0], at=SORTED)
    settle_proposal(apart, given=Given(choice=NEW), by=two[0], at=SORTED)
    settled = fresh(placed)
    assert (settled.choice, settled.together, settled.settled) == ("new", False, True)
    with pytest.raises(NotNow, match=r"taskforces\.moved_on"):
        undo_mark(settled, by=two[1], at=SORTED)


def test_not_in_the_plan_is_settled_by_another_than_who_chose_it(
    call: Call, two: list[Actor]
) -> None:
    [placed] = a_placed(a_group(call, two))
    mark(placed, two[0], NOT)
    apart = mark(placed, two[1], NEW)
    size = log.size()

    with pytest.raises(NotNow, match=r"taskforces\.settled_by_one"):
        settle_proposal(apart, given=Given(choice=NOT), by=two[0], at=SORTED)
    assert fresh(placed).choice is None and log.size() == size
    settle_proposal(apart, given=Given(choice=NOT), by=two[1], at=SORTED)

    assert fresh(placed).choice == "not_in_plan"


def test_what_is_sent_on_together_begins_anew_in_the_other_group(
    call: Call, two: list[Actor]
) -> None:
    [placed] = a_placed(a_group(call, two))
    a_group(call, two, n=2)
    mark(placed, two[0], NOT)
    apart = mark(placed, two[1], GROUP, group=2)

    settle_proposal(apart, given=Given(choice=GROUP, group=2), by=two[0], at=SORTED)
    there = fresh(placed)
    assert (there.group.number, there.together, there.settled) == (2, False, False)

    assert mark(there, two[0], NEW).choice == "new"


def test_later_is_no_word_and_can_be_followed_by_one(call: Call, two: list[Actor]) -> None:
    [placed] = a_placed(a_group(call, two))

    assert mark(placed, two[0], LATER).choice is None
    assert mark(placed, two[1], LATER).choice is None
    assert mark(placed, two[0], NEW).choice == "new"


# --- taking back ---------------------------------------------------------------------------------


@pytest.mark.parametrize("choice", [NEW, BODY, GROUP, NOT, LATER])
def test_a_choice_is_taken_back_and_the_proposal_waits_again(
    choice: Choice, call: Call, two: list[Actor]
) -> None:
    group = a_group(call, two)
    a_group(call, n=2, workers=[])
    [placed] = a_placed(group)
    after = mark(placed, two[0], choice, group=2 if choice is GROUP else None)

    undo_mark(after, by=two[0], at=SORTED + timedelta(minutes=1))

    back = fresh(placed)
    assert (back.group, back.choice, back.candidate, back.sorted_at) == (group, None, None, None)
    assert Mark.objects.get().undone_at == SORTED + timedelta(minutes=1)
    assert not Origin.objects.filter(ended_at=None).exists()
    assert mark(back, two[0], NEW).choice == "new"


def test_a_candidate_left_empty_by_it_keeps_its_number_and_is_set_aside(
    call: Call, two: list[Actor]
) -> None:
    first, second = a_placed(a_group(call, two), 2)
    after = mark(first, two[0], NEW)

    undo_mark(after, by=two[0], at=SORTED)

    assert Candidate.objects.get().status == "set_aside"
    assert Origin.objects.get().why == "undone"
    assert a_candidate(second, two[0]).number == 2


def test_a_candidate_that_others_joined_stays(call: Call, two: list[Actor]) -> None:
    first, second = a_placed(a_group(call, two), 2)
    candidate = a_candidate(first, two[0])
    mark(second, two[1], JOIN, candidate=1)

    undo_mark(fresh(first), by=two[0], at=SORTED)

    candidate.refresh_from_db()
    assert candidate.status == "open" and candidate.placements.count() == 1


def test_the_second_of_two_taken_back_leaves_the_first(call: Call, two: list[Actor]) -> None:
    [placed] = a_placed(a_group(call, two))
    mark(placed, two[0], NOT)
    after = mark(placed, two[1], NOT)

    undo_mark(after, by=two[1], at=SORTED)

    assert fresh(placed).choice is None
    assert mark(placed, two[1], NOT).choice == "not_in_plan"


def test_nobody_takes_anothers_choice_back(call: Call, two: list[Actor]) -> None:
    [placed] = a_placed(a_group(call, two))
    after = mark(placed, two[0], NEW)

    for actor in (two[1], SECRETARY):
        with pytest.raises(NotAllowed):
            undo_mark(after, by=actor, at=SORTED)


def test_what_another_group_took_up_is_not_taken_back(call: Call, two: list[Actor]) -> None:
    [placed] = a_placed(a_group(call, two[:1]))
    a_group(call, two[1:], n=2)
    moved = mark(placed, two[0], GROUP, group=2)
    sorted_there = mark(moved, two[1], NEW)

    with pytest.raises(NotNow, match=r"taskforces\.moved_on"):
        undo_mark(sorted_there, by=two[0], at=SORTED)


# --- at once -------------------------------------------------------------------------------------


def test_a_person_has_one_standing_mark_by_constraint(call: Call, two: list[Actor]) -> None:
    [placed] = a_placed(a_group(call, two))
    mark(placed, two[0], NOT)
    kept = Mark.objects.get()

    kept.pk = None
    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        kept.save(force_insert=True)


def test_a_sorted_proposal_has_its_time_by_constraint(call: Call, two: list[Actor]) -> None:
    [placed] = a_placed(a_group(call, two))

    for wrong in ({"choice": "new"}, {"choice": "other_body"}, {"sorted_at": SORTED}):
        with pytest.raises(IntegrityError), transaction.atomic(), writing():
            Placement.objects.filter(pk=placed.pk).update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_sort_at_once_one_is_told_so(practice_forum: Any) -> None:
    call, two = an_open_call(), members(2)
    [placed] = a_placed(a_group(call, two))
    came: list[str] = []
    start = threading.Barrier(2)

    def press(actor: Actor) -> None:
        start.wait()
        try:
            mark_proposal(placed, given=Given(choice=NEW), by=actor, at=SORTED)
            came.append("sorted")
        except NotNow as refusal:
            came.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[actor]) for actor in two]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(came) == ["sorted", "taskforces.sorted_already"]
    assert Candidate.objects.count() == Origin.objects.count() == 1
