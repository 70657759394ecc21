"""Revising, sending back, and dropping a ballot before it opens."""

from datetime import timedelta
from typing import Any

import pytest

from madang.ballots.actions.annul import annul_ballot
from madang.ballots.actions.revise import revise_ballot
from madang.ballots.actions.send_back import return_ballot
from madang.ballots.models import Ballot, Key, SentBack
from madang.ballots.reading import text_digest
from madang.foundation.refusals import NotAllowed, NotNow, NotValid
from madang.foundation.texts import Text
from madang.letters.models import Letter
from madang.members.models import Account
from madang.record import log
from tests.makers.ballots import (
    CLOSES,
    DRAFTED,
    OPENS,
    QUESTION,
    a_closed_ballot,
    a_drafted_ballot,
    a_keyed_ballot,
    again,
    an_open_ballot,
    co_chair,
    papers,
    rules_that_ask_for_notice,
    secretary,
)

pytestmark = pytest.mark.usefixtures("practice_forum")
LATER = DRAFTED + timedelta(hours=5)
OTHER = Text({"ko": "다시 쓴 질문입니까?", "en": "Is this another question?"})


def revised(ballot: Ballot, **other: Any) -> Any:
    given: dict[str, Any] = {
        "question": OTHER,
        "papers": papers(),
        "written_reason": "urgent",
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "base": text_digest(ballot),
        "by": secretary(),
        "at": LATER,
    }
    return revise_ballot(ballot, **{**given, **other})


def standing(ballot: Ballot) -> int:
    return Key.objects.filter(what=ballot.ref, voided_at=None).count()


def test_a_revised_ballot_waits_for_both_keys_anew():
    ballot = a_keyed_ballot()

    event = revised(ballot)

    now = again(ballot)
    assert (now.status, standing(ballot), now.question) == ("draft", 0, OTHER)
    assert (event.keys_voided, event.after) == (2, text_digest(now))
    assert event.before != event.after


def test_a_revised_window_moves_the_meeting_with_it():
    ballot = a_drafted_ballot()

    revised(ballot, opens_at=OPENS + timedelta(days=1), closes_at=CLOSES + timedelta(days=1))

    assert (again(ballot).meeting.starts, again(ballot).meeting.ends) == (
        "2026-03-10",
        "2026-03-15",
    )


def test_a_change_made_meanwhile_is_not_overwritten():
    ballot = a_drafted_ballot()
    base = text_digest(ballot)
    revised(ballot)

    with pytest.raises(NotNow, match=r"ballots\.revised_meanwhile"):
        revised(ballot, question=QUESTION, base=base)

    assert again(ballot).question == OTHER


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"question": Text({"ko": None, "en": ""})}, "ballots.no_question"),
        ({"written_reason": "because"}, "ballots.no_written_reason"),
        ({"closes_at": OPENS}, "ballots.window_backwards"),
        ({"opens_at": DRAFTED - timedelta(days=9), "closes_at": DRAFTED}, "ballots.window_past"),
    ],
    ids=["no question", "an unknown reason", "no time to vote", "over already"],
)
def test_a_revision_that_could_not_be_voted_on_is_refused(given, code):
    ballot, size = a_keyed_ballot(), log.size()

    with pytest.raises(NotValid, match=code):
        revised(ballot, **given)

    assert (again(ballot).status, standing(ballot), log.size()) == ("keyed", 2, size)


def test_a_revision_that_opens_no_earlier_keeps_the_notice_that_was_given():
    rules_that_ask_for_notice({"days": 7})
    ballot = a_drafted_ballot()

    revised(ballot, at=OPENS - timedelta(hours=1))
    revised(again(ballot), opens_at=OPENS + timedelta(hours=1), at=OPENS)

    assert again(ballot).opens_at == OPENS + timedelta(hours=1)


def test_a_revision_that_opens_earlier_gives_notice_anew():
    rules_that_ask_for_notice({"days": 7})
    ballot, size = a_keyed_ballot(), log.size()

    with pytest.raises(NotValid, match=r"ballots\.notice_short"):
        revised(ballot, opens_at=OPENS - timedelta(days=1))

    assert (again(ballot).opens_at, standing(ballot), log.size()) == (OPENS, 2, size)


