"""The outbox: letters are rows written with the act that causes them, and sent after it."""

import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import formataddr
from hashlib import sha256
from smtplib import (
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F

from madang.letters.models import Letter, LetterStatus
from madang.letters.texts import KINDS, Kind, leaving
from madang.members.models import Forum

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, *[60] * 22))
"""How long to wait after each failed try: soon, then hourly for about a day, then no more."""
CLAIM = timedelta(minutes=15)
"""For how long a letter that one worker is sending is nobody else's; longer than a send can take."""
LONGEST = 60
MOST_A_ROUND = 200
"""Seconds and letters after which a round ends; what is left waits for the next."""
ABOUT_THE_LETTER = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError, ValueError)
"""What went wrong with one letter; anything else is wrong with the server, and so with all."""


def post(**letter: Any) -> None:
    """Write a letter, to be sent after the act it belongs to; none where its reason was served."""
    post_all([a_letter(**letter)])


def post_all(letters: Iterable[Letter]) -> None:
    """Write many letters by one statement; none whose reason was served."""
    Letter.objects.bulk_create(letters, ignore_conflicts=True, batch_size=200)


def a_letter(
    *,
    to: str,
    language: str,
    kind: str,
    reason: str,
    subject: str,
    body: str,
    at: datetime,
    after: timedelta = timedelta(0),
) -> Letter:
    """A letter that is not written yet. One that may be taken back soon leaves `after` so long."""
    return Letter(
        to=to,
        language=language,
        kind=kind,
        reason=reason,
        subject=subject[:300],
        body=body,
        written_at=at,
        next_try_at=at + after,
    )


def take_back(reason: str) -> None:
    """Unwrite a letter that has not left yet."""
    Letter.objects.filter(reason=reason, status=LetterStatus.WAITING).delete()


def send_due(at: datetime) -> int:
    """Send the letters that wait for this moment, one by one; how many left.

    Without a mail server they go on waiting. A practice forum sends none, ever.
    """
    if not _may_send():
        return 0
    began, sent, server = time.monotonic(), 0, get_connection()
    due = Letter.objects.filter(status=LetterStatus.WAITING, next_try_at__lte=at)
    for letter in due.order_by("next_try_at", "id")[:MOST_A_ROUND]:
        if time.monotonic() - began > LONGEST:
            break
        if _claim(letter, at):
            trouble = _try(letter, server, at)
            sent += trouble is None
            if trouble and not isinstance(trouble, ABOUT_THE_LETTER):
                break
    with suppress(Exception):
        server.close()
    return sent


def message_id(reason: str) -> str:
    """The Message-ID of a letter: the same for the same reason, so that a second copy shows."""
    return f"<{sha256(reason.encode()).hexdigest()[:40]}@{settings.INSTALLATION.host}>"


TOO_LATE = "it was of no use any more when it could be sent"


class TooLate(ValueError):
    """The letter's use has passed."""


def is_practice() -> bool:
    """Whether no letter leaves, ever: the settings and the forum each say so, one is enough."""
    return settings.INSTALLATION.practice or Forum.objects.filter(practice=True).exists()


def _may_send() -> bool:
    return bool(settings.MAIL) and not is_practice()


def _claim(letter: Letter, at: datetime) -> bool:
    # Another worker may have taken it since it was read; only one update finds it as it was.
    unchanged = Letter.objects.filter(
        pk=letter.pk,
        status=LetterStatus.WAITING,
        tries=letter.tries,
        next_try_at=letter.next_try_at,
    )
    return unchanged.update(next_try_at=at + CLAIM, tries=F("tries") + 1) == 1


def _try(letter: Letter, server: Any, at: datetime) -> Exception | None:
    try:
        _send(letter, server, at)
    except Exception as error:
        # Whatever is wrong with this letter, the others still have somewhere to go.
        _keep_trouble(letter, error, at)
        return error
    _mark_sent(letter, at)
    return None


def _kind(letter: Letter) -> Kind:
    return KINDS.get(letter.kind) or Kind("", "")


def _send(letter: Letter, server: Any, at: datetime) -> None:
    lasts = _kind(letter).lasts
    if lasts and letter.written_at + lasts <= at:
        raise TooLate(TOO_LATE)
    server.open()  # once a round; it does nothing where it is open
    EmailMessage(
        letter.subject,
        leaving(letter.body, letter.language),
        _sender(letter.language),
        [letter.to],
        headers={
            "Message-ID": message_id(letter.reason),
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
        },
        connection=server,
    ).send()


def _sender(language: str) -> str:
    forum = Forum.objects.get(pk=1)
    name = " ".join(forum.name.say(language, forum.languages).words.split())
    return formataddr((name, settings.DEFAULT_FROM_EMAIL))


def _kept_body(letter: Letter) -> str:
    return "" if _kind(letter).opens_a_door else letter.body


def _mark_sent(letter: Letter, at: datetime) -> None:
    Letter.objects.filter(pk=letter.pk).update(
        status=LetterStatus.SENT, sent_at=at, problem="", body=_kept_body(letter)
    )


def _keep_trouble(letter: Letter, error: Exception, at: datetime) -> None:
    row = Letter.objects.filter(pk=letter.pk)
    if isinstance(error, TooLate) or letter.tries >= len(WAITS):
        row.update(status=LetterStatus.FAILED, problem=_problem(error), body=_kept_body(letter))
    else:
        row.update(next_try_at=at + WAITS[letter.tries], problem=_problem(error))


def _problem(error: Exception) -> str:
    """What went wrong, in one line, with the server's number where it gave one."""
    said: tuple[Any, ...] = (str(error) or type(error).__name__,)
    if isinstance(error, SMTPRecipientsRefused):
        said = next(iter(error.recipients.values()))
    elif isinstance(error, SMTPResponseException):
        said = (error.smtp_code, error.smtp_error)
    words = (
        part.decode(errors="replace") if isinstance(part, bytes) else str(part) for part in said
    )
    return " ".join(" ".join(words).split())[:300]
