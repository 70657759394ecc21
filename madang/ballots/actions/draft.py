"""Draft a ballot in writing as a numbered meeting."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone

from madang.ballots.drafts import check_opening, check_text
from madang.ballots.models import Ballot
from madang.ballots.reading import text_digest
from madang.ballots.rules.permissions import MAY
from madang.ballots.rules.words import BallotStatus
from madang.documents.files import canonical_digest
from madang.foundation.actors import Actor
from madang.foundation.texts import Text
from madang.meetings.models import Meeting, Way
from madang.meetings.reading import next_number
from madang.members.models import Forum
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class BallotDrafted(Event):
    """A question was drafted for a vote in writing."""

    KIND: ClassVar[str] = "ballot.drafted"

    meeting: int
    digest: str
    papers: str
    opens_at: str
    closes_at: str


@action("ballot.draft", may=MAY)
def draft_ballot(
    forum: Forum,
    *,
    question: Text,
    decides: str,
    papers: list[dict[str, Any]],
    written_reason: str,
    opens_at: datetime,
    closes_at: datetime,
    by: Actor,
    at: datetime,
) -> BallotDrafted:
    """Make the forum's next meeting, in writing, with its ballot; the co-chairs' keys come next.

    Raises NotValid: ballots.no_question, ballots.no_written_reason, ballots.window_backwards,
    ballots.window_past, ballots.rule_not_recorded. Raises NotNow: ballots.no_roll. The refusals
    of `check_opening`.
    """
    check_text(question, written_reason, opens_at=opens_at, closes_at=closes_at, at=at)
    check_opening(opens_at, at=at)

    meeting = _next_meeting(forum, opens_at, closes_at)
    ballot = Ballot(
        meeting=meeting,
        question=question,
        decides=decides,
        way=Way.IN_WRITING,
        status=BallotStatus.DRAFT,
        papers=papers,
        written_reason=written_reason,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    ballot.digest = text_digest(ballot)
    ballot.save()
    return BallotDrafted(**drafted(ballot))


def drafted(ballot: Ballot) -> dict[str, Any]:
    """What the record keeps of a ballot that was drafted, whichever round it is."""
    assert ballot.opens_at and ballot.closes_at
    return {
        "about": ballot.ref,
        "meeting": ballot.meeting.number,
        "digest": ballot.digest,
        "papers": canonical_digest([paper["sha256"] for paper in ballot.papers]),
        "opens_at": ballot.opens_at.isoformat(),
        "closes_at": ballot.closes_at.isoformat(),
    }


def _next_meeting(forum: Forum, opens_at: datetime, closes_at: datetime) -> Meeting:
    assert forum.body
    number, address = next_number(forum.body)
    return Meeting.objects.create(
        body=forum.body,
        number=number,
        address=address,
        title=Text({"ko": f"제{number}차 회의(서면)", "en": f"Meeting {number}, in writing"}),
        way=Way.IN_WRITING,
        starts=timezone.localdate(opens_at).isoformat(),
        ends=timezone.localdate(closes_at).isoformat(),
        source=None,
    )
