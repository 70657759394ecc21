"""What the clock does while plans are carried out: asks, reminds, says "no word"."""

from datetime import datetime, timedelta

from django.utils import timezone

from madang.foundation.actors import Actor
from madang.foundation.figures import days_on
from madang.monitoring import letters
from madang.monitoring.actions.periods import ask_for_updates, fall_silent
from madang.monitoring.models import ReportingPeriod, UpdateDraft, UpdateSheet
from madang.monitoring.rules.status import NO_WORD_AFTER
from madang.record.due import act_on_each

KEPT = timedelta(days=7)
"""How long a sheet that came back, and a draft that was shared, are kept."""


def ask_due(by: Actor, at: datetime) -> int:
    """Ask for every update whose day has come; how many periods."""
    today = timezone.localdate(at).isoformat()
    rows = ReportingPeriod.objects.filter(asked_at=None, closed_at=None, asks_on__lte=today)
    return act_on_each(rows.select_related("plan").order_by("number"), ask_for_updates, by, at)


def silent_due(by: Actor, at: datetime) -> int:
    """Say "no word" where nothing came for so long; how many periods."""
    today = timezone.localdate(at)
    last = (today - days_on(NO_WORD_AFTER, today) - timedelta(days=1)).isoformat()
    rows = ReportingPeriod.objects.filter(
        asked_at__isnull=False, closed_at=None, silent_at=None, due_on__lte=last
    )
    return act_on_each(rows.select_related("plan"), fall_silent, by, at)


def remind(at: datetime) -> int:
    """Write the reminders that are due; each is written once."""
    return letters.remind_due(at) + letters.remind_of_dates(at)


def sweep(at: datetime) -> int:
    """Forget drafts and sheets of a week ago."""
    drafts = UpdateDraft.objects.filter(made_at__lt=at - KEPT).delete()[0]
    return drafts + UpdateSheet.objects.filter(made_at__lt=at - KEPT).delete()[0]
