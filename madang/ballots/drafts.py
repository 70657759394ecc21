"""What a ballot's text must hold before anyone may be asked for a key."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from madang.ballots.models import Ballot, Key
from madang.ballots.papers import plan_of
from madang.ballots.reading import roll_on, rules_on
from madang.ballots.rules.closing import check_window
from madang.ballots.rules.preparing import check_notice, notice_days
from madang.ballots.rules.rounds import check_new_round
from madang.ballots.rules.tally import read_rules
from madang.ballots.rules.words import LIVE, BallotStatus, Outcome, WrittenReason
from madang.foundation.refusals import NotNow, NotValid
from madang.foundation.texts import Text
from madang.meetings.models import Meeting
from madang.planning.rules.writing import check_can_write


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


def check_opening(opens_at: datetime, *, at: datetime, announced: datetime | None = None) -> None:
    """Refuse an opening that the forum's rules call too soon, when it is written and never later.

    `announced` is the opening that a revision found: whoever opens no earlier than that takes
    nobody's notice away. A key turned late is no reason to refuse: it would make the ballot one
    that can't open.

    Raises NotValid: ballots.notice_short, ballots.rule_not_understood.
    """
    if announced is not None and opens_at >= announced:
        return
    day = timezone.localdate(opens_at)
    asked = notice_days(rules_on(day.isoformat()))
    check_notice(asked, opens_on=day, written_on=timezone.localdate(at))


def check_round_after(ballot: Ballot, *, at: datetime) -> None:
    """Refuse a new round that may not follow this one.

    Raises NotNow as `check_new_round` and `check_can_write` do.
    """
    came = _with_what_came_after().get(pk=ballot.pk)
    check_new_round(
        came.status, came.outcome, came.detail, followed=came.followed, elsewhere=came.elsewhere
    )
    if plan := plan_of(ballot):
        today = timezone.localdate(at).isoformat()
        check_can_write(plan.status, frozen_by=plan.frozen_by, starts=plan.starts, today=today)


def rounds_to_repeat(at: datetime) -> list[Ballot]:
    """The rounds that too few answered and that a new one may follow now."""
    last = _with_what_came_after().filter(followed=False, elsewhere=False)
    short = last.filter(status=BallotStatus.CLOSED, outcome=Outcome.NO_QUORUM)
    return [ballot for ballot in short.select_related("meeting") if _may_follow(ballot, at)]


def _with_what_came_after() -> QuerySet[Any]:
    """Ballots with `followed`, a later round of theirs, and `elsewhere`, a later meeting's ballot."""
    others = Ballot.objects.exclude(status=BallotStatus.ANNULLED)
    rounds = others.filter(meeting=OuterRef("meeting"), round__gt=OuterRef("round"))
    later = Q(status__in=LIVE) | Q(closed_at__gt=OuterRef("closed_at"))
    asked = others.filter(later, decides=OuterRef("decides")).exclude(meeting=OuterRef("meeting"))
    return Ballot.objects.annotate(followed=Exists(rounds), elsewhere=Exists(asked))


def _may_follow(ballot: Ballot, at: datetime) -> bool:
    try:
        check_round_after(ballot, at=at)
    except NotNow:
        return False
    return True


def span_meeting(meeting: Meeting) -> None:
    """Let a meeting last from its first round's opening to its last one's close."""
    held = meeting.ballots.exclude(status=BallotStatus.ANNULLED)
    span = held.aggregate(first=Min("opens_at"), last=Max("closes_at"))
    if span["first"]:
        meeting.starts = timezone.localdate(span["first"]).isoformat()
        meeting.ends = timezone.localdate(span["last"]).isoformat()
        meeting.save(update_fields=["starts", "ends"])


def void_keys(ballot: Ballot, at: datetime) -> int:
    """End the keys that hold on a ballot; how many there were."""
    return Key.objects.filter(what=ballot.ref, voided_at=None).update(voided_at=at)
