"""Letters that did not leave: which, and what may be told of them without telling their secrets."""

import re
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from madang.letters.models import Letter, LetterStatus
from madang.letters.outbox import TOO_LATE, is_practice
from madang.letters.texts import KINDS

LATE = timedelta(hours=2)
"""A letter that waits for so long waits for something: no mail server, or one that refuses."""
TOLD = timedelta(days=30)
"""What was written longer ago is told no more: nobody can do anything about it by now."""
_ADDRESS = re.compile(r"[^\s<>@:;,\"']+@[^\s<>@:;,\"']+")
_LINK = re.compile(r"\w+://\S+")


def unsent(at: datetime) -> QuerySet[Letter]:
    """The letters of late that could not be sent, or that wait far too long; the newest first.

    In a practice forum none wait: they stay where everyone reads them.
    """
    found = Q(status=LetterStatus.FAILED)
    if not is_practice():
        tried = Q(written_at__lte=at - LATE) & ~Q(problem="")
        late = Q(next_try_at__lte=at - LATE) | tried
        found |= Q(status=LetterStatus.WAITING) & late
    return Letter.objects.filter(found, written_at__gt=at - TOLD)


def masked(address: str) -> str:
    """An address by which those who know it recognise it, and nobody else can write to it."""
    name, _at, host = address.rpartition("@")
    return f"{name[:1]}…@{host}"


def kind_words(letter: Letter) -> str:
    """What a letter of this kind is called, its gaps left open."""
    kind = KINDS.get(letter.kind)
    return re.sub(r"%\(\w+\)s", "…", str(kind.subject)) if kind else letter.kind


def problem_words(letter: Letter) -> str:
    """What went wrong; a server likes to say the address again, or to quote."""
    if not letter.problem:
        return gettext("It was not tried yet: is a mail server set (MAIL_URL), and does it run?")
    if letter.problem == TOO_LATE:
        return gettext("It was of no use any more when it could be sent.")
    return _ADDRESS.sub(lambda found: masked(found[0]), _LINK.sub("…", letter.problem))
