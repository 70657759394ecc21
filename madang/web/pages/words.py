"""Words for acts and for those who may do them, in the reader's language."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "forum.open": _("Open the installation and name the forum"),
    "forum.load": _("Fill the installation from a forum file"),
    "plan.load": _("Add a plan from a forum file"),
    "papers.fix": _("Set a plan’s papers and fix them by their hash"),
    "clock.move": _("Move the practice clock on"),
}
WHO = {
    "is_loader": _("the command line, on the installation’s own machine"),
    "is_secretariat": _("the secretariat"),
    "in_practice": _("anyone, in a practice forum"),
}
