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
}
