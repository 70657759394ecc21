"""What a ballot's text must hold before anyone may be asked for a key."""

from datetime import datetime

from django.utils import timezone

from madang.ballots.models import Ballot, Key
from madang.ballots.reading import roll_on, rules_on
from madang.ballots.rules.closing import check_window
from madang.ballots.rules.tally import read_rules
from madang.ballots.rules.words import WrittenReason
from madang.foundation.refusals import NotNow, NotValid
from madang.foundation.texts import Text


def check_text(
    question: Text, written_reason: str, *, opens_at: datetime, closes_at: datetime, at: datetime
) -> None:
    """Refuse a question that could not be voted on.

    Raises NotValid: ballots.no_question, ballots.no_written_reason, ballots.window_backwards,
    ballots.window_past, ballots.rule_not_recorded. Raises NotNow: ballots.no_roll.
    """
    if not any(question.words.values()):
        raise NotValid("ballots.no_question")
    if written_reason not in list(WrittenReason):
        raise NotValid("ballots.no_written_reason")
    check_window(opens_at, closes_at, at=at)
    day = timezone.localdate(opens_at).isoformat()
    read_rules(rules_on(day))
    if not roll_on(day):
        raise NotNow("ballots.no_roll")


def void_keys(ballot: Ballot, at: datetime) -> int:
    """End the keys that hold on a ballot; how many there were."""
    return Key.objects.filter(what=ballot.ref, voided_at=None).update(voided_at=at)
