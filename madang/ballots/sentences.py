"""The sentences for what this room refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "ballots.rule_not_recorded": _(
        "The forum’s rules in force record no figure for “%(rule)s”, and nobody may fill it in."
    ),
    "ballots.rule_not_understood": _(
        "The forum’s rules in force give a figure for “%(rule)s” that nothing can be counted by."
    ),
    "ballots.no_question": _("Write the question that is put to the vote."),
    "ballots.no_papers": _(
        "The plan has no commitments yet, so there is nothing to put before the forum."
    ),
    "ballots.no_written_reason": _("Choose why this is decided in writing."),
    "ballots.no_roll": _("No member’s seat is held on the day of opening, so nobody could vote."),
    "ballots.window_backwards": _("The vote closes before it opens. Choose a later close."),
    "ballots.window_past": _("The vote would close in the past. Choose a later close."),
    "ballots.notice_short": _(
        "The opening is too soon. By the forum’s rules members know of a vote in writing some days "
        "before it opens, and their number is %(days)s: it may open from %(earliest)s on."
    ),
    "ballots.not_waiting_for_keys": _("This ballot is not waiting for keys."),
    "ballots.text_changed": _(
        "The text has changed since you read it. Read what it says now and turn your key again."
    ),
    "ballots.papers_outdated": _(
        "The plan’s texts have changed since the papers were fixed. The secretariat must revise "
        "the ballot before a key can be turned."
    ),
    "ballots.not_a_chair": _("Only a co-chair turns a key, and you sit in no co-chair’s seat."),
    "ballots.key_turned": _(
        "Your side’s key is turned already. The second key is the other side’s."
    ),
    "ballots.text_stands": _(
        "The ballot has opened, so its text stands. A change needs a ballot of its own."
    ),
    "ballots.revised_meanwhile": _(
        "Someone changed this ballot since you opened the form. Read what it says now; what you "
        "typed is still here."
    ),
    "ballots.open_stays": _(
        "An open ballot is annulled by no one person. It runs to its close, and its result stands."
    ),
    "ballots.not_annullable": _("This ballot is over; there is nothing to annul."),
    "ballots.note_missing": _("Write the reason."),
    "ballots.reminders_spent": _(
        "Members have been reminded %(most)s times, as often as the rules allow."
    ),
    "ballots.reminded_lately": _(
        "Members were reminded less than %(hours)s hours ago. Give them time to answer."
    ),
    "ballots.all_answered": _("Every seat has answered; there is nobody to remind."),
    "ballots.not_on_paper_now": _(
        "Keys by document are taken while the ballot waits for keys, votes on paper while it is open."
    ),
    "ballots.no_document": _(
        "Write the number under which the document is filed, at most %(most)s characters."
    ),
    "ballots.nothing_pending": _("This entry is confirmed or dropped already."),
    "ballots.answered_since": _(
        "The member has answered since this was entered, and that answer counts. Drop the entry."
    ),
    "ballots.entered_already": _(
        "An entry for this side or seat waits to be confirmed. Confirm or drop it first."
    ),
    "ballots.no_side": _("Choose whose key it is. A vacant chair without a stand-in has none."),
    "ballots.chair_changed": _(
        "Someone else sits in the chair now than when this was entered. Drop it: the document is not theirs."
    ),
    "ballots.codes_no_seat": _("Choose at least one seat."),
    "ballots.codes_no_address": _(
        "Seat %(seat)s has no one who could use a code here. Take its vote on paper instead."
    ),
    "ballots.codes_asked": _(
        "Printed codes for seat %(seat)s wait to be confirmed. Confirm or drop them first."
    ),
    "ballots.no_printed_code": _("This seat has no printed code that could be made void."),
    "ballots.not_on_this_roll": _("Choose a seat of the roll."),
    "ballots.no_channel": _("Choose how the vote came: by letter or by telephone."),
    "ballots.not_keyed": _("The ballot opens only with the keys of both co-chairs."),
    "ballots.too_early": _("The ballot opens at its time, not before."),
    "ballots.not_open_yet": _("The ballot is not open yet."),
    "ballots.closed": _("The ballot is closed. Your last answer before the close counts."),
    "ballots.still_open": _("The ballot is still open; %(waited_for)s seats have not answered."),
    "ballots.no_choice": _("Choose one: yes, no, abstain, or declare an interest."),
    "ballots.reason_missing": _("Write why you vote no. It stands with the result."),
    "ballots.reason_too_long": _("The reason is longer than %(most)s characters."),
    "ballots.not_your_seat": _("This vote belongs to another seat than yours."),
    "ballots.not_on_the_roll": _(
        "You are not on this ballot’s roll, which was fixed when it opened."
    ),
    "ballots.already_cast": _("This vote has been cast already; here is its receipt."),
    "ballots.round_not_over": _(
        "This round is not over. A new one is there only after a round that too few answered."
    ),
    "ballots.round_annulled": _(
        "This ballot was annulled before it opened, so nobody was asked. Draft a new ballot instead."
    ),
    "ballots.round_recorded": _(
        "This ballot is known from a source and was not held here, so no round follows it here."
    ),
    "ballots.round_tied": _(
        "Yes and no were equal, and the rules say what that means: it is decided. A new round is "
        "there only after one that too few answered."
    ),
    "ballots.round_decided": _(
        "Enough seats answered, so this is decided. A new round is there only after one that too "
        "few answered."
    ),
    "ballots.round_followed": _("The question was put again already: there is a newer round."),
    "ballots.asked_elsewhere": _(
        "The question has been taken up at another meeting since, so no round follows here."
    ),
    "ballots.round_opens_early": _(
        "A new round opens only after the one before it closed. Choose a later opening."
    ),
    "ballots.no_such_round": _("This meeting’s ballot has no round %(round)s."),
    "ballots.not_here": _("No ballot is recorded at meeting %(address)s."),
    "ballots.no_decision_paper": _("This ballot has no decision paper in that language."),
}
