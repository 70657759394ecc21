"""Printed codes: two officers, hashed, once, until the close, and shown as such."""

import re
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from madang.ballots.actions.cast import cast_vote
from madang.ballots.actions.print_codes import ask_codes, print_codes, revoke_codes
from madang.ballots.actions.vote_document import drop_entry
from madang.ballots.models import Ballot, PendingCodes, Vote
from madang.foundation.refusals import NotNow, NotValid
from madang.letters.links import find_link
from madang.letters.models import Letter, PrintedCode, TaskLink
from madang.letters.printed import (
    TRIES,
    Sheet,
    check_printed,
    fresh_sheet,
    looks_printed,
    printed_codes,
    sweep_printed,
)
from madang.members.models import Account
from madang.record.guard import writing
from tests.actions.ballots.looking import last_entry, recorded, refused
from tests.actions.ballots.test_by_document import colleague
from tests.makers.ballots import (
    CLOSES,
    DURING,
    a_closed_ballot,
    a_keyed_ballot,
    account_of,
    an_open_ballot,
    answer,
    seated,
    secretary,
)

SEATS = ["gov-3", "cso-9"]


@pytest.fixture(autouse=True)
def _forum(practice_forum: Any) -> None:
    pass


def asked(ballot: Ballot, seats: Any = SEATS, **other: Any) -> int:
    ask_codes(ballot, **{"seats": seats, "document": "메모-7", **other}, by=secretary(), at=DURING)
    return PendingCodes.objects.latest("pk").pk


def printed(ballot: Ballot, seats: Any = SEATS, at: Any = DURING) -> dict[str, Sheet]:
    sheets = {seat: fresh_sheet() for seat in seats}
    print_codes(ballot, entry=asked(ballot, seats), sheets=sheets, by=colleague(), at=at)
    return sheets


def check(ballot: Ballot, seat: str, code: str, at: Any = DURING) -> None:
    check_printed(ballot.ref, f"seat:{seat}", code, at)


# --- two officers --------------------------------------------------------------------------------


def test_a_sheet_is_good_when_a_second_officer_has_confirmed_it():
    ballot = an_open_ballot()

    sheets = printed(ballot)

    link = find_link(sheets["cso-9"].token, DURING)
    assert (link.task, link.holder, link.ends_at) == (ballot.ref, "seat:cso-9", CLOSES)
    check(ballot, "cso-9", sheets["cso-9"].code)


def test_no_officer_prints_alone():
    ballot = an_open_ballot()
    entry = asked(ballot)

    with refused("members.own_entry"):
        print_codes(
            ballot,
            entry=entry,
            sheets={seat: fresh_sheet() for seat in SEATS},
            by=secretary(),
            at=DURING,
        )


def test_what_was_dropped_is_not_printed():
    ballot = an_open_ballot()
    entry = asked(ballot)
    drop_entry(ballot, what="codes", entry=entry, by=secretary(), at=DURING)

    with refused("ballots.nothing_pending"):
        print_codes(ballot, entry=entry, sheets={}, by=colleague(), at=DURING)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"seats": []}, "ballots.codes_no_seat"),
        ({"seats": ["gov-99"]}, "ballots.codes_no_address"),
        ({"document": " "}, "ballots.no_document"),
    ],
    ids=["no seat", "a seat that is not on the roll", "no note of who asked"],
)
def test_what_is_asked_must_be_whole(given, code):
    ballot = an_open_ballot()

    with refused(code):
        asked(ballot, **given)


def test_a_holder_without_an_account_gets_no_sheet():
    ballot = an_open_ballot()
    with writing():
        Account.objects.filter(pk=account_of("cso-9").pk).update(is_active=False)

    with refused("ballots.codes_no_address"):
        asked(ballot)


def test_a_seat_is_asked_for_once_at_a_time():
    ballot = an_open_ballot()
    asked(ballot)

    with refused("ballots.codes_asked"):
        asked(ballot, ["cso-9"])


@pytest.mark.parametrize(
    ("make", "code"),
    [(a_keyed_ballot, "ballots.not_open_yet"), (a_closed_ballot, "ballots.closed")],
    ids=["before the opening", "after the close"],
)
def test_codes_are_printed_while_the_ballot_is_open(make, code):
    ballot = make()

    with refused(code):
        asked(ballot)


def test_nothing_is_printed_once_the_time_is_over():
    ballot = an_open_ballot()
    entry = asked(ballot)

    with refused("ballots.closed"):
        print_codes(ballot, entry=entry, sheets={}, by=colleague(), at=CLOSES)


# --- what is kept --------------------------------------------------------------------------------


def test_neither_code_nor_link_is_kept_or_recorded_in_clear():
    ballot = an_open_ballot()

    sheets = printed(ballot)

    kept = [str(list(m.objects.values())) for m in (PrintedCode, TaskLink, Letter, PendingCodes)]
    leaves = [bytes(entry.leaf).decode() for entry in recorded("codes.printed")]
    for sheet in sheets.values():
        assert all(sheet.code not in text and sheet.token not in text for text in kept + leaves)
    assert last_entry("codes.printed")["seats"] == SEATS


