"""Write again to agencies that have not answered: by the clock at its steps, or at an officer's press."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils import timezone

from madang.consultation.models import Reminder, Request
from madang.consultation.reading import places_of
from madang.consultation.rules.permissions import MAY
from madang.consultation.rules.words import Step
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class BodiesReminded(Event):
    """Agencies that had not answered were written to again."""

    KIND: ClassVar[str] = "consultation.reminded"

    step: str
    bodies: list[str]


@action("consultation.remind", may=MAY)
def remind_bodies(request: Request, *, step: str, by: Actor, at: datetime) -> BodiesReminded:
    """Write to the agencies that owe an answer: once for each of the clock's steps, by hand once a day.

    Raises NotNow: consultation.withdrawn, consultation.nobody_owes, consultation.reminded_already.
    """
    if request.withdrawn_at:
        raise NotNow("consultation.withdrawn")
    day = timezone.localdate(at).isoformat() if step == Step.HAND else ""
    owing = dict.fromkeys(one.asked.agency.slug for one in places_of(request, at) if one.is_owed)
    if not owing:
        raise NotNow("consultation.nobody_owes")
    if Reminder.objects.filter(request=request, step=step, day=day).exists():
        raise NotNow("consultation.reminded_already")
    Reminder.objects.create(request=request, step=step, day=day, made_at=at)
    return BodiesReminded(about=request.ref, step=step, bodies=list(owing))
