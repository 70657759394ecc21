"""Words for where a milestone stands and why, in the reader's language."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from madang.monitoring.rules.assessing import AssessmentKind, AssessmentState
from madang.monitoring.rules.updating import UNCHANGED
from madang.monitoring.rules.words import (
    Cause,
    CommentState,
    Completion,
    HandedOver,
    MilestoneStatus,
    Stance,
)

STATUSES = {
    MilestoneStatus.NOT_STARTED: pgettext_lazy("milestone", "Not started"),
    MilestoneStatus.ON_TRACK: pgettext_lazy("milestone", "On track"),
    MilestoneStatus.LATE: pgettext_lazy("milestone", "Late"),
    MilestoneStatus.DONE: pgettext_lazy("milestone", "Done"),
    MilestoneStatus.STOPPED: pgettext_lazy("milestone", "Stopped"),
    MilestoneStatus.NO_WORD: pgettext_lazy("milestone", "No word"),
}
CHOICES: dict[str, Any] = {
    UNCHANGED: pgettext_lazy("milestone", "Unchanged"),
    **{key: word for key, word in STATUSES.items() if key != MilestoneStatus.NO_WORD},
}
"""What whoever answers may choose, in order."""
CAUSES = {
    Cause.BUDGET: _("Money"),
    Cause.LAW: _("Law or rules"),
    Cause.PROCUREMENT: _("Buying and contracts"),
    Cause.STAFF: _("Staff or organisation"),
    Cause.PARTNERS: _("The part of another body"),
    Cause.TECHNOLOGY: _("Technology"),
    Cause.MORE_DIALOGUE: _("More talk is needed"),
    Cause.EMERGENCY: _("An emergency"),
    Cause.CHANGE_OF_GOVERNMENT: _("A change of government"),
    Cause.OTHER: _("Something else"),
}
LEVELS = {
    Completion.NOT_STARTED: pgettext_lazy("completion", "Not started"),
    Completion.LIMITED: pgettext_lazy("completion", "Limited"),
    Completion.SUBSTANTIAL: pgettext_lazy("completion", "Substantial"),
    Completion.COMPLETE: pgettext_lazy("completion", "Complete"),
}
ASSESSMENT_KINDS: dict[str, Any] = {
    AssessmentKind.HALF_YEAR: _("Half-year report"),
    AssessmentKind.MID_TERM: _("Self-assessment midway"),
    AssessmentKind.END_OF_TERM: _("Self-assessment at the end of the plan"),
}
ASSESSMENT_STATES: dict[str, Any] = {
    AssessmentState.DRAFT: pgettext_lazy("report", "being written"),
    AssessmentState.PUT_OUT: pgettext_lazy("report", "put out to be read"),
    AssessmentState.PUBLISHED: pgettext_lazy("report", "published"),
}
STANCES = {
    Stance.CONFIRMED: _("It is so"),
    Stance.DISPUTED: _("It is not so"),
}
COMMENT_STATES: dict[str, Any] = {
    CommentState.HELD: _("waits for a look"),
    CommentState.PUBLIC: _("public"),
    CommentState.HIDDEN: _("hidden"),
}
HANDED_OVER: dict[str, Any] = {
    HandedOver.GOVERNMENT: _("A change of government stopped it"),
    HandedOver.FOCAL_POINT: _("Whoever answered for it left"),
    HandedOver.OTHER: _("Something else"),
}
"""Why a commitment is handed over."""
