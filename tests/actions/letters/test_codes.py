"""Mailed codes: six digits, thirty minutes, five tries, the newest alone, once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from madang.foundation.refusals import NotNow, NotValid, Refusal
from madang.letters.codes import TRIES, check_code, send_code, sweep_codes
from madang.letters.models import Letter, MailedCode
from madang.record.guard import writing

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
ADA = "ada@example.org"
MINUTE = timedelta(minutes=1)


def send(at: datetime = AT, email: str = ADA, purpose: str = "signin", **other: Any) -> str:
    """Send a code and read it from its letter."""
    facts = {"link": "https://forum.example/in/t/"}
    send_code(email, purpose, kind="signin", language="en", facts=facts, at=at, **other)
    letter = Letter.objects.first()
    found = re.search(r"^ {4}(\d{6})$", letter.body, re.M) if letter else None
    return found[1] if found else ""


def wrong(code: str, n: int = 1) -> str:
    return f"{(int(code) + n) % 10**6:06d}"


def said(code: str, at: datetime = AT, email: str = ADA, purpose: str = "signin") -> str:
    """What becomes of typing a code."""
    try:
        check_code(email, purpose, code, at)
    except Refusal as refusal:
        return refusal.code
    return "taken"


def test_the_code_in_the_letter_is_taken_and_only_its_hash_is_kept(forum: Any) -> None:
    code = send()

    assert code not in MailedCode.objects.get().code_hash
    assert said(code) == "taken"


def test_a_code_works_once(forum: Any) -> None:
    code = send()

    assert [said(code), said(code)] == ["taken", "letters.code_ended"]


@pytest.mark.parametrize(
    ("after", "outcome"),
    [
        (timedelta(minutes=29, seconds=59), "taken"),
        (timedelta(minutes=30), "letters.code_ended"),
    ],
    ids=["a second before its end", "at its end"],
)
def test_a_code_lasts_thirty_minutes(forum: Any, after: timedelta, outcome: str) -> None:
    assert said(send(), AT + after) == outcome


def test_the_newest_code_alone_counts(forum: Any) -> None:
    old = send()
    new = send(AT + MINUTE)

    assert said(old, AT + MINUTE) == "letters.code_wrong"
    assert said(new, AT + MINUTE) == "taken"


@pytest.mark.parametrize(
    "of", [{"email": "bea@example.org"}, {"purpose": "ballot:7-1"}], ids=["address", "purpose"]
)
def test_a_code_is_for_one_address_and_one_purpose(forum: Any, of: dict[str, str]) -> None:
    code = send()
    send(**of)

    assert said(code, **of) in ("letters.code_wrong", "letters.code_ended")
    assert said(code) == "taken"


def test_after_five_wrong_tries_the_right_one_comes_too_late(forum: Any) -> None:
    code = send()

    outcomes = [said(wrong(code, n)) for n in range(1, TRIES + 1)]

    assert outcomes == ["letters.code_wrong"] * 5
    assert said(code) == "letters.code_ended"


@pytest.mark.parametrize(
    "typed", ["{0} {1}", "{0}-{1}", " {0}{1}\n"], ids=["space", "dash", "edges"]
)
def test_the_way_a_code_is_typed_does_not_matter(forum: Any, typed: str) -> None:
    code = send()

    assert said(typed.format(code[:3], code[3:])) == "taken"


def test_full_width_digits_are_digits(forum: Any) -> None:
    code = send()

    assert said(code.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})) == "taken"


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "abcdef", "１２ ３", "\x00" * 6, "١٢٣٤٥٦"]
)
def test_what_is_no_code_at_all_costs_no_try(forum: Any, typed: str) -> None:
    send()

    assert said(typed) == "letters.code_shape"
    assert MailedCode.objects.get().tries == 0


def test_a_code_nobody_asked_for_has_ended(forum: Any) -> None:
    assert said("123456") == "letters.code_ended"


def test_one_code_a_minute_for_an_address(forum: Any) -> None:
    send()

    with pytest.raises(NotNow) as refused:
        send(AT + timedelta(seconds=18))

    assert refused.value.code == "letters.code_too_soon"
    assert refused.value.facts == {"seconds": 42}


def test_five_codes_an_hour_for_an_address(forum: Any) -> None:
    for n in range(5):
        send(AT + n * MINUTE)

    with pytest.raises(NotNow) as refused:
        send(AT + 10 * MINUTE)
    assert refused.value.code == "letters.code_too_many"
    assert refused.value.facts["seconds"] == 50 * 60
    send(AT + 60 * MINUTE)


def test_a_refused_code_leaves_the_one_before_it_good(forum: Any) -> None:
    code = send()
    with pytest.raises(NotNow):
        send(AT)

    assert said(code) == "taken"


def test_undelivered_a_code_is_kept_and_counted_but_no_letter_written(forum: Any) -> None:
    send(deliver=False)

    assert (MailedCode.objects.count(), Letter.objects.count()) == (1, 0)
    assert said("123456") in ("letters.code_wrong", "taken")


def test_a_code_is_never_checked_inside_an_act(forum: Any) -> None:
    code = send()

    with writing(), pytest.raises(AssertionError, match="first, then act"):
        check_code(ADA, "signin", code, AT)


def test_codes_are_forgotten_a_day_after_their_end(forum: Any) -> None:
    send()

    kept_for = timedelta(days=1, minutes=30)

    assert sweep_codes(AT + kept_for) == 0
    assert sweep_codes(AT + kept_for + timedelta(seconds=1)) == 1


def in_parallel(count: int, do: Any) -> list[Any]:
    """Do something in threads that all start at the same moment."""
    barrier = Barrier(count)

    def start(n: int) -> Any:
        barrier.wait()
        try:
            return do(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(start, range(count)))


@pytest.mark.django_db(transaction=True)
def test_parallel_tries_are_five_together(forum: Any) -> None:
    code = send()

    outcomes = in_parallel(12, lambda n: said(wrong(code, n + 1)))

    assert outcomes.count("letters.code_wrong") == TRIES
    assert outcomes.count("letters.code_ended") == 12 - TRIES
    assert MailedCode.objects.get().tries == TRIES


@pytest.mark.django_db(transaction=True)
def test_the_same_code_in_parallel_is_taken_once(forum: Any) -> None:
    code = send()

    outcomes = in_parallel(5, lambda n: said(code))

    assert outcomes.count("taken") == 1


@pytest.mark.django_db(transaction=True)
def test_asking_in_parallel_gives_one_code(forum: Any) -> None:
    def ask(n: int) -> str:
        try:
            return send()
        except NotNow as refused:
            return refused.code

    outcomes = in_parallel(4, ask)

    assert outcomes.count("letters.code_too_soon") == 3


def test_a_wrong_code_says_so_as_something_typed(forum: Any) -> None:
    with pytest.raises(NotValid):
        check_code(ADA, "signin", wrong(send()), AT)
