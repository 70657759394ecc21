"""The decision paper: what it promises about a closed ballot, and when it is made."""

import re
from hashlib import sha256

import pytest

from madang.ballots.models import Ballot
from madang.documents.files import path_of
from madang.documents.models import Document
from madang.foundation.actors import CLOCK
from madang.foundation.refusals import NotAllowed, NotNow
from madang.plans.actions.due import decisions_due
from madang.plans.actions.fix_decision import fix_decision, set_decisions
from madang.plans.papers.decision import set_decision
from madang.plans.papers.decision_data import decision_data
from madang.record import log
from madang.web.timer import DUE
from tests.actions.plans.reading import Paper
from tests.makers.ballots import CLOSES, REASON, a_closed_ballot, again, an_open_ballot, secretary
from tests.makers.editions import a_deciding_ballot

LATER = CLOSES.replace(hour=16)
LANGUAGES = ("ko", "en")


def closed_up(words):
    return re.sub(r"\s", "", words)


def read(ballot, forum, language="en"):
    return Paper(set_decision(decision_data(ballot), forum, language))


def answers(*, yes=0, no=0, abstain=0, recused=0):
    """So many seats' answers, from the first seat of the roll on."""
    seats = [
        "exo-1",
        "exo-2",
        *(f"gov-{n}" for n in range(1, 7)),
        *(f"cso-{n}" for n in range(1, 23)),
    ]
    given = ["yes"] * yes + ["no"] * no + ["abstain"] * abstain + ["recused"] * recused
    return dict(zip(seats, given, strict=False))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_decision_paper_keeps_pdf_ua_and_says_its_language_and_title(practice_forum, language):
    paper = read(a_closed_ballot(), practice_forum, language)

    assert paper.standards == {"ua-1", "a-2a"}
    assert str(paper.pdf.Root.Lang).startswith(language)
    assert bool(paper.pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert {"/H1", "/Table", "/THead", "/TH", "/Link"} <= {tag for tag, _ in paper.tags}


def test_a_plain_decision_of_thirty_seats_fits_on_one_sheet(practice_forum):
    ballot = a_deciding_ballot(answers(yes=18, no=2, abstain=2, recused=1))

    assert [len(read(ballot, practice_forum, word).pages) for word in LANGUAGES] == [1, 1]


def test_the_paper_says_question_outcome_counts_and_the_rule_in_numbers(practice_forum):
    words = read(a_closed_ballot(answers(yes=18, no=1, abstain=1)), practice_forum).words

    for said in (
        "Is the second action plan adopted?",
        "Approved",
        "Quorum: 20 of 30 seats on the roll; 16 were needed. Reached.",
        "Majority: 18 of 20 answers; 11 were needed. Reached.",
        "Together18110",
    ):
        assert closed_up(said) in words


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Agencies, Article 5(2), as it read in 2013"),
        ("ko", "「행정기관 소속 위원회의 설치·운영에 관한 법률 시행령」 제5조 제2항, 2013년의 글"),
    ],
)
def test_the_reason_for_writing_cites_its_dated_rule(practice_forum, language, said):
    words = read(a_closed_ballot(), practice_forum, language).words

    assert closed_up(said) in words


def test_reasons_stand_as_they_were_given(practice_forum):
    words = read(a_closed_ballot(answers(yes=18, no=1)), practice_forum).words

    assert closed_up(REASON) in words


CASES = {
    "without a quorum nothing is compared": (
        answers(yes=15),
        "Quorum: 15 of 30 seats on the roll; 16 were needed. Not reached.",
    ),
    "a tie is said to reject": (
        answers(yes=9, no=9),
        "Yes and no are equal, 9 each; by the rules a tie rejects.",
    ),
    "an interest declared is said to count nowhere": (
        answers(yes=16, recused=2),
        "Seats that declared an interest in the question and count nowhere: 2.",
    ),
}


@pytest.mark.parametrize(("given", "said"), CASES.values(), ids=CASES)
def test_how_the_outcome_follows(practice_forum, given, said):
    assert closed_up(said) in read(a_closed_ballot(given), practice_forum).words


def test_keys_papers_entries_and_the_text_s_hash_stand_on_it(practice_forum):
    ballot = a_closed_ballot()
    words = read(ballot, practice_forum).words
    acts = log.about(ballot.ref).exclude(kind="ballot.cast")

    assert {"exo-1"} <= {key["seat"] for key in decision_data(ballot)["keys"]}
    assert len(decision_data(ballot)["keys"]) == 2
    assert ballot.digest in words
    assert all(paper["sha256"] in words for paper in ballot.papers)
    assert [entry["kind"] for entry in decision_data(ballot)["entries"]] == [
        "ballot.drafted",
        "key.turned",
        "key.turned",
        "ballot.opened",
        "ballot.closed",
    ]
    assert all(f"{entry.index}·" in words for entry in acts)


def test_the_same_ballot_gives_the_same_bytes(practice_forum):
    ballot = a_closed_ballot()

    assert set_decisions(ballot) == set_decisions(Ballot.objects.get(pk=ballot.pk))


def test_after_the_close_the_clock_sets_the_paper_once_and_records_its_hash(practice_forum):
    ballot = a_closed_ballot()

    assert decisions_due(CLOCK, LATER) == 1
    assert decisions_due(CLOCK, LATER) == 0

    kept = Document.objects.filter(about=ballot.ref).order_by("-language")
    entry = log.said(log.about(ballot.ref).get(kind="decision.fixed"))["d"]
    assert [row.language for row in kept] == ["ko", "en"]
    assert [row.sha256 for row in kept] == [paper["sha256"] for paper in entry["papers"]]
    for row in kept:
        assert sha256(path_of(row.sha256).read_bytes()).hexdigest() == row.sha256


def test_an_open_ballot_has_no_decision_paper(practice_forum):
    ballot = an_open_ballot(3)

    assert decisions_due(CLOCK, LATER) == 0
    with pytest.raises(NotNow, match=r"plans\.no_decision"):
        fix_decision(ballot, made={"ko": b"%PDF"}, by=CLOCK, at=LATER)


def test_nobody_but_the_clock_fixes_a_decision(practice_forum):
    ballot = a_closed_ballot()

    with pytest.raises(NotAllowed):
        fix_decision(ballot, made={"ko": b"%PDF"}, by=secretary(), at=LATER)


def test_a_second_worker_finds_the_decision_fixed(practice_forum):
    ballot = a_deciding_ballot()
    made = set_decisions(ballot)
    fix_decision(ballot, made=made, by=CLOCK, at=LATER)

    with pytest.raises(NotNow, match=r"plans\.decision_fixed"):
        fix_decision(again(ballot), made=made, by=CLOCK, at=LATER)


def test_the_timer_knows_of_both_kinds_of_paper():
    assert {"papers.fix", "decision.fix"} <= DUE.keys()
