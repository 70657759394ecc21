"""Printed codes: eight digits on paper that confirm one task once, for whom the mail is too slow."""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from madang.foundation.refusals import NotNow, NotValid
from madang.letters.links import KEPT, issue_link, new_token
from madang.letters.models import PrintedCode
from madang.record.guard import acting

DIGITS = 8
"""Two more than a mailed code has: it lasts for days, and its length tells the two apart."""
TRIES = 5


@dataclass(frozen=True)
class Sheet:
    """What stands on a holder's sheet and nowhere else: of both a hash alone is kept."""

    token: str
    code: str


def fresh_sheet() -> Sheet:
    return Sheet(new_token(), f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}")


def keep_sheet(task: str, holder: str, sheet: Sheet, *, ends_at: datetime, at: datetime) -> None:
    """Make a sheet good until its end; the holder's printed code before it is void."""
    revoke_printed(task, holder, at)
    issue_link(task, holder, ends_at=ends_at, at=at, token=sheet.token)
    PrintedCode.objects.create(
        task=task,
        holder=holder,
        code_hash=_hash(task, holder, sheet.code),
        made_at=at,
        ends_at=ends_at,
    )


def looks_printed(code: str) -> bool:
    """Whether what was typed is as long as a printed code."""
    return bool(re.fullmatch(rf"[0-9]{{{DIGITS}}}", _plain(code)))


def check_printed(task: str, holder: str, code: str, at: datetime) -> None:
    """Use up a holder's printed code. Stands before an act, never inside one, as `check_code` does.

    Raises NotValid: letters.code_wrong; NotNow: letters.printed_ended, also when there was none.
    """
    assert not acting(), "check the code first, then act"
    good = printed_codes(task, holder, at).first()
    # The try is counted before it is looked at: parallel tries can't be more than there are.
    if good is None or not _still(good, at).filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        raise NotNow("letters.printed_ended")
    if not constant_time_compare(good.code_hash, _hash(task, holder, _plain(code))):
        raise NotValid("letters.code_wrong")
    if not _still(good, at).update(used_at=at):
        raise NotNow("letters.printed_ended")


def printed_codes(task: str, holder: str, at: datetime) -> QuerySet[PrintedCode]:
    """The holder's printed codes that are still good: one at most."""
    return _good(at).filter(task=task, holder=holder, tries__lt=TRIES)


def revoke_printed(task: str, holder: str, at: datetime) -> int:
    """Make a holder's printed code void; how many were still good."""
    return _good(at).filter(task=task, holder=holder).update(revoked_at=at)


def sweep_printed(at: datetime) -> int:
    """Forget the printed codes that ended 30 days ago; how many."""
    return PrintedCode.objects.filter(ends_at__lt=at - KEPT).delete()[0]


def _good(at: datetime) -> QuerySet[PrintedCode]:
    return PrintedCode.objects.filter(used_at=None, revoked_at=None, ends_at__gt=at)


def _still(code: PrintedCode, at: datetime) -> QuerySet[PrintedCode]:
    return _good(at).filter(pk=code.pk)


def _plain(typed: str) -> str:
    # Without the spaces, dashes and full-width forms that keyboards bring.
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed))


def _hash(task: str, holder: str, code: str) -> str:
    value = "\n".join((task, holder, code))
    return salted_hmac("madang.letters.printed", value, algorithm="sha256").hexdigest()
