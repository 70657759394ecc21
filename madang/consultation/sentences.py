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
    "consultation.comment_answered_before": _(
        "It is answered already, so it stays as it was answered."
    ),
    "consultation.comment_still_open": _(
        "The answers are published together once the comments have closed."
    ),
    "consultation.comment_no_answer_written": _("No answer is written that is not published."),
}
