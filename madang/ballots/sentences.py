"""The sentences for what this room refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "ballots.not_here": _("No ballot is recorded at meeting %(address)s."),
}
