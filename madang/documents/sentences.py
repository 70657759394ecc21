"""The sentences for what this room refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "documents.lost": _("The file %(name)s is missing on this machine. Its SHA-256 is %(sha256)s."),
    "documents.withdrawn": _("%(name)s was withdrawn on %(on)s. %(why)s"),
    "documents.not_here": _("There is no document with this address."),
}
