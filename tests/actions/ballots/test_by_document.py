"""Keys by document and votes on paper: entered by one officer, confirmed by another."""

from datetime import timedelta
from typing import Any

import pytest

from madang.ballots.actions.key_document import confirm_key, enter_key
from madang.ballots.actions.turn_key import turn_key
from madang.ballots.actions.vote_document import confirm_vote, drop_entry, enter_vote
from madang.ballots.models import Ballot, Key, PendingKey, PendingVote, Vote
from madang.ballots.reading import text_digest
from madang.ballots.rules.preparing import most_reminders
from madang.documents.files import path_of
from madang.documents.rules.uploads import LARGEST, Upload
from madang.foundation.actors import Actor
from madang.foundation.texts import Text
from madang.members.actors import actor_of
from madang.members.models import Account
from madang.record.guard import writing
from tests.actions.ballots.looking import comes, last_entry, leaves, recorded, refused
from tests.actions.ballots.test_prepare import revised
from tests.makers.ballots import (
    CLOSES,
    DRAFTED,
    DURING,
    a_drafted_ballot,
    again,
    an_open_ballot,
    answer,
    co_chair,
    secretary,
)

pytestmark = pytest.mark.usefixtures("practice_forum")
AT = DRAFTED + timedelta(hours=1)
SCAN = Upload("결재.pdf", b"%PDF-1.7 " + b"approval" * 20)


def colleague() -> Actor:
    """Another officer of the secretariat."""
    found = Account.objects.filter(grants__role="secretariat").exclude(pk=secretary().account)
    return actor_of(found[0], on="2026-03-02")


def key_entered(ballot: Ballot, side: str = "government") -> int:
    given = {"side": side, "digest": text_digest(ballot), "document": "기획-1204", "file": SCAN}
    enter_key(ballot, **given, by=secretary(), at=AT)
    return PendingKey.objects.latest("pk").pk


def vote_entered(ballot: Ballot, **other: Any) -> int:
    given = {"seat": "gov-3", "choice": "yes", "channel": "letter", "document": "수신-88", **other}
    enter_vote(ballot, **given, by=secretary(), at=DURING)
    return PendingVote.objects.latest("pk").pk


# --- keys ----------------------------------------------------------------------------------------


def test_a_key_by_document_turns_when_a_second_officer_confirms_it():
    ballot = a_drafted_ballot()
    entry = key_entered(ballot)
    assert not Key.objects.filter(what=ballot.ref).exists()

    confirm_key(ballot, entry=entry, by=colleague(), at=AT)

    key = Key.objects.get(what=ballot.ref)
    assert (key.side, key.document, key.voided_at) == ("government", "기획-1204", None)
    assert key.file and path_of(key.file.sha256).read_bytes() == SCAN.content
    assert not key.file.public
    assert again(ballot).status == "draft"


def test_with_the_other_sides_key_the_ballot_is_keyed():
    ballot = a_drafted_ballot()
    turn_key(ballot, digest=text_digest(ballot), by=co_chair("civil_society"), at=AT)

    confirm_key(ballot, entry=key_entered(ballot), by=colleague(), at=AT)

    assert again(ballot).status == "keyed"


def test_no_officer_confirms_a_key_entered_alone():
    ballot = a_drafted_ballot()
    entry = key_entered(ballot)

    with refused("members.own_entry"):
        confirm_key(ballot, entry=entry, by=secretary(), at=AT)


def test_a_document_approves_the_text_it_was_entered_for_and_no_other():
    ballot = a_drafted_ballot()
    entry = key_entered(ballot)
    revised(ballot, question=Text({"ko": "다른 질문"}))

    with refused("ballots.text_changed"):
        confirm_key(ballot, entry=entry, by=colleague(), at=AT)


def test_a_document_is_the_approval_of_whoever_signed_it_and_of_no_successor():
    ballot = a_drafted_ballot()
    entry = key_entered(ballot)
    seat = next(iter(co_chair("government").seats))
    leaves(seat, last_day="2026-03-01")
    comes(seat, first_day="2026-03-02")
    digest = text_digest(ballot)
    with writing():
        PendingKey.objects.update(digest=digest)

    with refused("ballots.chair_changed"):
        confirm_key(ballot, entry=entry, by=colleague(), at=AT)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"side": "nobody"}, "ballots.no_side"),
        ({"document": " "}, "ballots.no_document"),
        ({"document": "가" * 81}, "ballots.no_document"),
        ({"digest": "0" * 64}, "ballots.text_changed"),
        ({"file": Upload("", b"")}, "documents.no_file"),
        ({"file": Upload("결재.pdf", b"<script>")}, "documents.file_kind"),
        ({"file": Upload("a.pdf", b"%PDF-" + b"x" * LARGEST)}, "documents.file_too_large"),
    ],
    ids=[
        "no such side",
        "no number",
        "a number too long",
        "another text",
        "no file",
        "a file that says it is something else",
        "a file too large",
    ],
)
def test_an_approval_that_is_not_whole_is_not_entered(given, code):
    ballot = a_drafted_ballot()
    whole = {"side": "government", "digest": text_digest(ballot), "document": "1", "file": SCAN}

    with refused(code):
        enter_key(ballot, **(whole | given), by=secretary(), at=AT)


