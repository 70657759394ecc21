"""The sentences for what this room refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "meetings.not_here": _("No meeting %(address)s is recorded."),
}
