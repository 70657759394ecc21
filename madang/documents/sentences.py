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
    "documents.attached_empty": _("There is nothing in this file. Choose another."),
    "documents.attached_large": _(
        "This file has %(now)s MB. At most %(most)s MB can be taken (%(kinds)s)."
    ),
    "documents.attached_huge": _(
        "This file has more than %(now)s MB. At most %(most)s MB can be taken (%(kinds)s)."
    ),
    "documents.attached_kind": _("This kind of file can’t be taken. These can: %(kinds)s."),
    "documents.attached_hwp": _(
        "HWP files are not taken, as many can’t open them. In Hangul choose File, then Save as, "
        "and as the kind of file HWPX (*.hwpx); then choose that file here."
    ),
    "documents.attached_old": _(
        "This is an older Office file (.doc, .xls, .ppt). Save it as PDF or DOCX and choose that "
        "file here."
    ),
    "documents.attached_broken": _(
        "This file can’t be read. Save it once more, or as a PDF, and choose it again."
    ),
    "documents.attached_locked": _(
        "This file is locked by a password. Save it without one, so that everyone can read it."
    ),
    "documents.attached_active": _(
        "There is something in this file that runs or carries other files (a macro, a script). "
        "Print it as a PDF and choose that file here."
    ),
    "documents.attached_busy": _("Many files are being looked at just now. Try again in a minute."),
    "documents.not_here": _("There is no document with this address."),
}
