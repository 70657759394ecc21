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
    "drafting.is_withdrawn": _("Commitment %(number)s was withdrawn; its text stays as it was."),
    "drafting.grown_already": _(
        "Candidate %(number)s is in a draft already: that of commitment %(commitment)s."
    ),
    "drafting.turns_direction": _(
        "The text held invisible characters that turn the reading direction, so that it would "
        "read otherwise than it is kept. They are taken out below: read it and save again."
    ),
    "drafting.no_cause": _(
        "“%(ref)s” is not among what was said of this draft. Choose from what is listed."
    ),
    "drafting.many_causes": _("Name at most %(most)s reasons for one saving."),
    "drafting.no_piece": _("There is no such text in this commitment any more."),
    "drafting.paragraph_changed": _(
        "This paragraph was changed meanwhile. Nothing of yours is lost: read the text as it is "
        "now, and suggest again."
    ),
    "drafting.paragraph_gone": _(
        "The paragraph this was written for was changed meanwhile. Read both, then accept it in "
        "part with the words you agree on, or decline it."
    ),
    "drafting.same_wording": _("The paragraph reads so already. Write how it should read."),
    "drafting.wording_long": _("The paragraph is too long: at most %(most)s characters."),
    "drafting.reason_short": _(
        "Write a little more of the reason: at least %(least)s characters; now there are %(now)s."
    ),
    "drafting.reason_long": _("The reason is too long: at most %(most)s characters."),
    "drafting.no_answer": _("Choose what becomes of the suggestion: accept, partly or decline."),
    "drafting.answered_already": _("This suggestion has its answer already."),
    "drafting.own_suggestion": _(
        "This is your own suggestion. The other side, or the secretariat, answers it."
    ),
    "drafting.no_person": _("Choose one of the people of this forum."),
    "drafting.no_side": _("Choose for which side: the government or civil society."),
    "drafting.other_side": _("This person holds a seat of the other side."),
    "drafting.reads_no_drafts": _(
        "This person holds no seat and works in no group of this plan, so could not read the draft."
    ),
    "drafting.leads_already": _("This person leads the writing for that side already."),
    "drafting.leads_other_side": _(
        "This person leads the writing for the other side. One person can’t lead for both."
    ),
    "drafting.not_yours": _(
        "Those who lead the writing of this commitment, and the secretariat, write its text. "
        "You can suggest changes, paragraph by paragraph."
    ),
    "drafting.no_draft": _("There is no draft %(plan)s-%(number)s that you may read."),
    "drafting.no_suggestion": _("This commitment has no suggestion %(number)s."),
}
