"""The sentence for every refusal, gathered from the rooms that refuse."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from madang.ballots.sentences import SENTENCES as BALLOTS
from madang.calls.sentences import SENTENCES as CALLS
from madang.consultation.sentences import SENTENCES as CONSULTATION
from madang.documents.sentences import SENTENCES as DOCUMENTS
from madang.drafting.sentences import SENTENCES as DRAFTING
from madang.foundation.dates import PartialDate
from madang.foundation.refusals import Refusal
from madang.foundation.sentences import SENTENCES as FOUNDATION
from madang.foundation.templatetags.madang import spell
from madang.letters.sentences import SENTENCES as LETTERS
from madang.letters.texts import spell_moment
from madang.meetings.sentences import SENTENCES as MEETINGS
from madang.members.sentences import SENTENCES as MEMBERS
from madang.monitoring.sentences import SENTENCES as MONITORING
from madang.planning.sentences import SENTENCES as PLANNING
from madang.plans.sentences import SENTENCES as PLANS
from madang.record.sentences import SENTENCES as RECORD
from madang.taskforces.sentences import SENTENCES as TASKFORCES

_WEB = {
    "web.not_found": _("There is no page at this address."),
    "web.no_such_twin": _("This page has no %(twin)s form."),
    "web.unknown_value": _("“%(value)s” is not a value of %(key)s. It can be: %(allowed)s."),
    "web.unknown_key": _("“%(key)s” is not a filter of this list. It can be: %(allowed)s."),
    "web.no_filters": _("“%(key)s” is not a filter: this address takes none."),
    "web.unknown_host": _("This server does not answer for that address."),
    "web.unreadable": _("The request could not be read: it holds characters that are not text."),
    "web.too_long": _("The address is too long."),
    "web.too_large": _(
        "What was sent is larger than %(most)s MB, the most this page takes. Go one page back in "
        "your browser: what you typed is usually still there."
    ),
    "web.wrong_method": _("This address can’t be used that way."),
    "web.not_your_page": _("This page is open to other roles than yours."),
    "web.signed_out": _(
        "You are signed out, so nothing was sent. Sign in and open the form again."
    ),
    "web.anothers_link": _(
        "This link is for the focal point of %(agency)s. You are signed in as someone else: sign "
        "out, and it opens."
    ),
    "web.no_seat_now": _(
        "You are signed in, and you hold no seat and no office in the forum now. A ballot that "
        "opened while you held a seat is answered by the link in your letter."
    ),
    "web.undeclared_route": _("This page has not been opened to anyone."),
    "web.stale_form": _(
        "The form was too old or came from elsewhere. Nothing was sent; please open it again."
    ),
    "web.too_much": _("What was typed is too long: at most %(most)s characters."),
    "web.email_missing": _("Type your e-mail address."),
    "web.not_an_email": _("This is not an e-mail address. One looks like name@example.kr."),
    "web.nothing_chosen": _("Nothing was chosen, so nothing was done."),
    "web.not_a_moment": _("Choose a day and a time, written like 2027-03-31 and 09:00."),
    "web.papers_changed": _(
        "A commitment changed while you were checking. These are the papers now; check them again."
    ),
    "web.not_a_day": _("Choose a step or a day."),
    "web.practice_only": _("This exists in a practice forum alone."),
}
SENTENCES: Mapping[str, Any] = {
    **_WEB,
    **BALLOTS,
    **CALLS,
    **CONSULTATION,
    **DOCUMENTS,
    **DRAFTING,
    **FOUNDATION,
    **LETTERS,
    **MEETINGS,
    **MEMBERS,
    **MONITORING,
    **PLANNING,
    **PLANS,
    **RECORD,
    **TASKFORCES,
}


def sentence(refusal: Refusal) -> str:
    """The refusal in the language of the page."""
    facts = {key: _spelt(value) for key, value in refusal.facts.items()}
    return str(SENTENCES[refusal.code]) % facts


def _spelt(value: Any) -> Any:
    if isinstance(value, datetime):
        return spell_moment(value)
    if isinstance(value, PartialDate):
        return spell(value)
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
