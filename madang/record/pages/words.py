"""The kinds of entries in the reader's language."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "forum.opened": _("The installation was opened"),
    "forum.loaded": _("The forum was loaded from a file"),
    "plan.recorded": _("A plan was added from a file"),
    "papers.fixed": _("The plan’s papers were set and fixed by their hash"),
    "clock.moved": _("The practice clock was moved on"),
}
