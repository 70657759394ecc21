"""Open an installation: the record's first entry."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang import __version__
from madang.foundation.actors import Actor, Role
from madang.foundation.refusals import NotNow
from madang.foundation.texts import Text
from madang.members.models import Account, Forum, RoleGrant, normal_email
from madang.members.rules.permissions import MAY
from madang.record.acting import action
from madang.record.events import Event
from madang.record.log import Head, name_log


@dataclass(frozen=True, kw_only=True)
class ForumOpened(Event):
    """An installation began to keep a forum."""

    KIND: ClassVar[str] = "forum.opened"

    name: dict[str, object]
    practice: bool
    software: str


@action("forum.open", may=MAY)
def open_forum(
    record: Head,
    *,
    name: Text,
    log: str,
    practice: bool,
    officer: str = "",
    by: Actor,
    at: datetime,
) -> ForumOpened:
    """Open the installation: name the forum and its log, once.

    `officer` is the address of the secretariat's first account, so that somebody can sign in.

    Raises NotNow: members.already_open.
    """
    if record.size or Forum.objects.exists():
        raise NotNow("members.already_open")
    name_log(record, log)
    Forum.objects.create(pk=1, name=name, languages=list(name.words), practice=practice)
    if officer:
        _first_account(officer, next(iter(name.words)), at)
    return ForumOpened(about="forum", name=name.kept(), practice=practice, software=__version__)


def _first_account(email: str, language: str, at: datetime) -> None:
    account = Account.objects.create(
        email=normal_email(email), language=language, key=Account.new_key()
    )
    RoleGrant.objects.create(account=account, role=Role.SECRETARIAT.value, granted_at=at)
