"""Open an installation: the record's first entry."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang import __version__
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.foundation.texts import Text
from madang.members.models import Forum
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
    record: Head, *, name: Text, log: str, practice: bool, by: Actor, at: datetime
) -> ForumOpened:
    """Open the installation: name the forum and its log, once.

    Raises NotNow: members.already_open.
    """
    if record.size or Forum.objects.exists():
        raise NotNow("members.already_open")
    name_log(log)
    Forum.objects.create(pk=1, name=name, languages=list(name.words), practice=practice)
    return ForumOpened(about="forum", name=name.kept(), practice=practice, software=__version__)
