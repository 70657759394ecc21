"""The sentences for what the foundation refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "foundation.file_empty": _("There is no row in it below the headings."),
    "foundation.file_too_large": _("The file is too large: at most %(most)s MB, unpacked too."),
    "foundation.not_a_list": _(
        "This file can’t be read as a list. Save it as .xlsx or .csv, or paste the rows."
    ),
    "foundation.old_spreadsheet": _(
        "This is an old or a locked spreadsheet (.xls), or another document. Save it as .xlsx or .csv without a password."
    ),
    "foundation.no_column": _(
        "This file has no column “%(column)s” (%(english)s). Found: %(found)s."
    ),
    "foundation.too_many_rows": _("A list has at most %(most)s rows."),
    "foundation.too_many_columns": _("A list has at most %(most)s columns."),
}