# --- votes ---------------------------------------------------------------------------------------


def test_a_vote_on_paper_counts_when_a_second_officer_confirms_it():
    ballot = an_open_ballot()
    entry = vote_entered(ballot, choice="no", reason="예산이 모자랍니다.")
    assert not Vote.objects.filter(ballot=ballot).exists()

    confirm_vote(ballot, entry=entry, by=colleague(), at=DURING)

    vote = Vote.objects.get(ballot=ballot)
    assert (vote.seat.number, vote.choice, vote.channel) == ("gov-3", "no", "letter")
    assert len(recorded("ballot.cast")) == 1


def test_what_a_member_answers_since_counts_and_not_the_paper():
    ballot = an_open_ballot()
    entry = vote_entered(ballot, choice="no", reason="예산이 모자랍니다.")
    later = DURING + timedelta(hours=1)
    answer(ballot, "gov-3", "yes", at=later)

    with refused("ballots.answered_since"):
        confirm_vote(ballot, entry=entry, by=colleague(), at=later)

    assert [one.choice for one in Vote.objects.filter(ballot=ballot)] == ["yes"]


@pytest.mark.parametrize("channel", ["letter", "telephone"])
def test_how_it_came_stands_with_the_vote(channel):
    ballot = an_open_ballot()

    confirm_vote(ballot, entry=vote_entered(ballot, channel=channel), by=colleague(), at=DURING)

    assert Vote.objects.get(ballot=ballot).channel == channel
    assert last_entry("ballot.cast")["channel"] == channel


@pytest.mark.parametrize(("count", "most"), [(2, 2), (3, 3), (9, 3), (None, 3)])
def test_members_are_reminded_three_times_at_most(count, most):
    assert (
        most_reminders(
            [
                {"key": "reminders", "figure": {"count": count}}
                if count
                else {"key": "reminders", "figure": None}
            ]
        )
        == most
    )


def test_the_last_seats_vote_on_paper_closes_the_ballot():
    ballot = an_open_ballot(30)
    ballot = an_open_ballot(29) if again(ballot).status == "closed" else ballot
    missing = ballot.roll.exclude(seat__in=ballot.votes.values("seat")).get().seat.number

    confirm_vote(ballot, entry=vote_entered(ballot, seat=missing), by=colleague(), at=DURING)

    assert again(ballot).status == "closed"


def test_a_vote_is_confirmed_by_another_officer_once_and_before_the_close():
    ballot = an_open_ballot()
    entry = vote_entered(ballot)

    with refused("members.own_entry"):
        confirm_vote(ballot, entry=entry, by=secretary(), at=DURING)
    with refused("ballots.closed"):
        confirm_vote(ballot, entry=entry, by=colleague(), at=CLOSES)
    confirm_vote(ballot, entry=entry, by=colleague(), at=DURING)
    with refused("ballots.nothing_pending"):
        confirm_vote(ballot, entry=entry, by=colleague(), at=DURING)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"seat": "gov-99"}, "ballots.not_on_this_roll"),
        ({"choice": ""}, "ballots.no_choice"),
        ({"choice": "no"}, "ballots.reason_missing"),
        ({"channel": "site"}, "ballots.no_channel"),
        ({"document": ""}, "ballots.no_document"),
    ],
    ids=["no such seat", "no choice", "a no without a reason", "not on paper", "no number"],
)
def test_a_vote_that_is_not_whole_is_not_entered(given, code):
    ballot = an_open_ballot()

    with refused(code):
        vote_entered(ballot, **given)


def test_one_entry_a_seat_waits_at_a_time():
    ballot = an_open_ballot()
    vote_entered(ballot)

    with refused("ballots.entered_already"):
        vote_entered(ballot, choice="abstain")


def test_what_an_entry_says_is_not_in_the_record_before_it_counts():
    vote_entered(an_open_ballot())

    [entry] = recorded("vote.entered")

    assert b"yes" not in bytes(entry.leaf)


def test_a_dropped_entry_can_be_confirmed_no_more():
    ballot = an_open_ballot()
    entry = vote_entered(ballot)

    drop_entry(ballot, what="vote", entry=entry, by=colleague(), at=DURING)

    with refused("ballots.nothing_pending"):
        confirm_vote(ballot, entry=entry, by=colleague(), at=DURING)
    assert PendingVote.objects.get(pk=entry).dropped_at == DURING