def test_eight_digits_are_told_apart_from_the_six_that_are_mailed():
    sheet = fresh_sheet()

    assert re.fullmatch(r"\d{8}", sheet.code)
    assert looks_printed(f"{sheet.code[:4]} {sheet.code[4:]}")
    assert looks_printed("１２３４-５６７８")
    assert not looks_printed("123456")


# --- once, and until the close -------------------------------------------------------------------


def test_a_code_works_once():
    ballot = an_open_ballot()
    code = printed(ballot)["cso-9"].code
    check(ballot, "cso-9", code)

    with pytest.raises(NotNow, match="printed_ended"):
        check(ballot, "cso-9", code)


def test_a_code_is_its_seats_alone():
    ballot = an_open_ballot()
    sheets = printed(ballot)

    with pytest.raises(NotValid, match="code_wrong"):
        check(ballot, "gov-3", sheets["cso-9"].code)


def test_a_code_ends_with_the_ballot():
    ballot = an_open_ballot()
    code = printed(ballot)["cso-9"].code

    with pytest.raises(NotNow, match="printed_ended"):
        check(ballot, "cso-9", code, at=CLOSES)


def test_after_five_wrong_tries_the_right_code_is_void_too():
    ballot = an_open_ballot()
    code = printed(ballot)["cso-9"].code
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    for _ in range(TRIES):
        with pytest.raises(NotValid):
            check(ballot, "cso-9", wrong)

    with pytest.raises(NotNow, match="printed_ended"):
        check(ballot, "cso-9", code)


def test_a_new_sheet_makes_the_one_before_void():
    ballot = an_open_ballot()
    first = printed(ballot)["cso-9"].code
    second = printed(ballot, at=DURING + timedelta(minutes=1))["cso-9"].code

    later = DURING + timedelta(minutes=2)
    with pytest.raises(NotValid):
        check(ballot, "cso-9", first, at=later)
    check(ballot, "cso-9", second, at=later)


def test_a_lost_sheet_is_made_void_by_one_officer_and_once():
    ballot = an_open_ballot()
    code = printed(ballot)["cso-9"].code

    revoke_codes(ballot, seat="cso-9", by=secretary(), at=DURING)

    assert last_entry("codes.revoked")["seat"] == "cso-9"
    with pytest.raises(NotNow):
        check(ballot, "cso-9", code)
    with refused("ballots.no_printed_code"):
        revoke_codes(ballot, seat="cso-9", by=secretary(), at=DURING)


def test_printed_codes_are_forgotten_thirty_days_after_their_end():
    printed(an_open_ballot())

    assert sweep_printed(CLOSES + timedelta(days=29)) == 0
    assert sweep_printed(CLOSES + timedelta(days=31)) == 2


@pytest.mark.django_db(transaction=True)
def test_a_code_sent_many_times_at_once_works_once():
    ballot = an_open_ballot()
    code = printed(ballot)["cso-9"].code
    gate, came = Barrier(8), []

    def try_it() -> None:
        gate.wait()
        try:
            check(ballot, "cso-9", code)
            came.append("in")
        except NotNow:
            came.append("out")
        finally:
            connection.close()

    threads = [Thread(target=try_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(came) == ["in"] + ["out"] * 7


# --- what everyone sees --------------------------------------------------------------------------


def test_a_vote_with_a_printed_code_is_shown_as_such():
    ballot = an_open_ballot()

    given = {"seat": "cso-9", "choice": "yes", "nonce": "n", "printed": True}
    cast_vote(ballot, **given, by=seated("cso-9"), at=DURING)

    assert Vote.objects.get(ballot=ballot).channel == "printed"
    assert last_entry("ballot.cast")["channel"] == "printed"


def test_a_later_vote_by_the_mailed_code_counts():
    ballot = an_open_ballot()
    given = {"seat": "cso-9", "choice": "yes", "nonce": "n", "printed": True}
    cast_vote(ballot, **given, by=seated("cso-9"), at=DURING)

    answer(ballot, "cso-9", "no", at=DURING + timedelta(minutes=5))

    assert [vote.channel for vote in Vote.objects.order_by("version")] == ["printed", "site"]


@pytest.mark.parametrize(
    ("language", "said"),
    [("ko", "부탁하신 적이 없으면"), ("en", "If you did not ask for it")],
)
def test_the_holder_is_told_at_once_and_not_the_code(language, said):
    with writing():
        Account.objects.update(language=language)
    ballot = an_open_ballot()

    sheets = printed(ballot)

    letters = Letter.objects.filter(kind="ballot.code_printed")
    assert {letter.to for letter in letters} == {account_of(seat).email for seat in SEATS}
    for letter in letters:
        assert said in letter.body and "메모-7" in letter.body
        assert all(sheet.code not in letter.body for sheet in sheets.values())
    assert printed_codes(ballot.ref, "seat:cso-9", DURING).count() == 1
