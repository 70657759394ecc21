"""The file that goes with a proposal, from the form in which it was chosen to the act that keeps it."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from madang.calls.models import WaitingFile
from madang.calls.rules.proposing import one_line
from madang.documents.files import keep_bytes, path_of
from madang.documents.keeping import Kept
from madang.documents.looking import look_at
from madang.documents.models import Document
from madang.documents.rules.attachments import KINDS, LARGEST
from madang.foundation.bodies import MEGABYTE, MOST_FORM
from madang.foundation.refusals import NotValid

KEPT = timedelta(days=1)
NAME_MOST = 120


def check_size(size: int) -> None:
    """Refuse a file of so many bytes. Of one far too large only the beginning comes (`Shortened`).

    Raises NotValid: documents.attached_large, documents.attached_huge.
    """
    if size > LARGEST:
        huge, most = size > MOST_FORM, LARGEST // MEGABYTE
        now = (MOST_FORM if huge else size + MEGABYTE - 1) // MEGABYTE
        code = "documents.attached_huge" if huge else "documents.attached_large"
        raise NotValid(code, now=now, most=most, kinds=KINDS, field="file")


def take_file(name: str, content: bytes, at: datetime) -> str:
    """Look at a file and let it wait for its proposal; the token under which it does.

    Raises what `look_at` raises.
    """
    media_type, ending, kept = look_at(content)
    token = secrets.token_urlsafe(24)
    WaitingFile.objects.create(
        token_hash=_hash(token),
        name=one_line(name.replace("\x00", ""))[-NAME_MOST:],
        media_type=media_type,
        ending=ending,
        sha256=sha256(kept).hexdigest(),
        content=kept,
        ends_at=at + KEPT,
    )
    return token


def waiting_name(token: str, at: datetime) -> str:
    """What the sender of a file that waits calls it; empty where none waits."""
    rows = WaitingFile.objects.filter(token_hash=_hash(token), ends_at__gt=at) if token else None
    return (rows.values_list("name", flat=True).first() or "") if rows is not None else ""


def keep_waiting(token: str, at: datetime) -> Kept | None:
    """Write a waiting file's bytes to their place, before the act that gives them a row.

    Where the act refuses, the row that waits goes on waiting, and both are forgotten with it.

    Raises NotValid: calls.file_gone.
    """
    if not token:
        return None
    found = WaitingFile.objects.filter(token_hash=_hash(token), ends_at__gt=at).first()
    if found is None:
        raise NotValid("calls.file_gone", field="file")
    content = bytes(found.content)
    return Kept(keep_bytes(content), found.media_type, found.ending, len(content))


def forget_waiting(token: str) -> None:
    """Forget a file that waited: its proposal was sent, or it is not to go with it."""
    WaitingFile.objects.filter(token_hash=_hash(token)).delete()


def forget_files(at: datetime) -> int:
    """Forget files whose proposal was never sent, with their bytes where those were written."""
    old = WaitingFile.objects.filter(ends_at__lt=at)
    digests = set(old.values_list("sha256", flat=True))
    forgotten: int = old.delete()[0]
    for digest in digests:
        waits = WaitingFile.objects.filter(sha256=digest).exists()
        if not waits and not Document.objects.filter(sha256=digest).exists():
            path_of(digest).unlink(missing_ok=True)
    return forgotten


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
