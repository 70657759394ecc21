"""The words of sorting and of candidates in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from madang.taskforces.rules.words import CandidateStatus, Choice, Grade, Side, Tie

Words = dict[str, str | Promise]

CHOICES: Words = {
    Choice.JOIN: _("Join it to a candidate"),
    Choice.NEW: _("A new candidate"),
    Choice.OTHER_GROUP: _("To another group"),
    Choice.OTHER_BODY: _("To another body"),
    Choice.NOT_IN_PLAN: _("Not in this plan"),
    Choice.LATER: _("Later"),
}
"""The six choices, in the order of their keys."""
CHOSEN: Words = {
    Choice.JOIN: _("joined to a candidate"),
    Choice.NEW: _("a new candidate"),
    Choice.OTHER_GROUP: _("passed to another group"),
    Choice.OTHER_BODY: _("for another body"),
    Choice.NOT_IN_PLAN: _("not in this plan"),
    Choice.LATER: _("put off"),
}
GRADES: Words = {Grade.GOOD: pgettext_lazy("grade", "good"), Grade.B: pgettext_lazy("grade", "B")}
STATUS: Words = {
    CandidateStatus.OPEN: _("being weighed"),
    CandidateStatus.MERGED: _("merged into another"),
    CandidateStatus.SPLIT: _("split into others"),
    CandidateStatus.CHOSEN: _("became a commitment"),
    CandidateStatus.SET_ASIDE: _("set aside"),
}
SIDES: Words = {Side.PRO: _("What speaks for it"), Side.CON: _("What speaks against it")}
TIES: Words = {
    Tie.MERGED_FROM: _("was merged into this one"),
    Tie.SPLIT_FROM: _("is what this one was split from"),
}
TIES_BACK: Words = {
    Tie.MERGED_FROM: _("took this one in"),
    Tie.SPLIT_FROM: _("was split from this one"),
}
"""The same ties as the other candidate of the two tells them."""
