"""The sentences for what this room refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "documents.lost": _("The file %(name)s is missing on this machine. Its SHA-256 is %(sha256)s."),
    "documents.withdrawn": _("%(name)s was withdrawn on %(on)s. %(why)s"),
    "documents.not_public": _(
        "This file is not shown to the public, as it may hold personal data. Its SHA-256 is %(sha256)s."
    ),
    "documents.no_file": _("Choose the file of the approval."),
    "documents.file_too_large": _("The file is larger than %(most)s MB."),
    "documents.file_kind": _("Choose a PDF, a PNG or a JPEG: a scan or a print of the approval."),
    "documents.not_here": _("There is no document with this address."),
}
