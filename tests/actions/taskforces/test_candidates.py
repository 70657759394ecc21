"""Candidates are written, weighed, merged and split; what they came from stays."""

from typing import Any

import pytest

from madang.calls.models import Call, Endorsement
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotAllowed, NotFound, NotNow, NotValid
from madang.record import log
from madang.record.guard import writing
from madang.taskforces.actions.candidates import (
    merge_candidates,
    open_candidate,
    set_candidate_aside,
    split_candidate,
    write_candidate,
)
from madang.taskforces.actions.mark import undo_mark
from madang.taskforces.actions.weigh import argue, score_candidate
from madang.taskforces.models import (
    Candidate,
    CandidateTie,
    CandidateVersion,
    Group,
    Origin,
    Placement,
    Score,
)
from madang.taskforces.rules.weighing import CandidateText
from madang.taskforces.rules.words import Choice, Grade, Side
from tests.makers.calls import an_open_call
from tests.makers.groups import SORTED, a_candidate, a_group, a_placed, fresh, mark, members
from tests.makers.plans import SECRETARY, both


@pytest.fixture
def call(practice_forum: Any) -> Call:
    return an_open_call()


@pytest.fixture
def worker(call: Call) -> Actor:
    return members(1)[0]


@pytest.fixture
def group(call: Call, worker: Actor) -> Group:
    return a_group(call, [worker])


@pytest.fixture
def pair(group: Group, worker: Actor) -> list[Candidate]:
    """Two candidates with two proposals each."""
    rows = a_placed(group, 4)
    made = [a_candidate(rows[0], worker), a_candidate(rows[1], worker)]
    mark(rows[2], worker, Choice.JOIN, candidate=1)
    mark(rows[3], worker, Choice.JOIN, candidate=2)
    return made


def test_a_candidate_says_its_problem_promise_and_grade(
    pair: list[Candidate], worker: Actor
) -> None:
    text = CandidateText(
        title=both("소리 나는 정류장", "Stops that speak"),
        problem=both("들을 수 없다"),
        promise=both("소리로 알린다"),
        grade=Grade.GOOD,
    )

    write_candidate(pair[0], text=text, by=worker, at=SORTED)

    pair[0].refresh_from_db()
    assert (pair[0].title, pair[0].grade) == (text.title, "good")
    with pytest.raises(NotValid, match=r"taskforces\.no_title"):
        write_candidate(pair[0], text=CandidateText(title=both("")), by=worker, at=SORTED)


def test_what_a_candidate_said_before_is_kept(pair: list[Candidate], worker: Actor) -> None:
    began = str(pair[0].title.words["ko"])
    first = CandidateText(title=both("소리 나는 정류장"), promise=both("소리로 알린다"))
    for text in (first, first, CandidateText(title=both("말하는 정류장"))):
        write_candidate(pair[0], text=text, by=worker, at=SORTED)

    kept = list(pair[0].versions.order_by("number"))
    # Saving the same again says nothing new.
    assert [one.title.words["ko"] for one in kept] == [began, "소리 나는 정류장", "말하는 정류장"]
    assert (kept[1].promise, kept[2].promise) == (both("소리로 알린다"), None)
    assert {one.office for one in kept} == {worker.label}
    assert len({one.sha256 for one in kept}) == 3


def test_a_candidate_from_before_versions_keeps_its_text_too(
    pair: list[Candidate], worker: Actor
) -> None:
    before = pair[0].title
    with writing():
        CandidateVersion.objects.all().delete()

    write_candidate(pair[0], text=CandidateText(title=both("새 제목")), by=worker, at=SORTED)

    kept = pair[0].versions.order_by("number").values_list("number", "title", "office")
    assert list(kept) == [(1, before, ""), (2, both("새 제목"), worker.label)]


def test_a_group_may_open_one_without_a_proposal(group: Group, worker: Actor) -> None:
    done = open_candidate(group, text=CandidateText(title=both("새 후보")), by=worker, at=SORTED)

    assert (done.number, Candidate.objects.get().group) == (1, group)


