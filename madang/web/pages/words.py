"""Words for acts and for those who may do them, in the reader's language."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "forum.open": _("Open the installation and name the forum"),
    "forum.found": _("Set up the forum with its seats and rules"),
    "account.grant": _("Give the secretariat its second officer"),
    "roll.register": _("Register members from a list"),
    "forum.correct": _("Correct the forum’s name, legal basis or seats"),
    "rules.revise": _("Give new rules, in force from a day on"),
    "member.correct": _("Mend what is written of a member"),
    "seat.pass": _("Let a seat change hands, or leave it empty"),
    "chair.name": _("Name the seat of a side’s co-chair"),
    "forum.load": _("Fill the installation from a forum file"),
    "plan.load": _("Add a plan from a forum file"),
    "papers.fix": _("Set a plan’s papers and fix them by their hash"),
    "ballot.draft": _("Draft a ballot in writing"),
    "ballot.draft_round": _("Put to the vote again what too few answered, in a new round"),
    "ballot.revise": _("Change a ballot’s text before it opens"),
    "ballot.return": _("Send a ballot back with a reason"),
    "ballot.annul": _("Drop a ballot before it opens"),
    "ballot.remind": _("Remind those who have not answered"),
    "key.enter_document": _("Enter a co-chair’s approval by document"),
    "key.confirm_document": _("Confirm what another officer entered as a co-chair’s approval"),
    "vote.enter_document": _("Enter a vote that came on paper or by telephone"),
    "vote.confirm_document": _("Confirm a vote that another officer entered"),
    "document.drop": _("Drop an entry that is not confirmed"),
    "chair.enter_stand_in": _("Enter who stands in for a vacant co-chair’s chair"),
    "chair.confirm_stand_in": _("Confirm a stand-in that another officer entered"),
    "chair.end_stand_in": _("End a stand-in"),
    "edition.enter_document": _("Enter a co-chair’s approval of an edition by document"),
    "edition.confirm_document": _("Confirm what another officer entered as approval of an edition"),
    "edition.drop_document": _("Drop an approval of an edition that is not confirmed"),
    "key.turn": _("Turn a co-chair’s key on a ballot’s exact text"),
    "ballot.open": _("Open a ballot at its time"),
    "ballot.cast": _("Cast a seat’s vote"),
    "ballot.close": _("Close a ballot and count it"),
    "texts.fix": _("Fix the wording of a plan’s commitments by its hashes"),
    "edition.key": _("Turn a co-chair’s key to publish an adopted plan"),
    "edition.publish": _("Publish an adopted plan with both keys"),
    "decision.fix": _("Set a ballot’s decision paper and fix it by its hash"),
    "plan.begin": _("Begin the forum’s next plan"),
    "plan.direct": _("Write a plan’s basic direction"),
    "plan.freeze": _("Put a plan’s text before the forum"),
    "plan.thaw": _("Give a plan’s text back to its writers"),
    "commitment.write": _("Write a commitment"),
    "commitment.withdraw": _("Withdraw a commitment with a reason"),
    "clock.move": _("Move the practice clock on"),
}
WHO = {
    "is_loader": _("the command line, on the installation’s own machine"),
    "is_secretariat": _("the secretariat"),
    "is_clock": _("the clock"),
    "is_co_chair": _("a co-chair"),
    "holds_a_seat": _("a member, for the seat held"),
    "stands_on_the_roll": _("whoever held a seat when the ballot opened"),
    "is_last_seat": _("the seat whose answer was the last one waited for"),
    "in_practice": _("anyone, in a practice forum"),
}
PARTS = {
    "question": _("The question"),
    "written_reason": _("Why it is decided in writing"),
    "window": _("When it opens and closes"),
    "papers": _("The papers"),
    "rules": _("The rules"),
    "roll": _("The roll"),
}
"""The parts of a ballot's text that a key signs."""
CHANNELS = {
    "letter": _("by letter"),
    "telephone": _("by telephone"),
}
"""How a vote may come beside this site."""
