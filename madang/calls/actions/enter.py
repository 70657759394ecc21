"""Enter a proposal on behalf of someone: from paper, by telephone, at a workshop."""

from datetime import datetime

from django.utils import timezone

from madang.calls.actions.send import ProposalReceived, received
from madang.calls.intake import keep
from madang.calls.models import Call
from madang.calls.rules.mailboxes import check_email
from madang.calls.rules.permissions import MAY
from madang.calls.rules.proposing import Words, check_words, waits_for_a_look
from madang.calls.rules.words import CallStatus, Channel
from madang.documents.keeping import Kept
from madang.foundation.actors import Actor
from madang.foundation.dates import is_a_day
from madang.foundation.refusals import NotNow, NotValid
from madang.record.acting import action

BY_HAND = (Channel.PAPER, Channel.TELEPHONE, Channel.WORKSHOP)


@action("proposal.enter", may=MAY)
def enter_proposal(
    call: Call,
    *,
    words: Words,
    channel: str,
    proposed_on: str,
    email: str = "",
    nonce: str,
    file: Kept | None = None,
    by: Actor,
    at: datetime,
) -> ProposalReceived:
    """Enter what came by another way, on the day it came. A letter that was late in the post may
    be entered after the close, as long as it came before it.

    Raises NotNow: calls.not_opened_yet, calls.sent_before. Raises NotValid: calls.no_channel,
    calls.came_outside, calls.email_no_at, calls.email_shape, and what `check_words` raises.
    """
    if call.status == CallStatus.ANNOUNCED:
        raise NotNow("calls.not_opened_yet")
    if channel not in BY_HAND:
        raise NotValid("calls.no_channel", field="channel")
    came_between = _day(call.opens_at) <= proposed_on <= min(_day(call.closes_at), _day(at))
    if not (is_a_day(proposed_on) and came_between):
        raise NotValid("calls.came_outside", field="proposed_on")
    check_words(words)
    if email:
        check_email(email)
    kept = keep(
        call.plan,
        words,
        channel=Channel(channel),
        nonce=nonce,
        held=waits_for_a_look(words),
        email=email,
        verified=False,
        proposed_on=proposed_on,
        file=file,
        at=at,
    )
    return received(kept, file)


def _day(at: datetime) -> str:
    return timezone.localdate(at).isoformat()
