"""Words for what agencies say and where their answers stand, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from madang.consultation.rules.words import Channel, Stance, Standing

WINDOW_SOURCES: dict[str, Promise] = {
    "2022": _("Regulations on Public Proposals of Korea, article 9"),
}
"""Who says how long agencies have, by the day since when a figure holds (`rules.asking.WINDOW`)."""
STANCES: dict[str, str | Promise] = {
    Stance.ACCEPT: pgettext_lazy("opinion", "Accept"),
    Stance.PARTLY: pgettext_lazy("opinion", "Accept in part"),
    Stance.DECLINE: pgettext_lazy("opinion", "Decline"),
}
SAID: dict[str, str | Promise] = {
    Stance.ACCEPT: pgettext_lazy("opinion", "accepts"),
    Stance.PARTLY: pgettext_lazy("opinion", "accepts in part"),
    Stance.DECLINE: pgettext_lazy("opinion", "declines"),
}
"""The same, as what an agency does."""
STANDINGS: dict[str, str | Promise] = {
    Standing.WAITING: _("asked, time is left"),
    Standing.ANSWERED: pgettext_lazy("opinion", "answered"),
    Standing.ANSWERED_LATE: _("answered late"),
    Standing.OVERDUE: _("overdue"),
    Standing.VERY_OVERDUE: _("very overdue"),
    Standing.WITHDRAWN: _("question withdrawn"),
}
CHANNELS: dict[str, str | Promise] = {
    Channel.PAGE: _("by the mailed page"),
    Channel.SHEET: _("by a spreadsheet"),
    Channel.OFFICE: _("entered by the secretariat"),
}
