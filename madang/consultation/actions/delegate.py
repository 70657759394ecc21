"""Pass a request on inside an agency: a colleague gets a link of their own."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.consultation.models import Delegate, Request
from madang.consultation.rules.permissions import MAY
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.foundation.tables import one_line
from madang.members.models import Agency, normal_email
from madang.members.rules.focal import check_someone
from madang.record.acting import action
from madang.record.events import Event

MOST = 20
"""To how many colleagues an agency passes one request on."""


@dataclass(frozen=True, kw_only=True)
class RequestDelegated(Event):
    """An agency passed a request on to a colleague. Who that is stands here as a commitment."""

    KIND: ClassVar[str] = "consultation.delegated"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"to"})

    agency: str
    to: str


@action("consultation.delegate", may=MAY)
def delegate_request(
    request: Request, *, name: str, email: str, language: str, by: Actor, at: datetime
) -> RequestDelegated:
    """Pass a request on to a colleague in the actor's own agency, who can then answer for it.

    Raises NotNow: consultation.withdrawn, consultation.delegated_already,
    consultation.too_many_delegates. Raises NotValid: what `check_someone` raises.
    """
    if request.withdrawn_at:
        raise NotNow("consultation.withdrawn")
    address = normal_email(email)
    check_someone(name, address)
    agency = Agency.objects.get(slug=by.agency)
    mine = Delegate.objects.filter(request=request, agency=agency)
    if mine.filter(email=address).exists():
        raise NotNow("consultation.delegated_already")
    if mine.count() >= MOST:
        raise NotNow("consultation.too_many_delegates", most=MOST)
    made = Delegate.objects.create(
        request=request,
        agency=agency,
        name=one_line(name),
        email=address,
        language=language,
        made_at=at,
    )
    return RequestDelegated(about=request.ref, agency=agency.slug, to=f"{made.name} <{made.email}>")
