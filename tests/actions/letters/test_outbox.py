"""Letters: written once for a reason, sent once, tried again for a day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from madang.foundation.actors import ANONYMOUS
from madang.letters import outbox, texts
from madang.letters.models import Letter
from madang.letters.outbox import WAITS, post, send_due
from madang.members.actions.grant import grant_account
from madang.members.actions.move_clock import move_clock
from madang.members.models import Forum
from madang.record import acting, log
from tests.makers.plans import SECRETARY

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def write(reason: str = "ballot:7-1:opened:gov-3", *, at: datetime = AT, **other: str) -> None:
    words = {
        "to": "ada@example.org",
        "language": "en",
        "kind": "notice",
        "subject": "The vote is open",
        "body": "Until 12 July.",
    }
    post(**{**words, **other}, reason=reason, at=at)


def only() -> Letter:
    return Letter.objects.get()


@pytest.fixture
def mailing(forum: Any, settings: Any) -> Any:
    """A forum with a mail server set."""
    settings.MAIL = "smtp://mail.example"
    return settings


@pytest.fixture
def broken_server(mailing: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A mail server that answers every letter with an error; `broken_server(error)` sets which."""
    found: dict[str, Exception] = {}

    def send_messages(self: Any, messages: Any) -> int:
        raise found["error"]

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)

    def breaks(error: Exception) -> None:
        found["error"] = error

    return breaks


def test_the_same_reason_is_written_once(forum: Any) -> None:
    write()
    write(subject="Another")

    assert only().subject == "The vote is open"


def test_a_letter_is_sent_once_and_names_itself(mailing: Any) -> None:
    write()

    counts = send_due(AT), send_due(AT + timedelta(days=1))

    assert counts == (1, 0)
    sent = mail.outbox[0].message()
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["Message-ID"] == outbox.message_id("ballot:7-1:opened:gov-3")
    assert sent["Content-Language"] == "en"
    assert "Willowmere Open Forum" in str(sent["From"])
    assert (only().status, only().sent_at) == ("sent", AT)


def test_a_letter_is_not_sent_before_its_time(mailing: Any) -> None:
    write(at=AT + timedelta(minutes=1))

    assert send_due(AT) == 0


def test_without_a_mail_server_letters_wait(forum: Any, settings: Any) -> None:
    settings.MAIL = ""
    write()

    send_due(AT + timedelta(days=3))

    assert (only().status, only().tries, mail.outbox) == ("waiting", 0, [])


def test_a_practice_forum_sends_nothing_whatever_its_settings_say(
    practice_forum: Any, settings: Any
) -> None:
    settings.MAIL = "smtp://mail.example"
    settings.INSTALLATION = replace(settings.INSTALLATION, practice=False)
    write()

    assert send_due(AT) == 0
    assert (only().status, mail.outbox) == ("waiting", [])


def test_a_letter_another_worker_has_taken_is_left_to_it(
    mailing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    ours = outbox._claim

    def second_worker_is_quicker(letter: Letter, at: datetime) -> bool:
        monkeypatch.setattr(outbox, "_claim", ours)
        send_due(at)
        return ours(letter, at)

    monkeypatch.setattr(outbox, "_claim", second_worker_is_quicker)

    assert send_due(AT) == 0
    assert len(mail.outbox) == 1


def test_a_claimed_letter_is_nobody_elses_for_a_while(mailing: Any) -> None:
    write()
    outbox._claim(only(), AT)

    counts = send_due(AT + timedelta(minutes=14)), send_due(AT + timedelta(minutes=15))

    assert counts == (0, 1)


def test_what_fails_is_tried_again_later_and_later(broken_server: Any) -> None:
    broken_server(SMTPRecipientsRefused({"ada@example.org": (451, b"come\r\nback later")}))
    write()
    waits, at = [], AT

    for _ in range(5):
        send_due(at)
        waits.append((only().next_try_at - at) // timedelta(minutes=1))
        at = only().next_try_at

    assert waits == [1, 5, 15, 60, 60]
    assert only().problem == "451 come back later"


def test_after_a_day_a_letter_is_given_up(broken_server: Any) -> None:
    broken_server(ValueError("no such domain"))
    write()
    at = AT

    for _ in range(len(WAITS)):
        send_due(at)
        at = only().next_try_at
    assert only().status == "waiting"
    send_due(at)

    assert (only().status, only().problem) == ("failed", "no such domain")
    assert timedelta(hours=23) < at - AT <= timedelta(hours=24)


def test_trouble_with_one_letter_does_not_hold_up_the_others(
    mailing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending = EmailBackend.send_messages

    def refuses_bea(self: Any, messages: Any) -> int:
        if messages[0].to == ["bea@example.org"]:
            raise SMTPRecipientsRefused({"bea@example.org": (550, b"unknown")})
        return sending(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuses_bea)
    write("1", to="bea@example.org")
    write("2")

    assert send_due(AT) == 1
    assert mail.outbox[0].to == ["ada@example.org"]


def test_a_server_that_is_away_is_asked_once_a_round(broken_server: Any) -> None:
    broken_server(SMTPAuthenticationError(535, b"wrong password"))
    write("1")
    write("2")

    send_due(AT)

    assert sorted(Letter.objects.values_list("tries", "problem")) == [
        (0, ""),
        (1, "535 wrong password"),
    ]


def test_a_header_can_not_be_smuggled_in(mailing: Any) -> None:
    write(subject="Hello\nBcc: everyone@example.org")

    send_due(AT)

    assert (mail.outbox, only().status) == ([], "waiting")
    assert "newline" in only().problem


def test_a_letter_that_opens_a_door_is_not_kept_once_it_left(mailing: Any) -> None:
    write(kind="signin", body="123456")

    send_due(AT)

    assert "123456" in mail.outbox[0].body
    assert only().body == ""


def test_a_sign_in_letter_that_comes_too_late_is_not_sent(mailing: Any) -> None:
    write(kind="signin", body="123456")

    send_due(AT + timedelta(minutes=30))

    assert mail.outbox == []
    assert (only().status, only().body) == ("failed", "")


def test_a_letter_goes_down_with_the_act_it_belongs_to(
    practice_forum: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tell(event: Any, by: Any, at: datetime) -> None:
        write()
        raise RuntimeError

    monkeypatch.setattr(acting, "followers", [tell])

    with pytest.raises(RuntimeError):
        move_clock(practice_forum, to=AT + timedelta(days=1), by=ANONYMOUS, at=AT)
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("language", "spoken", "name"),
    [("en", "en", "Willowmere Open Forum"), ("fr", "en", "Willowmere Open Forum")],
    ids=["the reader's language", "a language without letters gets English"],
)
def test_a_letter_leaves_with_the_forum_its_address_and_the_state_of_its_record_then(
    mailing: Any, language: str, spoken: str, name: str
) -> None:
    words = texts.write(
        "signin", language, {"code": "123456", "until": AT, "link": "http://x/in/y/"}
    )

    assert words.language == spoken
    assert "123456" in words.body
    assert "23 November 2026 15:00 KST" in words.body
    write(language=words.language, subject=words.subject, body=words.body)
    grant_account(Forum.objects.get(), email="second@example.org", by=SECRETARY, at=AT)
    send_due(AT)

    sent, footer = str(mail.outbox[0].body).split("\n\n-- \n")
    assert sent == words.body
    assert name in footer and mailing.INSTALLATION.address in footer
    assert f"{log.size()} entries" in footer and log.root().hex() in footer
