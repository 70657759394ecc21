"""The sentences for what this room refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    # --- groups ---
    "taskforces.no_name": _("Write the group’s name in at least one language."),
    "taskforces.no_person": _("Choose someone who is known to this forum."),
    "taskforces.member_already": _("This person works in the group already."),
    "taskforces.no_member": _("This person does not work in the group."),
    "taskforces.no_such_group": _("There is no other group %(number)s in this plan."),
    "taskforces.not_your_group": _("Only those who work in this group sort its proposals."),
    "taskforces.nothing_to_place": _(
        "Nothing was put into the queue: write numbers, or choose an area with proposals that "
        "wait for a group."
    ),
    "taskforces.not_a_number": _("Write numbers of proposals with commas between: 412, 413."),
    "taskforces.not_public": _("Proposal %(label)s is not public, so no group sorts it."),
    "taskforces.sorted_before": _("Proposal %(number)s was sorted already and stays where it is."),
    # --- sorting ---
    "taskforces.nothing_chosen": _("Choose one of the six."),
    "taskforces.sorted_already": _("Another member sorted this proposal meanwhile."),
    "taskforces.looked_at_together": _(
        "Two members chose differently, so the group looks at it together."
    ),
    "taskforces.not_together": _("This proposal is not one to look at together."),
    "taskforces.settled_later": _("Looking at it together ends with a choice other than “later”."),
    "taskforces.settled_by_one": _(
        "“Not in this plan” takes two members: one who chose it, and another who enters it here."
    ),
    "taskforces.no_candidate": _("Choose the candidate it is joined to."),
    "taskforces.no_group": _("Choose the group it goes to."),
    "taskforces.body_long": _("The name of a body has at most %(most)s characters."),
    "taskforces.nothing_to_undo": _("There is no choice of yours to take back here."),
    "taskforces.moved_on": _("It has gone further since, so this can’t be taken back any more."),
    "taskforces.no_such_proposal": _("This proposal does not lie with the group."),
    "taskforces.no_words": _("Write it down in at least one language."),
    "taskforces.words_long": _("This has at most %(most)s characters."),
    "taskforces.place_long": _("A place has at most %(most)s characters."),
    "taskforces.not_a_day": _("Write a day like 2027-03-31."),
    "taskforces.done_already": _("This homework is done already."),
    "taskforces.no_such_row": _("The group has no such meeting or homework."),
    # --- candidates ---
    "taskforces.no_such_candidate": _("There is no candidate %(number)s in this plan."),
    "taskforces.not_standing": _(
        "Candidate %(number)s was merged, split or set aside: nothing is added to it."
    ),
    "taskforces.no_title": _("Write a title in at least one language."),
    "taskforces.title_long": _("A title has at most %(most)s characters."),
    "taskforces.text_long": _("A text has at most %(most)s characters."),
    "taskforces.nothing_to_merge": _("Choose the candidates that go into this one."),
    "taskforces.merged_with_itself": _("A candidate can’t go into itself."),
    "taskforces.nothing_to_split": _("Choose the proposals that become a candidate of their own."),
    "taskforces.not_inside": _("Proposal %(number)s is not in this candidate."),
    "taskforces.no_criterion": _("The call has no such criterion."),
    "taskforces.no_points": _("Give whole points from 0 to %(most)s."),
    "taskforces.no_argument": _("Write what speaks for it or against it."),
    "taskforces.argument_long": _("A point has at most %(most)s characters."),
}
