"""The words of calls and proposals in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from madang.calls.rules.personal import EMAIL, RESIDENT, TELEPHONE
from madang.calls.rules.replying import WAITING, WITHDRAWN, Disposition
from madang.calls.rules.window import NOTICES
from madang.calls.rules.words import (
    CallStatus,
    Channel,
    HiddenFor,
    NotInPlan,
    Outcome,
    ProposalState,
)

Words = dict[str, str | Promise]

CALL_STATES: Words = {
    CallStatus.ANNOUNCED: _("announced"),
    CallStatus.OPEN: _("open: anyone can propose"),
    CallStatus.CLOSED: _("closed"),
    CallStatus.ENDED: _("ended without a result"),
}
CHANNELS: Words = {
    Channel.FORM: _("on this site"),
    Channel.PAPER: _("on paper"),
    Channel.TELEPHONE: _("by telephone"),
    Channel.WORKSHOP: _("at a workshop"),
    Channel.IMPORT: _("taken over from a list"),
}
STATES: Words = {
    ProposalState.RECEIVED: _("received, not public yet"),
    ProposalState.PUBLIC: _("public"),
    ProposalState.SUPPLEMENT: _("its author was asked to add something"),
    ProposalState.HIDDEN: _("hidden"),
    ProposalState.WITHDRAWN: _("withdrawn by its author"),
}
HIDDEN_FOR: Words = {
    HiddenFor.PERSONAL_DATA: _("it held personal data"),
    HiddenFor.ABUSE: _("it abused or threatened someone"),
    HiddenFor.ADVERTISING: _("it was an advertisement"),
    HiddenFor.UNLAWFUL: _("it broke a law"),
    HiddenFor.REPEATED: _("the same was sent many times"),
}
OUTCOMES: Words = {
    Outcome.JOINED: _("joined with others"),
    Outcome.IN_PLAN: _("in the plan"),
    Outcome.PARTLY: _("partly in the plan"),
    Outcome.NOT_IN_PLAN: _("not in this plan"),
    Outcome.PASSED_ON: _("passed on"),
}
OUTCOME_WORDS: Words = {
    WAITING: pgettext_lazy("proposal", "not answered yet"),
    **OUTCOMES,
    WITHDRAWN: _("withdrawn"),
}
NOT_IN_PLAN: Words = {
    NotInPlan.BEING_DONE: _("it is being done already"),
    NotInPlan.AGENCY_DECLINED: _("the agency did not take it up"),
    NotInPlan.NEEDS_LAW: _("a law must change first"),
    NotInPlan.NOT_OPEN_GOVERNMENT: _("it lies outside open government"),
    NotInPlan.SAME_AS_ANOTHER: _("it is the same as another proposal"),
    NotInPlan.TOO_LOCAL: _("it is a matter of one place"),
    NotInPlan.NO_MEANS: _("there is no money or staff for it"),
    NotInPlan.NEEDS_WORK: _("it needs more thought"),
}
DISPOSITIONS: Words = {
    Disposition.ADOPTED: pgettext_lazy("law", "adopted"),
    Disposition.PARTLY_ADOPTED: pgettext_lazy("law", "adopted in part"),
    Disposition.MERGED: pgettext_lazy("law", "merged"),
    Disposition.NOT_ADOPTED: pgettext_lazy("law", "not adopted"),
    Disposition.TRANSFERRED: pgettext_lazy("law", "transferred"),
    Disposition.WITHDRAWN: pgettext_lazy("law", "withdrawn"),
}
PERSONAL: Words = {
    RESIDENT: _("a resident number"),
    TELEPHONE: _("a telephone number"),
    EMAIL: _("an e-mail address"),
}
LIMIT_WORDS: Words = {
    "propose.place": _("proposals from one place"),
    "propose.address": _("proposals from one e-mail address"),
    "attach.place": _("files from one place"),
    "comment.place": _("comments on a draft from one place"),
    "comment.address": _("comments on a draft from one e-mail address"),
    "code.place": _("numbers and lists mailed on behalf of one place"),
}
NOTICE_SOURCES: dict[str, str | Promise] = {
    NOTICES[0].source: _(
        "OGP Participation and Co-Creation Standards, Standard 3, minimum requirement 3.1"
    ),
}
"""Who asks for the notice where the forum's rules say nothing."""
