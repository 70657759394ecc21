"""The sentences for what this room refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "drafting.no_title": _("Write the commitment’s title in at least one language."),
    "drafting.step_without_title": _("Milestone row %(place)s says no step. Write what is done."),
    "drafting.too_many_steps": _("A commitment has at most %(most)s milestones here."),
    "drafting.no_agency": _("Choose agencies of this forum’s list; “%(slug)s” is not on it."),
    "drafting.no_vision": _("The vision you chose is not in the plan’s direction any more."),
    "drafting.changed_meanwhile": _(
        "Someone else saved this commitment while you were writing. Nothing of yours is lost: "
        "read both texts, then save yours over the new one or take theirs."
    ),
    "drafting.nothing_changed": _("Nothing was changed, so nothing was saved."),
    "drafting.written_already": _("This text is saved already, as commitment %(number)s."),
    "drafting.no_commitment": _("Plan %(plan)s has no commitment %(number)s that is written here."),
    "drafting.no_milestone": _("Commitment %(number)s has no milestone %(label)s."),
    "drafting.tied_already": _("The thread leads there already."),
    "drafting.not_tied": _("No thread leads from this candidate to commitment %(number)s."),
    "drafting.no_reason": _("Write why the commitment is withdrawn. Its address will say so."),
}
