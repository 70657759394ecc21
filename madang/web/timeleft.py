"""How long it is until a moment, in words."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def time_left(until: datetime, at: datetime) -> str:
    """The time until a moment, in the largest unit that says enough; the smaller part is dropped.

    Days are those of the calendar, as the public pages count them: a member reads one number.
    """
    left = until - at
    if left <= timedelta(0):
        return _("the time is over")
    hours = left // timedelta(hours=1)
    if hours >= 48:
        days = (timezone.localdate(until) - timezone.localdate(at)).days
        return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}
    if hours >= 1:
        return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours}
    minutes = max(1, left // timedelta(minutes=1))
    return ngettext("%(n)s minute left", "%(n)s minutes left", minutes) % {"n": minutes}
