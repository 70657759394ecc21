"""The sentences for what this room refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    # --- the window for comments ---
    "consultation.comment_plan_not_announced": _(
        "Announce the plan first: everyone must know of it before they read its draft."
    ),
    "consultation.comment_nothing_written": _(
        "No commitment is written yet, so there is no draft to read."
    ),
    "consultation.comment_there_is_one": _(
        "A window for comments on this plan is announced or open already."
    ),
    "consultation.comment_window_past": _(
        "The window can’t open in the past. Choose a later day or time."
    ),
    "consultation.comment_window_backwards": _("The window must close after it opens."),
    "consultation.comment_no_answer_date": _(
        "Write the day, with year, month and day, by which every comment is answered."
    ),
    "consultation.comment_answer_before_close": _(
        "The answers come after the comments have closed. Choose a later day."
    ),
    "consultation.comment_window_short": _(
        "The draft would be open for %(days)s days; the rule asks for %(asked)s. Close it later, "
        "or write why it can’t be open for longer."
    ),
    "consultation.comment_not_announced": _("This window is not waiting to be opened."),
    "consultation.comment_too_early": _("It is not time yet."),
    "consultation.comment_not_open": _(
        "The draft is not open to comments now, so nothing can be sent."
    ),
    "consultation.comment_not_later": _("Choose a day and time later than the close as it is."),
    "consultation.comment_no_reason": _("Write the reason. Everyone reads it."),
    "consultation.comment_opened_before": _(
        "The window’s time has come. It can be extended, not called off."
    ),
    # --- commenting ---
    "consultation.comment_no_draft": _(
        "No draft of plan %(number)s was put before the public here."
    ),
    "consultation.comment_no_text": _(
        "The draft has no commitment %(number)s. Choose one of the list."
    ),
    "consultation.comment_text_missing": _("Write what you think of the text."),
    "consultation.comment_text_short": _(
        "Write a little more. %(least)s characters are enough (there are %(now)s now)."
    ),
    "consultation.comment_text_long": _("The text has %(now)s characters; %(most)s is the most."),
    "consultation.comment_sent_before": _("This comment was sent already."),
    "consultation.comment_no_comment": _("There is no comment %(label)s here."),
    "consultation.comment_not_in_this_state": _(
        "As the comment stands now, this can’t be done to it."
    ),
    "consultation.comment_no_hiding_waits": _("Nobody asks that this comment be hidden."),
    # --- answering ---
    "consultation.comment_no_fate": _("Choose what became of the comment."),
    "consultation.comment_reason_short": _(
        "Write the reason. It has at least %(least)s characters (there are %(now)s now)."
    ),
    "consultation.comment_reason_long": _("The reason has at most %(most)s characters."),
    "consultation.comment_no_change": _(
        "Choose the text that changed because of this comment. If none has changed yet, write the "
        "commitment first."
    ),
    "consultation.comment_change_without_fate": _(
        "A comment that was not taken up changed no text. Choose no text, or another outcome."
    ),
    "consultation.comment_not_a_newer_version": _(
        "Choose a text that was saved after the draft was put before the public."
    ),
    "consultation.comment_not_opened_yet": _(
        "The window has not opened yet, so there is nothing to answer."
    ),
    "consultation.comment_changed_meanwhile": _(
        "This comment was changed meanwhile. Read it as it is now, then save yours."
    ),
    "consultation.comment_came_outside": _(
        "Write the day it came, from %(first)s to %(last)s: then the draft was open to comments."
    ),
    "consultation.comment_answered_before": _(
        "It is answered already, so it stays as it was answered."
    ),
    "consultation.comment_still_open": _(
        "The answers are published together once the comments have closed."
    ),
    "consultation.comment_no_answer_written": _("No answer is written that is not published."),
    # --- agencies that are asked ---
    "consultation.no_commitments": _("Choose at least one draft."),
    "consultation.no_bodies": _("Choose at least one agency."),
    "consultation.too_many": _("Ask at most %(most)s agencies at a time."),
    "consultation.not_a_day": _("Write the day as 2026-07-01."),
    "consultation.due_past": _("Choose a last day after today."),
    "consultation.due_far": _("Choose a last day within %(most)s days."),
    "consultation.due_short": _(
        "By the rule agencies have %(days)s days. For less, say why, in at least %(least)s characters; everyone reads it."
    ),
    "consultation.why_long": _("The reason has at most %(most)s characters."),
    "consultation.note_long": _("The note has at most %(most)s characters."),
    "consultation.no_draft": _("Draft %(number)s is not in this plan."),
    "consultation.no_body": _("“%(value)s” is not an agency here."),
    "consultation.nobody_there": _(
        "Nobody is named to answer for: %(names)s. Name a focal point first; nothing was sent."
    ),
    "consultation.asked_already": _(
        "The same was asked already, in request %(number)s; nothing more was sent."
    ),
    "consultation.no_request": _("There is no request %(label)s."),
    "consultation.no_reason": _(
        "Say why it is withdrawn, in %(least)s to %(most)s characters; everyone reads it."
    ),
    "consultation.withdrawn": _("The secretariat withdrew this question; no answer is needed."),
    "consultation.said_already": _("This is what your agency says already; nothing was changed."),
    "consultation.nothing_said": _("Choose for at least one draft what your agency says."),
    "consultation.no_stance": _("Draft %(number)s: choose accept, accept in part or decline."),
    "consultation.no_words": _(
        "Draft %(number)s: say why in your agency’s own words, at least %(least)s characters."
    ),
    "consultation.too_long": _("Draft %(number)s: at most %(most)s characters in one field."),
    "consultation.no_document": _(
        "Write the number of the agency’s letter, at most %(most)s characters."
    ),
    "consultation.row_not_asked": _("The agency was not asked about “%(value)s”."),
    "consultation.row_no_stance": _(
        "“%(value)s” is not an opinion: choose accept, accept in part or decline."
    ),
    "consultation.row_twice": _("The same draft is answered in row %(first)s already."),
    "consultation.row_said_before": _("The agency said something else before; both stay."),
    "consultation.rows_refused": _(
        "%(count)s rows can’t be taken (rows %(numbers)s). Mend them in the sheet and send it again; nothing was kept."
    ),
    "consultation.rows_gone": _("The rows were not sent along. Send the sheet again."),
    "consultation.delegated_already": _("This colleague has a link for it already."),
    "consultation.too_many_delegates": _("It was passed on to %(most)s colleagues already."),
    "consultation.nobody_owes": _("Every agency has answered; there is nobody to write to."),
    "consultation.reminded_already": _("They were written to today already."),
}
