"""The sentences for what this room refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "plans.withdrawn": _("Plan %(number)s, “%(title)s”, was withdrawn on %(on)s. %(why)s"),
    "plans.no_commitment": _("Plan %(plan)s has no commitment %(number)s."),
    "plans.commitment_withdrawn": _(
        "Commitment %(number)s of plan %(plan)s, “%(title)s”, was withdrawn on %(on)s. %(why)s"
    ),
    "plans.no_agency": _("There is no agency “%(slug)s” here."),
    "plans.no_identifier": _("No commitment here is known as %(value)s."),
    "plans.no_paper": _("This plan has no paper in that language."),
    "plans.papers_fixed": _("The papers of this edition are fixed already."),
    "plans.not_here": _("There is no plan %(number)s here."),
}
