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
    "plans.not_adopted": _("Only a plan that was adopted and published is changed by a request."),
    "plans.no_refresh": _("A refresh midway is for plans of %(years)s years or more."),
    "plans.no_change_kind": _("Choose what kind of change it is."),
    "plans.no_change_reason": _("Write the reason in at least %(least)s characters. It is public."),
    "plans.change_reason_long": _("The reason has at most %(most)s characters."),
    "plans.step_taken_out": _(
        "A promised milestone is not taken out: %(labels)s. What is not done any more is reported "
        "as stopped, with the reason."
    ),
    "plans.change_waits": _(
        "A change of commitment %(number)s waits for the keys already. It is settled first."
    ),
    "plans.no_such_decision": _("There is no meeting or ballot “%(value)s” here."),
    "plans.change_decided": _("It is said already what decided this change."),
    "plans.change_on_ballot": _(
        "The forum is being asked about this change in writing. Wait for the result, or drop the "
        "ballot first."
    ),
    "plans.change_approved": _(
        "The forum approved this change in writing. Only a co-chair can refuse it now, with a "
        "reason."
    ),
    "plans.meeting_ahead": _("That meeting is still to come. Name it once its day is there."),
    "plans.decision_not_approved": _(
        "That ballot did not approve anything, so it decides nothing."
    ),
    "plans.change_wants_ballot": _(
        "The rules want a ballot for this. Name the ballot that approved the change, then turn "
        "the keys."
    ),
    "plans.change_wants_meeting": _(
        "The rules want a meeting’s decision for this. Name the meeting, then turn the keys."
    ),
    "plans.other_ballot": _(
        "The rules want the forum’s decision for this, and the ballot that is named was on "
        "something else. Drop this request, ask for the change anew without naming a ballot, then "
        "ask the forum about it in writing."
    ),
    "plans.meeting_in_writing": _(
        "That meeting was held in writing. Ask the forum about this change in writing; its ballot "
        "then names itself."
    ),
    "plans.other_meeting": _("That was a meeting of another body, not of this forum."),
    "plans.meeting_before": _(
        "As far as is recorded, that meeting was not held on the day on which this change was "
        "asked for, or later. Put the change on the agenda of the next meeting, and name that one "
        "afterwards."
    ),
    "plans.meeting_without_it": _(
        "This change does not stand on that meeting’s agenda, nor does its commitment. Name the "
        "meeting that had it."
    ),
    "plans.change_settled": _("This change is settled already."),
    "plans.change_outdated": _(
        "The commitment reads otherwise by now. Drop this request and ask anew, from the text "
        "that stands."
    ),
    "plans.change_keys_missing": _("A change is in force only with the keys of both co-chairs."),
    "plans.no_change": _("Plan %(plan)s has no change %(number)s."),
}
