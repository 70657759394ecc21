"""Links for focal points, good as long as the post is held; and the letter that greets a new one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from madang.foundation.actors import Actor
from madang.foundation.refusals import Gone, NotFound
from madang.letters import outbox, texts
from madang.letters.links import issue_link, known_link
from madang.letters.texts import KINDS, Kind, spell_moment
from madang.members.actions.focal import FocalPointHandedOver, FocalPointsNamed
from madang.members.focal import actor_of_focal
from madang.members.models import FocalPoint

GREETED = timedelta(days=90)
"""How long the link of the first letter is good; each later letter brings a fresh one."""

KINDS["focal.welcome"] = Kind(
    subject=gettext_lazy("You are the focal point of %(agency)s for the forum"),
    body=gettext_lazy(
        "%(name)s, you were named the focal point of %(agency)s.\n"
        "\n"
        "Here you see what your agency promised and was asked since the start, and what waits for "
        "you now. No password is needed:\n"
        "%(page)s\n"
        "\n"
        "Each question and each update comes to you by a letter like this one, and takes a "
        "minute. When you leave the post, hand it over on the same page: a name and an e-mail "
        "address are enough.\n"
        "\n"
        "The link is yours alone: do not pass it on. Opening it does nothing by itself."
    ),
    opens_a_door=True,
)


@dataclass(frozen=True)
class FocalLink:
    """A focal point that came by a link, with what the link is for."""

    token: str
    task: str
    focal: FocalPoint
    ends_at: datetime

    @property
    def actor(self) -> Actor:
        return actor_of_focal(self.focal)


def issue_focal_link(task: str, focal: FocalPoint, *, ends_at: datetime, at: datetime) -> str:
    """Make a link for a task of a focal point; gives its token. It stops when the post passes on."""
    return issue_link(task, focal.holder, ends_at=ends_at, at=at)


def focal_link(token: str, at: datetime, *, for_task: str = "") -> FocalLink:
    """The focal point who holds this link, while both are good; `for_task` is how its task begins.

    Raises NotFound: letters.link_unknown. Raises Gone, which says whose the link was and nothing
    more: letters.link_revoked, letters.post_passed_on, letters.focal_link_ended.
    """
    link = known_link(token)
    kind, _colon, key = link.holder.partition(":")
    rows = FocalPoint.objects.select_related("agency")
    focal = rows.filter(pk=int(key)).first() if kind == "focal" and key.isdigit() else None
    if focal is None or not link.task.startswith(for_task):
        raise NotFound("letters.link_unknown")
    whose = focal.agency.name.say(translation.get_language() or "ko").words
    if focal.until:
        raise Gone("letters.post_passed_on", agency=whose)
    if link.revoked_at:
        raise Gone("letters.link_revoked")
    if link.ends_at <= at:
        raise Gone("letters.focal_link_ended", agency=whose, time=spell_moment(link.ends_at))
    return FocalLink(token, link.task, focal, link.ends_at)


def welcome(event: FocalPointsNamed | FocalPointHandedOver, by: Actor, at: datetime) -> None:
    """Greet everyone who was named just now, once each, with the page of the post."""
    greeted: set[tuple[str, str]] = set()
    for one in event.posts:
        rows = FocalPoint.objects.filter(agency__slug=one["agency"], since=at, until=None)
        focal = rows.select_related("agency").filter(duty=one["duty"], about=one["about"]).get()
        if (focal.agency.slug, focal.email) not in greeted:
            greeted.add((focal.agency.slug, focal.email))
            token = issue_focal_link("focal", focal, ends_at=at + GREETED, at=at)
            write_to_focal(focal, "focal.welcome", "named", "focal", token, {}, at)


def write_to_focal(
    focal: FocalPoint,
    kind: str,
    why: str,
    route: str,
    token: str,
    facts: dict[str, Any],
    at: datetime,
) -> None:
    """Write to a focal point, in its language, with the link to a page (`route`) of its own.

    `why` names the letter: each is written once. `facts` fill its further gaps.
    """
    spoken = focal.language if focal.language in dict(settings.LANGUAGES) else "en"
    with translation.override(spoken):
        page = settings.INSTALLATION.address + reverse(route, args=[token])
        told = {"agency": focal.agency.name, "name": focal.name, "page": page, **facts}
        words = texts.write(kind, spoken, told)
    outbox.post(
        to=focal.email,
        language=words.language,
        kind=kind,
        reason=f"{focal.holder}:{why}",
        subject=words.subject,
        body=words.body,
        at=at,
    )
