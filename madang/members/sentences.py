"""The sentences for what this room refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "members.no_term": _("No term %(number)s is recorded."),
    "members.already_open": _("This installation already keeps a forum."),
    "members.clock_only_forwards": _(
        "The practice clock only goes forwards. Choose a later moment."
    ),
    "members.clock_too_far": _("The practice clock goes at most %(years)s years ahead."),
    "members.no_such_person": _("There is no such person in this practice forum."),
}
