"""The words of comments on a draft in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from madang.consultation.rules.commenting import WINDOWS, CommentState, Fate, RoundStatus

Words = dict[str, str | Promise]

ROUND_STATES: Words = {
    RoundStatus.ANNOUNCED: _("announced"),
    RoundStatus.OPEN: _("open: anyone can comment"),
    RoundStatus.CLOSED: _("closed"),
    RoundStatus.CALLED_OFF: _("called off"),
}
WINDOW_SOURCES: Words = {
    WINDOWS[0].source: _(
        "Madang’s own figure: the two weeks promised for the draft of Korea’s fifth plan in 2020, "
        "and those OGP’s reviewer gives for comments on its own drafts"
    ),
}
"""Who asks for the window where the forum's rules say nothing."""
COMMENT_STATES: Words = {
    CommentState.RECEIVED: _("received, not public yet"),
    CommentState.PUBLIC: _("public"),
    CommentState.HIDDEN: _("hidden"),
    CommentState.WITHDRAWN: _("withdrawn by its author"),
}
FATES: Words = {
    Fate.TAKEN_UP: pgettext_lazy("comment", "taken up"),
    Fate.PARTLY: pgettext_lazy("comment", "partly taken up"),
    Fate.NOT_TAKEN_UP: pgettext_lazy("comment", "not taken up"),
}
WAITING, WITHDRAWN = "waiting", "withdrawn"
FATE_WORDS: Words = {
    WAITING: pgettext_lazy("comment", "not answered yet"),
    **FATES,
    WITHDRAWN: COMMENT_STATES[CommentState.WITHDRAWN],
}
STEPS: Words = {
    "received": pgettext_lazy("comment", "Received"),
    "public": pgettext_lazy("comment", "Public: everyone can read it"),
    "hidden": pgettext_lazy("comment", "Hidden by two persons of the secretariat"),
    "edited": pgettext_lazy("comment", "Changed by its author"),
    "withdrawn": pgettext_lazy("comment", "Withdrawn by its author"),
    "answered": pgettext_lazy("comment", "Answered"),
}
"""What may happen to a comment."""
