"""What the clock does to calls: opens those whose time has come, closes those whose time is over."""

from datetime import datetime

from madang.calls.actions.window import close_call, open_call
from madang.calls.attaching import forget_files
from madang.calls.models import Call, Intake, Press
from madang.calls.rules.limits import PLACE_KEPT
from madang.calls.rules.words import CallStatus
from madang.foundation.actors import Actor
from madang.record.due import act_on_each


def open_due(by: Actor, at: datetime) -> int:
    """Open every announced call whose time has come; how many."""
    return act_on_each(
        Call.objects.filter(status=CallStatus.ANNOUNCED, opens_at__lte=at), open_call, by, at
    )


def close_due(by: Actor, at: datetime) -> int:
    """Close every open call whose time is over; how many."""
    return act_on_each(
        Call.objects.filter(status=CallStatus.OPEN, closes_at__lte=at), close_call, by, at
    )


def sweep_intakes(at: datetime) -> int:
    """Forget what was typed or chosen and never sent, and from where things were sent."""
    return (
        Intake.objects.filter(ends_at__lt=at).delete()[0]
        + forget_files(at)
        + Press.objects.filter(at__lt=at - PLACE_KEPT).delete()[0]
    )
