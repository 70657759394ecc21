"""What letters say: for each kind its subject and body, in the reader's language, as plain text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from madang.foundation.templatetags.madang import spell
from madang.foundation.texts import Text
from madang.members.forum import forum_at
from madang.record import log


@dataclass(frozen=True)
class Kind:
    """A kind of letter.

    `lasts`: a letter that could not be sent for so long is of no use any more and stays here.
    `opens_a_door`: it carries a code or a link, so its words are not kept once it has left.
    """

    subject: str | Promise
    body: str | Promise
    lasts: timedelta | None = None
    opens_a_door: bool = False


KINDS: dict[str, Kind] = {
    "signin": Kind(
        subject=gettext_lazy("Your number for signing in"),
        body=gettext_lazy(
            "Your number for signing in is\n"
            "\n"
            "    %(code)s\n"
            "\n"
            "It works once, until %(until)s. You can also open this link and press the button there:\n"
            "\n"
            "%(link)s\n"
            "\n"
            "Opening the link does nothing by itself. Give the number to nobody: no one from the "
            "forum will ask you for it. If you did not ask for it, you need do nothing."
        ),
        lasts=timedelta(minutes=30),
        opens_a_door=True,
    ),
}
"""Every kind of letter. A room above adds its own when it comes."""


@dataclass(frozen=True)
class Words:
    """A letter's subject, in one line, and its body."""

    language: str
    subject: str
    body: str


def write(kind: str, language: str, facts: Mapping[str, Any]) -> Words:
    """Write a letter of a kind. `facts` fill its gaps: a moment is spelt out, a text is said.

    A language that has no letters gets English.
    """
    spoken = language if language in dict(settings.LANGUAGES) else "en"
    with translation.override(spoken):
        filled = {key: _spelt(value) for key, value in facts.items()}
        subject = " ".join((str(KINDS[kind].subject) % filled).split())
        return Words(spoken, subject, str(KINDS[kind].body) % filled)


def leaving(body: str, language: str) -> str:
    """A letter's body as it leaves, with the forum's name and address under it.

    It carries the state of the record at that moment away with it, out of anyone's reach here.
    """
    size, last = log.state()
    forum = forum_at((size, last))
    with translation.override(language):
        record = gettext("The public record has %(size)s entries. Its root is %(root)s") % {
            "size": size,
            "root": log.root(size).hex(),
        }
    name = forum.name.say(language, forum.languages).words
    return f"{body}\n\n-- \n{name}\n{settings.INSTALLATION.address}\n{record}\n"


def spell_moment(at: datetime) -> str:
    """A moment in the forum's time zone, in the language of the page or letter."""
    local = timezone.localtime(at)
    return f"{spell(local.date().isoformat())} {local:%H:%M} {local.tzname()}"


def _spelt(value: Any) -> Any:
    if isinstance(value, Text):
        return value.say(translation.get_language() or "ko").words
    if isinstance(value, Promise):
        return str(value)
    return spell_moment(value) if isinstance(value, datetime) else value
