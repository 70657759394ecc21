"""The sentences for what this room refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "monitoring.plan_not_adopted": _("Only a plan that was adopted and published is assessed."),
    "monitoring.no_assessment_kind": _("Choose what kind of report it is."),
    "monitoring.no_period_of_plan": _(
        "The plan’s period is not recorded, so nobody can say what a report would cover."
    ),
    "monitoring.nothing_over_yet": _("No part of the plan’s time that this covers is over yet."),
    "monitoring.assessment_there": _("Report %(number)s covers the same days already."),
    "monitoring.assessment_stands": _(
        "This report was put out. Neither its facts nor its words change any more."
    ),
    "monitoring.words_changed": _(
        "Someone else saved this report while you were writing. What you typed stands below; "
        "read theirs in another window, then save yours."
    ),
    "monitoring.words_long": _("A text here has at most %(most)s characters."),
    "monitoring.summary_missing": _(
        "Write the summary in every language of the forum first; missing: %(languages)s."
    ),
    "monitoring.not_put_out": _("The report is put out for two weeks before it is published."),
    "monitoring.still_read": _("Everyone reads it until %(day)s. It is published after that day."),
    "monitoring.published_before": _("This report is published already."),
    "monitoring.no_assessment": _("Plan %(plan)s has no report %(number)s."),
    # --- an update ---
    "monitoring.no_status": _("Choose where this step stands."),
    "monitoring.nothing_told": _("Choose for at least one step where it stands."),
    "monitoring.nothing_said_yet": _(
        "Nothing was said of this step before, so it can’t be unchanged. Choose where it stands."
    ),
    "monitoring.date_passed": _(
        "Its date, %(due)s, has passed. Choose “late” with a new date, “done” or “stopped”."
    ),
    "monitoring.text_missing": _("Write what was done, in a sentence or two."),
    "monitoring.text_long": _("The text has %(now)s characters; %(most)s is the most."),
    "monitoring.reason_long": _("The reason has more than %(most)s characters."),
    "monitoring.no_evidence": _(
        "To say that it is done, one piece of evidence is needed. Add a link or a file."
    ),
    "monitoring.link_shape": _(
        "This is not the whole address of a page. One looks like https://www.example.kr/notice."
    ),
    "monitoring.link_signs": _(
        "There is a blank or a sign in this link that no address has. Copy it from the browser’s "
        "address bar."
    ),
    "monitoring.link_scheme": _(
        "Everyone is to open this link in a browser, so it begins with https:// or http://."
    ),
    "monitoring.link_secret": _(
        "There is a name or a password in this link, and everyone would read it. Take out what "
        "stands before the @."
    ),
    "monitoring.link_inside": _(
        "%(host)s opens inside one network only, not for everyone. Give an address that anyone "
        "can open, or hand in the file itself."
    ),
    "monitoring.link_long": _("A link has at most %(most)s characters."),
    "monitoring.too_many_links": _("At most %(most)s links go with one step."),
    "monitoring.no_new_date": _("Write by when it will be done instead."),
    "monitoring.new_date_before_old": _("The new date must be later than %(old)s."),
    "monitoring.new_date_past": _("The new date lies behind us. Choose one that is still to come."),
    "monitoring.no_date": _(
        "“%(value)s” is not a date. Write it as 2027-03-31, or 2027-03 for a month."
    ),
    "monitoring.done_ahead": _("The day on which it was done can’t lie ahead."),
    "monitoring.no_cause": _("Choose the cause from the list."),
    "monitoring.no_reason": _("Write the reason in a sentence. Everyone reads it."),
    "monitoring.period_closed": _(
        "This reporting period closed on %(day)s. Use the link in the newest letter; what you "
        "typed is still here to copy."
    ),
    "monitoring.posted_before": _("This update was posted already."),
    "monitoring.plan_not_decided": _("This plan is not being carried out yet."),
    "monitoring.changed_meanwhile": _(
        "Someone posted an update on this step meanwhile. It is shown here now; look at it, then "
        "post yours again."
    ),
    "monitoring.too_late_to_correct": _(
        "The %(minutes)s minutes for correcting are over. Post a new update instead; the earlier "
        "one stays to be read."
    ),
    "monitoring.nothing_to_correct": _("There is nothing of yours to correct here."),
    "monitoring.not_your_step": _("Another body answers for this step."),
    "monitoring.no_milestone": _("There is no such step in this plan."),
    "monitoring.no_commitment": _("There is no such commitment that everyone can read."),
    "monitoring.nobody_to_share_with": _(
        "Your body has no other contact here to share a draft with. The secretariat can name one."
    ),
    "monitoring.nothing_to_translate": _("There is nothing here to translate into this language."),
    # --- reporting periods ---
    "monitoring.period_months": _("A period lasts 1, 2, 3, 4, 6 or 12 months."),
    "monitoring.no_periods": _("Give at least one period, and at most %(most)s."),
    "monitoring.period_backwards": _("The period from %(starts)s must run forwards."),
    "monitoring.periods_overlap": _("The period from %(starts)s begins before the last one ended."),
    "monitoring.periods_begun": _(
        "Updates for a part of this time were asked for already. Begin after it."
    ),
    "monitoring.choose_plan": _("Choose the plan."),
    "monitoring.after_the_plan": _(
        "The first period must begin before the plan’s end, and the end must be recorded."
    ),
    "monitoring.asked_before": _("The letters for this period went out already."),
    "monitoring.not_asked": _("The letters for this period have not gone out yet."),
    "monitoring.silent_before": _("This was said already, or the period is closed."),
    "monitoring.too_early": _("It is not time yet."),
    "monitoring.no_period": _("There is no such reporting period."),
    # --- second opinions ---
    "monitoring.no_longer_counts": _("This update was corrected, so it is not weighed any more."),
    "monitoring.no_stance": _("Choose: it is so, or it is not so."),
    "monitoring.dispute_needs_link": _(
        "Add a link to what shows that it is not so. Everyone can open it."
    ),
    "monitoring.weighed_so": _("You said so already."),
    "monitoring.civil_society_weighs": _("Members from civil society weigh updates."),
    "monitoring.not_a_link": _("This evidence is not a link."),
    "monitoring.view_missing": _(
        "Write what the forum found, in at most %(most)s characters in each language."
    ),
    "monitoring.no_meeting": _("Choose a meeting that was held."),
    "monitoring.nothing_to_weigh": _(
        "Nobody has told of this step yet, so there is nothing to weigh."
    ),
    "monitoring.other_update": _(
        "A newer update came while you were reading. It is shown here now; look at it, then say "
        "what you think of it."
    ),
    # --- the reviewer's results ---
    "monitoring.no_codes": _("Choose at least one result."),
    "monitoring.no_such_code": _("“%(value)s” is not one of the reviewer’s words here."),
    "monitoring.no_report_title": _("Write what the report is called."),
    "monitoring.report_title_long": _("A report’s title has at most %(most)s characters here."),
    "monitoring.no_report_page": _(
        "Write on which page it stands, in at most %(most)s characters."
    ),
    "monitoring.note_long": _("The note has at most %(most)s characters."),
    "monitoring.no_part": _("The commitment has no such part."),
    # --- handing over ---
    "monitoring.no_handover_reason": _("Choose why it is handed over."),
    "monitoring.packed_already": _(
        "Nothing has changed since the last pack of today, so it still holds."
    ),
    "monitoring.choose_commitment": _("Choose the commitment."),
    # --- comments ---
    "monitoring.commented_before": _("This comment was sent already."),
    "monitoring.comment_short": _(
        "Write a little more. %(least)s characters are enough (there are %(now)s now)."
    ),
    "monitoring.comment_long": _("The comment has %(now)s characters; %(most)s is the most."),
    "monitoring.name_long": _("A name has at most %(most)s characters."),
    "monitoring.resident_number": _(
        "There is what looks like a resident number. Please take it out."
    ),
    "monitoring.not_in_this_state": _("That can’t be done with a comment in this state."),
    "monitoring.no_hiding_waits": _("Nobody asked to hide this comment, or it is decided."),
    "monitoring.no_comment": _("There is no such comment."),
    "monitoring.not_read_now": _(
        "This report does not lie open for comments now. Your words are still here to copy."
    ),
    "monitoring.comments_wait": _(
        "%(count)s comments wait for a look or an answer. Then it can be published."
    ),
    "monitoring.nothing_to_answer": _("Comments on a step are not answered here."),
    "monitoring.answer_missing": _("Write the answer, in one language at least."),
    "monitoring.answer_long": _("An answer has at most %(most)s characters."),
    # --- a sheet of updates ---
    "monitoring.row_no_step": _("“%(value)s” is not a step you answer for that is still open."),
    "monitoring.row_twice": _("Row %(first)s tells of the same step."),
    "monitoring.not_on_the_list": _("“%(value)s” under %(column)s is not on the list."),
    "monitoring.no_sheet": _("There is no such sheet here. Sheets are forgotten after a week."),
}
