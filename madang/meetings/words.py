"""The words for where a meeting's ballot stands; ballots say the same."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

OUTCOMES = {
    "approved": _("Approved"),
    "rejected": _("Rejected"),
    "no_quorum": _("No quorum"),
}
STATES = {
    "recorded": _("known from a source"),
    "draft": _("waiting for the co-chairs’ keys"),
    "keyed": _("both keys turned; opens at its time"),
    "open": pgettext_lazy("ballot", "open"),
    "closed": pgettext_lazy("ballot", "closed"),
    "annulled": _("annulled before it opened"),
}
STANDS = STATES | OUTCOMES
"""By status, or by outcome where there is one."""