def test_a_stranger_to_the_group_writes_nothing(pair: list[Candidate]) -> None:
    stranger = members(3)[2]
    text = CandidateText(title=both("다른 제목"))

    for act in (
        lambda: write_candidate(pair[0], text=text, by=stranger, at=SORTED),
        lambda: merge_candidates(pair[0], others=[2], by=stranger, at=SORTED),
        lambda: score_candidate(pair[0], criterion="1", points=1, by=SECRETARY, at=SORTED),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_merging_ties_the_two_moves_the_threads_and_loses_nothing(
    pair: list[Candidate], worker: Actor
) -> None:
    into, other = pair
    first = Placement.objects.get(proposal__number=2).proposal
    with writing():
        Endorsement.objects.create(proposal=first, person="x", verified=True, endorsed_at=SORTED)

    done = merge_candidates(into, others=[2], by=worker, at=SORTED)

    other.refresh_from_db()
    assert (done.others, done.proposals, other.status) == ([2], 2, "merged")
    tie = CandidateTie.objects.get()
    assert (tie.candidate, tie.other, tie.kind) == (into, other, "merged_from")
    assert into.placements.count() == 4 and other.placements.count() == 0
    assert other.origins.filter(why="merged", ended_at=SORTED).count() == 2
    first.refresh_from_db()
    assert (first.number, first.endorsements.count()) == (2, 1)


@pytest.mark.parametrize(
    ("others", "kind", "code"),
    [
        ([], NotValid, "nothing_to_merge"),
        ([1], NotValid, "merged_with_itself"),
        ([2, 77], NotFound, "no_such_candidate"),
    ],
)
def test_what_cannot_be_merged_is_refused_whole(
    others: list[int], kind: Any, code: str, pair: list[Candidate], worker: Actor
) -> None:
    with pytest.raises(kind, match=rf"taskforces\.{code}"):
        merge_candidates(pair[0], others=others, by=worker, at=SORTED)

    assert not CandidateTie.objects.exists() and pair[1].placements.count() == 2


def test_what_was_merged_takes_nothing_more(pair: list[Candidate], worker: Actor) -> None:
    merge_candidates(pair[0], others=[2], by=worker, at=SORTED)

    with pytest.raises(NotNow, match=r"taskforces\.not_standing"):
        merge_candidates(pair[0], others=[2], by=worker, at=SORTED)
    with pytest.raises(NotNow, match=r"taskforces\.not_standing"):
        argue(pair[1], side=Side.PRO, text="좋다", language="ko", by=worker, at=SORTED)
    placed = Placement.objects.get(proposal__number=2)
    with pytest.raises(NotNow, match=r"taskforces\.moved_on"):
        undo_mark(fresh(placed), by=worker, at=SORTED)


def test_splitting_moves_what_is_named_and_ties_the_two(
    pair: list[Candidate], worker: Actor
) -> None:
    done = split_candidate(pair[0], title=both("떼어 낸 후보"), moved=[3], by=worker, at=SORTED)

    made = Candidate.objects.get(number=3)
    pair[0].refresh_from_db()
    assert (done.into, done.moved, pair[0].status) == (made.ref, [3], "open")
    assert CandidateTie.objects.get().kind == "split_from"
    assert [row.proposal.number for row in made.placements.all()] == [3]
    assert Origin.objects.get(candidate=made).why == "split"


def test_a_candidate_of_which_nothing_stays_is_split(pair: list[Candidate], worker: Actor) -> None:
    split_candidate(pair[0], title=both("모두 옮김"), moved=[1, 3], by=worker, at=SORTED)

    pair[0].refresh_from_db()
    assert pair[0].status == "split"


@pytest.mark.parametrize(("moved", "code"), [([], "nothing_to_split"), ([2], "not_inside")])
def test_a_split_of_nothing_is_refused(
    moved: list[int], code: str, pair: list[Candidate], worker: Actor
) -> None:
    with pytest.raises(NotValid, match=rf"taskforces\.{code}"):
        split_candidate(pair[0], title=both("셋"), moved=moved, by=worker, at=SORTED)

    assert Candidate.objects.count() == 2


def test_points_are_a_members_own_and_the_last_ones_count(
    pair: list[Candidate], worker: Actor
) -> None:
    for points in (2, 5):
        score_candidate(pair[0], criterion="1", points=points, by=worker, at=SORTED)

    assert Score.objects.get().points == 5
    for criterion, points, code in (("7", 3, "no_criterion"), ("1", 9, "no_points")):
        with pytest.raises(NotValid, match=rf"taskforces\.{code}"):
            score_candidate(pair[0], criterion=criterion, points=points, by=worker, at=SORTED)


def test_an_argument_stands_in_its_column_and_its_words_are_a_commitment(
    pair: list[Candidate], worker: Actor
) -> None:
    argue(pair[0], side=Side.CON, text="돈이 많이 듭니다", language="ko", by=worker, at=SORTED)

    entry = log.last("candidate.argued", about=pair[0].ref)
    assert entry and "돈이" not in bytes(entry.leaf).decode()
    assert pair[0].arguments.get().side == "con"


def test_what_is_set_aside_keeps_its_proposals(pair: list[Candidate], worker: Actor) -> None:
    set_candidate_aside(pair[0], by=worker, at=SORTED)

    pair[0].refresh_from_db()
    assert (pair[0].status, pair[0].placements.count()) == ("set_aside", 2)
