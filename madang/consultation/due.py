"""What a consultation's clock does: the letters to those who have not answered."""

from datetime import datetime

from madang.consultation.actions.remind import remind_bodies
from madang.consultation.models import Reminder, Request
from madang.consultation.rules.asking import step_at
from madang.foundation.actors import Actor
from madang.record.due import act_on_each


def remind_due(by: Actor, at: datetime) -> int:
    """Write what is due to be written; how many requests it was."""
    waiting = Request.objects.filter(withdrawn_at=None, asked__opinions=None).distinct()
    due = (request for request in waiting.select_related("plan") if _is_owed(request, at))
    return act_on_each(due, _remind, by, at)


def _is_owed(request: Request, at: datetime) -> bool:
    step = step_at(request.due_at, at)
    return bool(step) and not Reminder.objects.filter(request=request, step=step).exists()


def _remind(request: Request, *, by: Actor, at: datetime) -> None:
    if step := step_at(request.due_at, at):
        remind_bodies(request, step=step, by=by, at=at)
