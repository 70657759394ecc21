"""Focal points: name who answers for an agency, hand the post over, end it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.foundation.tables import one_line
from madang.members.focal import post_of
from madang.members.models import Agency, FocalPoint, Forum, normal_email
from madang.members.rules.focal import Post, check_post, check_someone
from madang.members.rules.permissions import MAY
from madang.record.acting import action
from madang.record.events import Event

Place = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class FocalPointsNamed(Event):
    """Focal points of agencies were named. Who they are stands here as a commitment."""

    KIND: ClassVar[str] = "focal.named"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"people"})

    posts: list[Place]
    followed: int
    people: list[str]


@dataclass(frozen=True, kw_only=True)
class FocalPointHandedOver(Event):
    """A focal point handed over to a successor. Both stand here as commitments."""

    KIND: ClassVar[str] = "focal.handed_over"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"left", "came"})

    posts: list[Place]
    left: str
    came: str


@dataclass(frozen=True, kw_only=True)
class FocalPointEnded(Event):
    """An agency has no focal point for something any more."""

    KIND: ClassVar[str] = "focal.ended"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"left"})

    posts: list[Place]
    left: str


@action("focal.name", may=MAY)
def name_focal_points(
    forum: Forum, *, posts: Sequence[Post], by: Actor, at: datetime
) -> FocalPointsNamed:
    """Name who answers for agencies, one or many; whoever held a post before holds it no more.

    What stands already is passed over. Raises NotNow: members.nothing_changed. Raises NotValid:
    what `check_post` raises.
    """
    agencies = {agency.slug: agency for agency in Agency.objects.all()}
    named, followed = [], 0
    for post in posts:
        check_post(post, agencies=agencies, languages=forum.languages)
        now = _standing(agencies[post.agency], post)
        if now and _same(now, post):
            continue
        if now:
            followed += 1
            _end(now, at)
        named.append(_create(agencies[post.agency], post, at))
    if not named:
        raise NotNow("members.nothing_changed")
    return FocalPointsNamed(
        about="forum",
        posts=[_place(one) for one in named],
        followed=followed,
        people=[f"{one.name} <{one.email}>" for one in named],
    )


@action("focal.hand_over", may=MAY)
def hand_over(
    focal: FocalPoint, *, name: str, email: str, by: Actor, at: datetime
) -> FocalPointHandedOver:
    """Hand over to a successor everything one answers for in the agency: one's links stop at once.

    Raises NotNow: members.post_ended, members.nothing_changed. Raises NotValid: what
    `check_someone` raises.
    """
    if focal.until:
        raise NotNow("members.post_ended")
    check_someone(name, normal_email(email))
    held = FocalPoint.objects.filter(agency=focal.agency, email=focal.email, until=None)
    came: list[FocalPoint] = []
    for one in held.select_related("agency"):
        post = Post(
            agency=focal.agency.slug,
            name=one_line(name),
            email=normal_email(email),
            duty=one.duty,
            about=one.about,
            language=one.language,
        )
        if not _same(one, post):
            _end(one, at)
            came.append(_create(focal.agency, post, at))
    if not came:
        raise NotNow("members.nothing_changed")
    return FocalPointHandedOver(
        about=focal.ref,
        posts=[_place(one) for one in came],
        left=f"{focal.name} <{focal.email}>",
        came=f"{came[0].name} <{came[0].email}>",
    )


@action("focal.end", may=MAY)
def end_focal_point(focal: FocalPoint, *, by: Actor, at: datetime) -> FocalPointEnded:
    """End a focal point without a successor: its links stop at once.

    Raises NotNow: members.post_ended.
    """
    if focal.until:
        raise NotNow("members.post_ended")
    _end(focal, at)
    left = f"{focal.name} <{focal.email}>"
    return FocalPointEnded(about=focal.ref, posts=[_place(focal)], left=left)


def _standing(agency: Agency, post: Post) -> FocalPoint | None:
    rows = FocalPoint.objects.filter(agency=agency, duty=post.duty, about=post.about, until=None)
    return rows.select_related("agency").first()


def _same(now: FocalPoint, post: Post) -> bool:
    kept = post_of(now)
    given = (one_line(post.name), normal_email(post.email), post.language)
    return (kept.name, kept.email, kept.language) == given


def _create(agency: Agency, post: Post, at: datetime) -> FocalPoint:
    return FocalPoint.objects.create(
        agency=agency,
        duty=post.duty,
        about=post.about,
        name=one_line(post.name),
        email=normal_email(post.email),
        language=post.language,
        since=at,
    )


def _end(focal: FocalPoint, at: datetime) -> None:
    focal.until = at
    focal.save(update_fields=["until"])


def _place(focal: FocalPoint) -> dict[str, Any]:
    return {"agency": focal.agency.slug, "duty": focal.duty, "about": focal.about}
