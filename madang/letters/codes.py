"""Mailed codes: six digits that prove, for a short while, that someone reads an address."""

import re
import secrets
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from madang.foundation.refusals import NotNow, NotValid
from madang.letters import outbox, texts
from madang.letters.models import MailedCode
from madang.record.guard import acting

DIGITS = 6
LASTS = timedelta(minutes=30)
TRIES = 5
"""Digits, minutes and tries. Source: GROUND, People; SECURITY.md §6 asks for no more than this."""
BETWEEN = timedelta(minutes=1)
AN_HOUR = timedelta(hours=1)
MOST_AN_HOUR = 5
"""One a minute and five an hour for an address. Source: SECURITY.md §6 (invitations: 5 an hour);
the minute is ours: a mail takes that long."""
KEPT = timedelta(days=1)
"""How long an ended code is kept. Anyone may type any address, so no longer than is of use."""


def send_code(
    email: str,
    purpose: str,
    *,
    kind: str,
    language: str,
    facts: Mapping[str, Any],
    at: datetime,
    deliver: bool = True,
) -> None:
    """Mail a fresh code for a purpose in a letter of `kind`; the codes before it no longer count.

    The letter gets `code` and `until` beside `facts`. With `deliver` off all is done but the
    letter, so that nobody can tell from outside whether an address is known.

    Raises NotNow: letters.code_too_soon, letters.code_too_many, with the seconds to wait.
    """
    with transaction.atomic():
        _one_at_a_time(email, purpose)
        _check_may_send(_codes(email, purpose), at)
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        kept = MailedCode.objects.create(
            email=email,
            purpose=purpose,
            code_hash=_hash(email, purpose, code),
            sent_at=at,
            ends_at=at + LASTS,
        )
        words = texts.write(kind, language, {**facts, "code": code, "until": kept.ends_at})
        reason = f"{kind}:code:{kept.pk}:{kept.code_hash[:16]}"
        outbox.post(
            to=email,
            language=words.language,
            kind=kind,
            reason=reason,
            subject=words.subject,
            body=words.body,
            at=at,
        )
        if not deliver:
            # Written all the same, so that a clock can't tell; nobody sees it before this is done.
            outbox.take_back(reason)


def check_code(email: str, purpose: str, code: str, at: datetime) -> None:
    """Use up a code; the newest one alone counts, and it works once.

    Stands before an act, never inside one: a refusal there would undo the count of tries.

    Raises NotValid: letters.code_shape, which costs no try, letters.code_wrong;
    NotNow: letters.code_ended, also when there was none.
    """
    assert not acting(), "check the code first, then act"
    typed = _hash(email, purpose, _digits(code))
    newest = _codes(email, purpose).only("code_hash").first()
    right = newest is not None and constant_time_compare(newest.code_hash, typed)
    # Whether it was right is said only where the try could be counted, in the one statement that
    # uses up a right code: parallel tries can't be more than there are, and one of them takes it.
    if newest is None or not _count_try(newest, at, used_at=at if right else None):
        raise NotNow("letters.code_ended")
    if not right:
        raise NotValid("letters.code_wrong")


def sweep_codes(at: datetime) -> int:
    """Forget the codes that ended a day ago; how many."""
    return MailedCode.objects.filter(ends_at__lt=at - KEPT).delete()[0]


def _codes(email: str, purpose: str) -> QuerySet[MailedCode]:
    return MailedCode.objects.filter(email=email, purpose=purpose).order_by("-sent_at", "-pk")


def _count_try(code: MailedCode, at: datetime, *, used_at: datetime | None) -> bool:
    good = MailedCode.objects.filter(pk=code.pk, used_at=None, ends_at__gt=at, tries__lt=TRIES)
    return good.update(tries=F("tries") + 1, used_at=used_at) == 1


def _one_at_a_time(email: str, purpose: str) -> None:
    # Two requests at once must not both find room. There may be no row yet to lock, so on
    # PostgreSQL the address itself is locked until the end; SQLite has one writer anyway.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            key = f"letters.code {purpose} {email}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _check_may_send(codes: QuerySet[MailedCode], at: datetime) -> None:
    lately = codes.filter(sent_at__gt=at - AN_HOUR)
    sent = list(lately.values_list("sent_at", flat=True)[:MOST_AN_HOUR])
    if sent and sent[0] + BETWEEN > at:
        raise NotNow("letters.code_too_soon", seconds=_seconds(sent[0] + BETWEEN - at))
    if len(sent) == MOST_AN_HOUR:
        again = sent[-1] + AN_HOUR
        raise NotNow(
            "letters.code_too_many", time=texts.spell_moment(again), seconds=_seconds(again - at)
        )


def _seconds(left: timedelta) -> int:
    return max(1, int(left.total_seconds()))


def _digits(typed: str) -> str:
    # Without the spaces, dashes and full-width forms that mail programs and keyboards bring.
    found = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed))
    if not re.fullmatch(rf"[0-9]{{{DIGITS}}}", found):
        raise NotValid("letters.code_shape")
    return found


def _hash(email: str, purpose: str, code: str) -> str:
    value = "\n".join((purpose, email, code))
    return salted_hmac("madang.letters.code", value, algorithm="sha256").hexdigest()
