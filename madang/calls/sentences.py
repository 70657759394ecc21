"""The sentences for what this room refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    # --- the call ---
    "calls.plan_not_announced": _(
        "Announce the plan first: everyone must be able to read its timeline before the call."
    ),
    "calls.there_is_one": _("This plan has its call already."),
    "calls.window_past": _("The call can’t open in the past. Choose a later day or time."),
    "calls.window_backwards": _("The call must close after it opens."),
    "calls.window_not_past": _("A call that is recorded afterwards must be over."),
    "calls.no_criteria": _(
        "Write at least one criterion: what proposals are weighed by is public before the call."
    ),
    "calls.too_many_points": _("A call has at most %(most)s questions and criteria each."),
    "calls.no_language": _("Choose at least one language in which one can propose."),
    "calls.no_answer_date": _(
        "Write the day, with year, month and day, by which all are answered."
    ),
    "calls.answer_before_close": _(
        "The answers come after the call has closed. Choose a later day."
    ),
    "calls.notice_short": _(
        "The timeline will have been public for %(days)s days when the call opens; the rule asks "
        "for %(asked)s. Open it later, or write why it can’t wait."
    ),
    "calls.not_announced": _("This call is not waiting to be opened."),
    "calls.too_early": _("It is not time yet."),
    "calls.not_open": _("The call is not open now, so nothing can be sent."),
    "calls.opened_before": _(
        "The call’s time has come. It can be extended or ended, not rewritten."
    ),
    "calls.not_later": _("Choose a day and time later than now and later than the close as it is."),
    "calls.no_reason": _("Write the reason. Everyone reads it."),
    "calls.ended_before": _("This call was ended already."),
    "calls.not_closed": _("This call is not over, so it need not open again."),
    "calls.no_call": _("Plan %(number)s has no call for proposals here."),
    # --- proposing ---
    "calls.title_missing": _("Write a title in one line."),
    "calls.title_long": _(
        "The title is a little long: %(most)s characters at most (it has %(now)s)."
    ),
    "calls.text_missing": _("Write what the problem is, and what should change."),
    "calls.text_short": _(
        "Write a little more. %(least)s characters are enough (there are %(now)s now)."
    ),
    "calls.text_long": _("The text has %(now)s characters; %(most)s is the most."),
    "calls.name_long": _("A name has at most %(most)s characters."),
    "calls.joint_many": _("At most %(most)s joint proposers can be named."),
    "calls.resident_number": _("There is what looks like a resident number. Please take it out."),
    "calls.email_missing": _("Type the e-mail address to which the answer goes."),
    "calls.email_no_at": _("The e-mail address has no @. One looks like name@example.kr."),
    "calls.email_shape": _("This is not a whole e-mail address. One looks like name@example.kr."),
    "calls.email_meant": _("Is this what you meant: %(meant)s? Choose one."),
    "calls.not_agreed": _(
        "Tick that you are 14 or older and that your e-mail address may be kept for the answer."
    ),
    "calls.no_area": _("This plan has no such area. Choose one of the list."),
    "calls.sent_before": _("This proposal was sent already."),
    "calls.too_many": _(
        "You can send again from %(again)s. What you wrote stays as it is until then."
    ),
    "calls.intake_gone": _(
        "What was typed here is not kept any more: after a day it is forgotten. Please write anew."
    ),
    "calls.file_gone": _("The file you chose is not kept any more. Choose it again."),
    "calls.file_withdrawn": _(
        "Its author took the file of this proposal away on %(day)s. It is not given out any more."
    ),
    "calls.no_file_chosen": _("Choose the file first."),
    "calls.no_file": _("There is no file here that everyone may have."),
    # --- after sending ---
    "calls.not_in_this_state": _("As the proposal stands now, this can’t be done to it."),
    "calls.note_missing": _("Write what it is about."),
    "calls.note_long": _("This has at most %(most)s characters."),
    "calls.no_hiding_reason": _("Choose one of the reasons of the policy."),
    "calls.same_person": _("You asked for it yourself; another person must confirm."),
    "calls.hiding_waits": _("Someone asked that it be hidden. Decide on that first."),
    "calls.no_hiding_waits": _("Nobody asks that this proposal be hidden."),
    "calls.no_author": _("There is no address of its author to write to."),
    "calls.answered_before": _("It is answered already, so it stays as it was answered."),
    "calls.edited_too_late": _(
        "The call is over and others work with the text. It can be withdrawn, not changed."
    ),
    "calls.changed_meanwhile": _(
        "It was changed in another window meanwhile. This is how it reads now; change it again."
    ),
    "calls.nothing_changed": _("Nothing was changed, so nothing was saved."),
    "calls.endorsed_before": _("This address supports the proposal already."),
    "calls.no_signers": _("Type who signed, one a line."),
    "calls.signers_many": _("At most %(most)s lines at once."),
    "calls.signer_long": _("Line %(line)s is too long: at most %(most)s characters."),
    "calls.signer_short": _(
        "Line %(line)s needs a name and an address or a telephone number, so that two people of one "
        "name count as two."
    ),
    "calls.no_paper": _("Say which sheet it was, in at most %(most)s characters."),
    "calls.own_proposal": _("One’s own proposal needs no support of one’s own."),
    "calls.not_opened_yet": _("The call has not opened yet, so nothing can have come in."),
    "calls.no_channel": _("Choose how it came in."),
    "calls.came_outside": _("It must have come between the opening and the close of the call."),
    "calls.none_opened": _("No call has opened yet, so there is nothing to enter."),
    # --- a list of proposals from elsewhere ---
    "calls.row_empty": _("There is neither a title nor a text."),
    "calls.row_too_long": _("Too long: at most %(most)s characters in one cell."),
    "calls.row_text_long": _("The text has %(now)s characters; %(most)s is the most."),
    "calls.row_resident": _(
        "There is what looks like a resident number. Take it out of the list, and read it again."
    ),
    "calls.row_personal": _(
        "There may be a telephone number or an e-mail address in it. It waits for a look before it is public."
    ),
    "calls.row_no_title": _("There is no title: the beginning of the text stands for it."),
    "calls.row_no_text": _("There is no text: the title stands for it."),
    "calls.row_long_title": _(
        "The title has more than %(most)s characters: its beginning is the title, and all of it stands above the text."
    ),
    "calls.row_language": _("“%(value)s” is not a language of this forum; it was guessed."),
    "calls.row_area": _("“%(value)s” is not an area of this plan; none is given."),
    "calls.row_email": _("“%(value)s” is not an e-mail address; nobody can be written to."),
    "calls.row_day": _("“%(value)s” is not a day; the day stays unrecorded."),
    "calls.row_supports": _("“%(value)s” is not a number of supports; it stays unrecorded."),
    "calls.row_title_only": _(
        "“%(value)s” under “title only” is neither yes nor no; only the title is shown."
    ),
    "calls.row_unreadable": _("Some signs could not be read; %(sign)s stands for each of them."),
    "calls.row_same": _("It is here already."),
    "calls.row_other_words": _(
        "Number %(number)s is here already with other words. What is here stays as it is."
    ),
    "calls.row_twice": _("The same stands in row %(first)s."),
    "calls.row_number_twice": _("Row %(first)s has the number %(number)s too, with other words."),
    "calls.nothing_new": _("Everything on this list is here already. Nothing was added."),
    "calls.no_list": _("There is no such list here. Lists are forgotten after a week."),
    "calls.list_moved_on": _("This list is further than that already. Here is how it stands now."),
    "calls.list_failed": _("Something went wrong while the list was read. Nothing of it was kept."),
    # --- answering ---
    "calls.no_outcome": _("Choose what became of it."),
    "calls.no_answer_reason": _("Choose the reason for which it is not in this plan."),
    "calls.reason_without_cause": _("A reason of the list goes with “not in this plan” alone."),
    "calls.no_place": _("Write to whom it was passed on."),
    "calls.answer_short": _(
        "Write a little more. An answer has at least %(least)s characters (there are %(now)s now)."
    ),
    "calls.no_agency": _("Choose the body that answers."),
    "calls.nothing_chosen": _("No proposal is chosen."),
    "calls.too_many_chosen": _("Choose at most %(most)s proposals at once; more come as a sheet."),
    "calls.no_proposal_in_plan": _("“%(value)s” is no proposal of this plan."),
    "calls.no_subject": _("“%(value)s” is no commitment of this plan."),
    "calls.not_on_the_list": _("“%(value)s” under %(column)s is not on the list."),
    "calls.row_answered_twice": _("Row %(first)s answers the same proposal."),
    "calls.row_written_over": _("An answer is written already; this one takes its place."),
    "calls.reply_written_meanwhile": _(
        "Someone else wrote an answer here while you were writing. Nothing of yours is lost: read "
        "theirs, then save yours over it or leave it."
    ),
    "calls.withdrawn": _("Its author withdrew it."),
    "calls.no_reply_written": _("No answer is written that is not published."),
    "calls.not_answered": _("There is no answer yet."),
    "calls.asked_before": _("Another look was asked for already. It can be asked for once."),
    "calls.term_over": _("Another look can be asked for within %(days)s days of the answer."),
    "calls.no_sheet": _("There is no such sheet here. Sheets are forgotten after a week."),
    "calls.no_proposal": _("There is no proposal %(label)s here."),
}
