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
    "plans.already_published": _("This plan is published already. Changing it is an amendment."),
    "plans.other_plan": _("That ballot decides something other than this plan."),
    "plans.not_decided": _("The ballot on this plan is not closed, so nothing is decided yet."),
    "plans.not_approved": _("The forum did not approve this plan, so it is not published."),
    "plans.nothing_adopted": _("The ballot’s papers hold no commitment of this plan."),
    "plans.wording_changed": _(
        "The text is no longer the one the members voted on. These commitments differ: %(numbers)s."
    ),
    "plans.direction_changed": _(
        "The plan’s basic direction is no longer the one the members voted on."
    ),
    "plans.keys_missing": _("A plan is published only with the keys of both co-chairs."),
    "plans.decision_fixed": _("The decision paper of this ballot is fixed already."),
    "plans.no_decision": _("The decision paper is made after a ballot is closed."),
    "plans.no_ballot_yet": _("No ballot on plan %(number)s has been closed here."),
}
