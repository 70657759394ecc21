"""What a consultation's clock does: the letters to those who have not answered."""

from datetime import datetime

from madang.consultation.actions.remind import remind_bodies
from madang.consultation.models import Reminder, Request
from madang.consultation.rules.asking import step_at
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow


def remind_due(by: Actor, at: datetime) -> int:
    """Write what is due to be written; how many requests it was."""
    done = 0
    waiting = Request.objects.filter(withdrawn_at=None, asked__opinions=None).distinct()
    for request in waiting.select_related("plan"):
        step = step_at(request.due_at, at)
        if step is None or Reminder.objects.filter(request=request, step=step).exists():
            continue
        try:
            remind_bodies(request, step=step, by=by, at=at)
        except NotNow:
            # Answered, withdrawn or written by another worker between the look and the act.
            continue
        done += 1
    return done
