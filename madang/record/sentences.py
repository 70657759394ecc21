"""The sentences for what this room refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "record.not_allowed": _("You may not do this."),
    "record.no_entry": _(
        "The record has no entry %(index)s; it has %(size)s so far, counted from 0."
    ),
    "record.bad_page": _("“%(value)s” is not the number of an entry."),
}
