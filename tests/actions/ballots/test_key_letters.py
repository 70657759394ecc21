"""Letters about keys: whose is asked for, whose is void; in the reader's language, once a reason."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from madang.ballots.actions.annul import annul_ballot
from madang.ballots.actions.open import open_ballot
from madang.ballots.actions.send_back import return_ballot
from madang.ballots.actions.turn_key import turn_key
from madang.ballots.models import Ballot, Key
from madang.ballots.reading import text_digest
from madang.foundation.actors import CLOCK
from madang.letters.models import Letter
from madang.members.models import Account
from madang.plans.actions.publish import turn_edition_key
from madang.record.guard import writing
from tests.actions.ballots.looking import comes, leaves
from tests.actions.ballots.test_prepare import revised
from tests.actions.members.test_stand_in import named, vacated
from tests.makers.ballots import (
    DRAFTED,
    OPENS,
    a_closed_ballot,
    a_drafted_ballot,
    a_keyed_ballot,
    account_of,
    again,
    co_chair,
    secretary,
)
from tests.makers.editions import KEYED, a_deciding_ballot, digest_of, key, the_plan

pytestmark = pytest.mark.usefixtures("practice_forum")
LATER = DRAFTED + timedelta(hours=5)


def to(kind: str) -> Counter[str]:
    """How many letters of a kind went to whom."""
    return Counter(Letter.objects.filter(kind=kind).values_list("to", flat=True))


def of(*sides: str) -> Counter[str]:
    accounts = (Account.objects.get(pk=co_chair(side).account) for side in sides)
    return Counter(account.email for account in accounts)


def one_key(side: str = "government") -> Ballot:
    ballot = a_drafted_ballot()
    turn_key(ballot, digest=text_digest(ballot), by=co_chair(side), at=DRAFTED)
    return again(ballot)


def test_a_revision_tells_whose_key_is_void_and_asks_the_other():
    ballot = one_key()
    Letter.objects.all().delete()

    revised(ballot)

    assert to("ballot.key_void") == of("government")
    assert to("ballot.keys_wanted") == of("civil_society")


def test_a_text_that_comes_back_is_asked_for_anew():
    ballot = a_drafted_ballot()
    first = ballot.question
    revised(ballot)
    revised(again(ballot), question=first)

    assert to("ballot.keys_wanted") == Counter(dict.fromkeys(of("government", "civil_society"), 3))


def test_sending_back_tells_the_other_side_that_its_key_is_void():
    ballot = one_key()

    return_ballot(ballot, reason="기간이 짧습니다.", by=co_chair("civil_society"), at=LATER)

    assert to("ballot.key_void") == of("government")


def test_dropping_a_ballot_tells_whose_keys_are_void():
    annul_ballot(a_keyed_ballot(), reason="사정", language="ko", by=secretary(), at=LATER)

    assert to("ballot.key_void") == of("government", "civil_society")


def test_an_opening_that_finds_the_roll_changed_tells_both():
    ballot = a_keyed_ballot()
    leaves("gov-2", last_day="2026-03-08")

    open_ballot(ballot, by=CLOCK, at=OPENS)

    assert again(ballot).status == "draft"
    assert to("ballot.key_void") == of("government", "civil_society")


def test_a_key_on_the_changed_text_tells_whose_key_was_on_the_one_before():
    ballot = one_key()
    leaves("gov-2", last_day="2026-03-08")

    turn_key(ballot, digest=text_digest(ballot), by=co_chair("civil_society"), at=LATER)

    assert to("ballot.key_void") == of("government")


def test_a_key_that_holds_is_told_to_nobody():
    a_closed_ballot()

    assert not to("ballot.key_void")


def test_who_turned_it_and_who_sits_there_now_are_both_told():
    ballot = one_key()
    seat = next(iter(co_chair("government").seats))
    before = account_of(seat, DRAFTED)
    leaves(seat, last_day="2026-03-01")
    after = comes(seat, first_day="2026-03-02")

    revised(ballot)

    assert to("ballot.key_void") == Counter([before.email, after.email])


def test_a_stand_in_is_asked_as_the_co_chair_is():
    named(vacated())

    a_drafted_ballot(at=LATER)

    assert account_of("cso-9").email in to("ballot.keys_wanted")


@pytest.mark.parametrize(
    ("language", "subject", "why"),
    [
        ("ko", "돌리신 열쇠가 무효가 되었습니다", "사무국이 글을 고쳤습니다."),
        ("en", "Your key is void", "The secretariat changed the text."),
    ],
)
def test_the_letter_says_why_in_the_readers_language(language, subject, why):
    with writing():
        Account.objects.update(language=language)
    ballot = one_key()

    revised(ballot)

    letter = Letter.objects.get(kind="ballot.key_void")
    assert subject in letter.subject and why in letter.body
    assert ("/en/desk/keys/" in letter.body) == (language == "en")


# --- keys that publish ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"), [("ko", "가결된 계획이 열쇠를 기다립니다"), ("en", "waits for your key")]
)
def test_both_co_chairs_are_asked_to_publish_what_was_adopted(language, said):
    with writing():
        Account.objects.update(language=language)

    a_deciding_ballot()

    assert to("edition.keys_wanted") == of("government", "civil_society")
    letter = Letter.objects.filter(kind="edition.keys_wanted")[0]
    assert said in letter.subject and "/desk/publish/2/" in letter.body


@pytest.mark.parametrize(
    "make",
    [lambda: a_deciding_ballot(3), a_closed_ballot],
    ids=["no quorum", "papers that no edition could be made of"],
)
def test_nobody_is_asked_to_publish_what_cannot_be(make: Any):
    make()

    assert not to("edition.keys_wanted")


def test_a_key_to_publish_that_another_text_made_void_is_told():
    ballot = a_deciding_ballot()
    key(ballot, "government")
    with writing():
        Key.objects.filter(what="edition:2-1").update(digest="0" * 64)

    turn_edition_key(
        the_plan(),
        ballot=ballot,
        digest=digest_of(ballot),
        by=co_chair("civil_society"),
        at=KEYED + timedelta(minutes=1),
    )

    assert to("edition.key_void") == of("government")
