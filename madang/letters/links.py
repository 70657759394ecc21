"""Task links: one task of one holder, until an end. Opening one shows; only a button acts."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from madang.foundation.refusals import Gone, NotFound
from madang.letters.models import TaskLink
from madang.letters.texts import spell_moment

KEPT = timedelta(days=30)
"""How long an ended link can still say that it ended."""


def new_token() -> str:
    """A token that nobody can guess."""
    return secrets.token_urlsafe(24)


def issue_link(
    task: str, holder: str, *, ends_at: datetime, at: datetime, token: str | None = None
) -> str:
    """Make a link for a task (`ballot:7-1`) of a holder (`seat:gov-3`); gives its token.

    The token is known to whoever gets it and to nobody else: its hash alone is kept. `token` is
    one from `new_token` where it has to be known before.
    """
    token = token or new_token()
    TaskLink.objects.create(
        token_hash=_hash(token), task=task, holder=holder, made_at=at, ends_at=ends_at
    )
    return token


def find_link(token: str, at: datetime) -> TaskLink:
    """The link with this token, while it is good.

    Raises NotFound: letters.link_unknown; Gone: letters.link_revoked, letters.link_ended.
    """
    link = known_link(token)
    if link.revoked_at:
        raise Gone("letters.link_revoked")
    if link.ends_at <= at:
        raise Gone("letters.link_ended", time=spell_moment(link.ends_at))
    return link


def known_link(token: str) -> TaskLink:
    """The link with this token, ended or not: to tell its holder what came of the task.

    Raises NotFound: letters.link_unknown.
    """
    link = TaskLink.objects.filter(token_hash=_hash(token)).first()
    if link is None:
        raise NotFound("letters.link_unknown")
    return link


def revoke_links(task: str, holder: str, at: datetime) -> int:
    """End every link of a holder for a task now; how many were still good."""
    good = TaskLink.objects.filter(task=task, holder=holder, revoked_at=None, ends_at__gt=at)
    return good.update(revoked_at=at)


def sweep_links(at: datetime) -> int:
    """Forget the links that ended 30 days ago; how many."""
    return TaskLink.objects.filter(ends_at__lt=at - KEPT).delete()[0]


def _hash(token: str) -> str:
    # 24 random bytes can't be guessed, so a plain hash is enough to keep them by.
    return sha256(token.encode()).hexdigest()