@pytest.mark.parametrize("make", [an_open_ballot, a_closed_ballot], ids=["open", "closed"])
def test_the_text_stands_once_the_ballot_has_opened(make):
    ballot = make()

    with pytest.raises(NotNow, match=r"ballots\.text_stands"):
        revised(ballot, at=OPENS + timedelta(hours=1), base="")


@pytest.mark.parametrize("make", [a_drafted_ballot, a_keyed_ballot], ids=["draft", "keyed"])
def test_a_co_chair_sends_a_ballot_back_and_the_keys_are_void(make):
    ballot = make()

    event = return_ballot(
        ballot, reason=" 기간이 짧습니다. ", by=co_chair("civil_society"), at=LATER
    )

    kept = SentBack.objects.get(ballot=ballot)
    assert (again(ballot).status, standing(ballot)) == ("draft", 0)
    assert (kept.reason, kept.side, event.side) == ("기간이 짧습니다.", *["civil_society"] * 2)
    assert "reason" not in event.clear()


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("", "ballots.note_missing"),
        ("  ", "ballots.note_missing"),
        ("가" * 2001, "ballots.reason_too_long"),
    ],
    ids=["nothing", "blank", "too long"],
)
def test_what_is_sent_back_or_dropped_has_a_reason(reason, code):
    ballot = a_keyed_ballot()

    with pytest.raises(NotValid, match=code):
        return_ballot(ballot, reason=reason, by=co_chair("government"), at=LATER)
    with pytest.raises(NotValid, match=code):
        annul_ballot(ballot, reason=reason, language="ko", by=secretary(), at=LATER)

    assert (again(ballot).status, standing(ballot)) == ("keyed", 2)


def test_a_dropped_ballot_stays_with_its_reason_and_without_keys():
    ballot = a_keyed_ballot()

    annul_ballot(ballot, reason="안건을 합칩니다.", language="ko", by=secretary(), at=LATER)

    now = again(ballot)
    assert (now.status, standing(ballot)) == ("annulled", 0)
    assert now.note == Text({"ko": "안건을 합칩니다."})


@pytest.mark.parametrize(
    ("make", "code"),
    [(an_open_ballot, "ballots.open_stays"), (a_closed_ballot, "ballots.not_annullable")],
    ids=["open", "closed"],
)
def test_no_one_person_drops_a_ballot_that_has_opened(make, code):
    ballot = make()

    with pytest.raises(NotNow, match=code):
        annul_ballot(ballot, reason="그만둡니다.", language="ko", by=secretary(), at=CLOSES)


def test_neither_side_does_the_others_part():
    ballot = a_drafted_ballot()

    with pytest.raises(NotAllowed):
        revised(ballot, by=co_chair("government"))
    with pytest.raises(NotAllowed):
        return_ballot(ballot, reason="이유", by=secretary(), at=LATER)


# --- letters -------------------------------------------------------------------------------------


def letters_of(kind: str) -> list[Letter]:
    return list(Letter.objects.filter(kind=kind).order_by("pk"))


def test_both_co_chairs_are_asked_for_their_keys_once_for_each_text():
    ballot = a_drafted_ballot()
    revised(ballot)

    wanted = letters_of("ballot.keys_wanted")

    assert len(wanted) == 4 and len({letter.to for letter in wanted}) == 2
    assert f"/desk/keys/{ballot.meeting.address}/" in wanted[0].body
    assert OTHER.words["ko"] in wanted[-1].body


def test_the_secretariat_is_told_why_a_ballot_came_back():
    ballot = a_drafted_ballot()

    return_ballot(ballot, reason="기간이 짧습니다.", by=co_chair("government"), at=LATER)

    told = letters_of("ballot.returned")
    officers = Account.objects.filter(grants__role="secretariat", grants__ended_at=None)
    assert {letter.to for letter in told} == {account.email for account in officers}
    assert all("기간이 짧습니다." in letter.body for letter in told)
