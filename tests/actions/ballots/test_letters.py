"""The letters of a ballot: written with the act, once for each reason, and silent about choices."""

import re
from datetime import timedelta
from typing import Any

import pytest

from madang.ballots.actions.close import close_ballot
from madang.ballots.actions.open import open_ballot
from madang.ballots.actions.remind import remind
from madang.ballots.models import Vote
from madang.ballots.wording import receipt_number
from madang.foundation.actors import CLOCK
from madang.foundation.refusals import NotNow
from madang.letters.links import find_link
from madang.letters.models import Letter, TaskLink
from madang.members.models import Account
from madang.record import log
from madang.record.guard import writing
from tests.makers.ballots import (
    CLOSES,
    DURING,
    OPENS,
    QUESTION,
    REASON,
    a_closed_ballot,
    a_keyed_ballot,
    account_of,
    again,
    an_open_ballot,
    answer,
    secretary,
)


@pytest.fixture(autouse=True)
def _forum(practice_forum: Any) -> None:
    pass


def to(seat: str, kind: str) -> Letter:
    return Letter.objects.get(to=account_of(seat).email, kind=kind)


def token_in(letter: Letter) -> str:
    found = re.search(r"/v/([\w-]+)/", letter.body)
    assert found
    return found[1]


# --- the invitation ------------------------------------------------------------------------------


def test_every_seat_on_the_roll_is_asked_once_with_a_link_of_its_own() -> None:
    ballot = an_open_ballot()

    letters = Letter.objects.filter(kind="ballot.opened")
    assert letters.count() == ballot.roll.count() == 30
    assert len({token_in(letter) for letter in letters}) == 30
    for seat in ("exo-1", "gov-3", "cso-22"):
        link = find_link(token_in(to(seat, "ballot.opened")), DURING)
        assert (link.task, link.holder) == (ballot.ref, f"seat:{seat}")
        assert link.ends_at == ballot.closes_at


@pytest.mark.parametrize(
    ("language", "said"),
    [("ko", "2026. 3. 14. 00:00 KST"), ("en", "14 March 2026 00:00 KST")],
)
def test_the_invitation_says_what_is_asked_and_until_when(language: str, said: str) -> None:
    ballot = a_keyed_ballot()
    with writing():
        Account.objects.filter(pk=account_of("cso-3").pk).update(language=language)

    open_ballot(ballot, by=CLOCK, at=OPENS)

    letter = to("cso-3", "ballot.opened")
    assert letter.language == language
    assert QUESTION.say(language).words in letter.subject
    assert said in letter.body
    assert ("/en/v/" in letter.body) == (language == "en")


def test_the_invitation_says_that_opening_the_link_votes_nothing() -> None:
    ballot = a_keyed_ballot()
    with writing():
        Account.objects.update(language="en")

    open_ballot(ballot, by=CLOCK, at=OPENS)

    assert "Opening the link votes nothing." in to("cso-3", "ballot.opened").body


def test_an_agency_finds_its_own_commitments_first() -> None:
    an_open_ballot()

    # The mobility commitment is the one of gov-1's agency; cso-3 sits for none.
    assert "- 첫째 과제" in to("gov-1", "ballot.opened").body
    assert "첫째 과제" not in to("cso-3", "ballot.opened").body


def test_nobody_is_asked_when_the_keys_were_found_void() -> None:
    ballot = a_keyed_ballot()
    with writing():
        type(ballot).objects.update(question=type(QUESTION)({"ko": "다른 물음"}))

    open_ballot(again(ballot), by=CLOCK, at=OPENS)

    assert not Letter.objects.filter(kind="ballot.opened").exists()
    assert not TaskLink.objects.exists()


def test_an_account_that_was_shut_gets_no_letter() -> None:
    ballot = a_keyed_ballot()
    with writing():
        Account.objects.filter(pk=account_of("cso-3").pk).update(is_active=False)

    open_ballot(ballot, by=CLOCK, at=OPENS)

    assert Letter.objects.filter(kind="ballot.opened").count() == 29


# --- the receipt ---------------------------------------------------------------------------------


def test_each_vote_has_its_receipt_with_the_entry_of_the_record() -> None:
    ballot = an_open_ballot()

    for n, choice in enumerate(("yes", "abstain"), 1):
        answer(ballot, "cso-3", choice, at=DURING + timedelta(minutes=n))

        entry = log.last("ballot.cast", about=ballot.ref)
        letter = Letter.objects.get(reason=f"{ballot.ref}-1:receipt:cso-3:{n}")
        assert entry
        assert f"{ballot.meeting.address}-1-cso-3-{n}" in letter.subject
        assert f"/record/{entry.index}/" in letter.body


def test_no_letter_says_what_was_answered() -> None:
    ballot = an_open_ballot()
    said = set()

    for n, choice in enumerate(("yes", "no", "abstain", "recused"), 1):
        answer(ballot, "cso-3", choice, at=DURING)
        letter = Letter.objects.get(reason=f"{ballot.ref}-1:receipt:cso-3:{n}")
        number = receipt_number(ballot, "cso-3", n)
        changing = rf"{number}|/record/\d+/|\d+건|has \d+|[0-9a-f]{{64}}"
        said.add(re.sub(changing, "", letter.body))
        assert REASON not in letter.body

    assert len(said) == 1


def test_a_refused_vote_writes_no_letter() -> None:
    ballot = an_open_ballot()

    with pytest.raises(NotNow):
        answer(ballot, "cso-3", "yes", at=CLOSES)

    assert not Letter.objects.filter(kind="ballot.receipt").exists()


# --- reminders -----------------------------------------------------------------------------------


def test_a_reminder_goes_to_those_who_have_not_answered_with_a_link_that_works() -> None:
    ballot = an_open_ballot(28)
    first = token_in(to("cso-22", "ballot.opened"))

    remind(ballot, by=secretary(DURING), at=DURING)

    letters = Letter.objects.filter(kind="ballot.reminder")
    assert {letter.to for letter in letters} == {account_of(f"cso-{n}").email for n in (21, 22)}
    for token in (first, token_in(to("cso-22", "ballot.reminder"))):
        assert find_link(token, DURING).holder == "seat:cso-22"


# --- the close -----------------------------------------------------------------------------------


def test_everyone_on_the_roll_hears_the_result() -> None:
    a_closed_ballot(18)

    letters = Letter.objects.filter(kind="ballot.closed")
    assert letters.count() == 30
    assert all("/ballot/" in letter.body for letter in letters)


def test_the_last_seat_closes_the_ballot_in_the_same_act() -> None:
    ballot = an_open_ballot(29)
    assert ballot.status == "open"

    answer(ballot, "cso-22", "yes")

    ballot = again(ballot)
    closed = log.last("ballot.closed", about=ballot.ref)
    assert (ballot.status, ballot.closed_at, ballot.outcome) == ("closed", DURING, "approved")
    assert closed
    assert log.said(closed)["d"]["by"] == "cso-22"


def test_a_change_of_mind_is_not_the_last_seat() -> None:
    ballot = an_open_ballot(29)

    answer(ballot, "cso-1", "abstain")

    assert again(ballot).status == "open"


def test_without_an_early_close_the_clock_closes_it() -> None:
    ballot = an_open_ballot(29)
    rules = [rule for rule in ballot.rules or [] if rule["key"] != "early-close"]
    with writing():
        type(ballot).objects.filter(pk=ballot.pk).update(rules=rules)

    answer(ballot, "cso-22", "yes")

    assert again(ballot).status == "open"
    close_ballot(again(ballot), by=CLOCK, at=CLOSES)
    assert Vote.objects.count() == 30
