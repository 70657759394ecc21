"""Who comes by a mailed link to answer for an agency: its focal point, or a colleague it passed on to."""

from dataclasses import dataclass
from datetime import datetime

from madang.consultation.models import Delegate, Request
from madang.consultation.reading import request_at
from madang.foundation.actors import Actor, Role
from madang.foundation.refusals import NotFound
from madang.letters.focal import focal_link
from madang.letters.links import find_link, known_link
from madang.members.models import Agency, FocalPoint

TASK = "request:"


@dataclass(frozen=True)
class Speaker:
    """Someone who may answer a request for an agency, by the link with this token."""

    token: str
    request: Request
    agency: Agency
    actor: Actor
    name: str
    language: str
    focal: FocalPoint | None = None


def speaker(token: str, at: datetime) -> Speaker:
    """Who holds this link, while it is good.

    Raises NotFound: letters.link_unknown. Raises Gone: what `focal_link` and `find_link` raise.
    """
    link = known_link(token)
    if link.holder.startswith("delegate:"):
        return _delegate(token, at)
    found = focal_link(token, at, for_task=TASK)
    return _focal(token, found.focal, request_at(found.task), found.actor)


def speaker_of_post(token: str, label: str, at: datetime) -> Speaker:
    """The same by any link of a focal point's post, for a request (`2-1`) its agency was asked.

    Raises NotFound: consultation.no_request, letters.link_unknown. Raises Gone: as `speaker`.
    """
    found = focal_link(token, at)
    request = request_at(f"request:{label}")
    if not request.asks(found.focal.agency.slug):
        raise NotFound("consultation.no_request", label=label)
    return _focal(token, found.focal, request, found.actor)


def _focal(token: str, focal: FocalPoint, request: Request, actor: Actor) -> Speaker:
    return Speaker(token, request, focal.agency, actor, focal.name, focal.language, focal)


def _delegate(token: str, at: datetime) -> Speaker:
    link = find_link(token, at)
    rows = Delegate.objects.select_related("request__plan", "agency")
    key = link.holder.removeprefix("delegate:")
    found = rows.filter(pk=int(key)).first() if key.isdigit() else None
    if found is None:
        raise NotFound("letters.link_unknown")
    actor = Actor(
        roles=frozenset({Role.ANONYMOUS, Role.FOCAL_POINT}),
        name=found.email,
        agency=found.agency.slug,
    )
    return Speaker(token, found.request, found.agency, actor, found.name, found.language)
