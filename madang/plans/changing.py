"""What a change of an adopted plan stands on: its rules, its decision, what its keys sign."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from madang.ballots.actions.draft import BallotDrafted
from madang.ballots.models import Ballot
from madang.ballots.reading import ballot_at
from madang.ballots.rules.rounds import split_ref
from madang.ballots.rules.words import LIVE, BallotStatus, Outcome
from madang.documents.files import canonical_digest
from madang.drafting.models import Commitment
from madang.drafting.versions import read_version
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotFound, NotNow, NotValid
from madang.meetings.models import AgendaItem, Meeting, Way
from madang.members.models import Forum
from madang.planning.models import Plan
from madang.plans.models import AmendmentRule, ChangeRequest, Edition
from madang.plans.rules.amending import (
    DatedRule,
    RuleKey,
    check_meeting,
    check_waiting,
    rule_on,
)


def rules_kept() -> list[DatedRule]:
    """Every rule about changes that is recorded."""
    return [
        DatedRule(rule.key, rule.figure, rule.starts, rule.ends)
        for rule in AmendmentRule.objects.all()
    ]


def figure_on(key: RuleKey, day: str) -> Mapping[str, Any] | None:
    """The figure of a rule in force on a day; None where none is recorded."""
    found = rule_on(rules_kept(), key, day)
    return found.figure if found else None


def submitted_on(plan: Plan) -> date | None:
    """When the plan was published here; None where that happened elsewhere.

    An edition that came from a file stands here since the file was loaded, which says nothing of
    when the plan was submitted.
    """
    first = Edition.objects.filter(plan=plan).order_by("number").first()
    if first is None or first.loaded_from:
        return None
    return timezone.localdate(first.published_at)


def change_digest(change: ChangeRequest) -> str:
    """What a co-chair's key to a change signs: the texts before and after, and the decision."""
    return canonical_digest(
        {
            "plan": change.plan.number,
            "change": change.number,
            "before": change.base.sha256,
            "after": change.sha256,
            "decided_by": change.decided_by,
        }
    )


def check_decision(
    decided_by: str, row: Commitment, *, asked: date, today: date, change: str = ""
) -> None:
    """A decision that is named must be there, a ballot approved, a meeting one that had the change.

    `row` is the commitment that is to change, `change` the ref of the request once there is one.

    Raises NotValid: plans.no_such_decision; NotNow: plans.decision_not_approved,
    plans.meeting_ahead, and what `check_meeting` raises.
    """
    if not decided_by:
        return
    meeting = _meeting(decided_by)
    if meeting:
        if (meeting.starts or "") > today.isoformat():
            raise NotNow("plans.meeting_ahead", field="decided_by")
        forum, about = Forum.objects.get(pk=1).body_id, [change] if change else []
        items = AgendaItem.objects.filter(meeting=meeting, taken_off_at=None)
        check_meeting(
            meeting.ends or meeting.starts,
            asked,
            of_the_forum=forum in (None, meeting.body_id),
            sitting=meeting.way == Way.SITTING,
            agenda=items.values_list("about", flat=True),
            about=[*about, *_refs_of(row)],
        )
        return
    ballot = _ballot(decided_by) if decided_by.startswith("ballot:") else None
    if ballot is None:
        raise NotValid("plans.no_such_decision", value=decided_by, field="decided_by")
    held = ballot.status != BallotStatus.RECORDED
    if held and (ballot.status, ballot.outcome) != (BallotStatus.CLOSED, Outcome.APPROVED):
        raise NotNow("plans.decision_not_approved", field="decided_by")


def _refs_of(row: Commitment) -> list[str]:
    """The commitment and its milestones, as an agenda names them."""
    labels = row.milestones.values_list("label", flat=True)
    return [row.ref, *(f"milestone:{row.plan.number}-{label}" for label in labels)]


def _meeting(ref: str) -> Meeting | None:
    kind, _, key = ref.partition(":")
    return Meeting.objects.filter(address=key).first() if kind == "meeting" else None


def _ballot(ref: str) -> Ballot | None:
    try:
        address, round = split_ref(ref)
    except ValueError:
        return None
    return Ballot.objects.filter(meeting__address=address, round=round).first()


def live_ballot(change: ChangeRequest) -> Ballot | None:
    """The ballot on which the forum is asked about a change now."""
    rows = Ballot.objects.filter(decides=change.ref, status__in=LIVE)
    return rows.select_related("meeting").first()


def was_asked(ballot: Ballot, change: ChangeRequest) -> bool:
    """Whether the forum was asked in this ballot about this change, in these very words."""
    laid = {paper["ref"]: paper["sha256"] for paper in ballot.papers}
    return ballot.decides == change.ref and laid.get(change.ref) == change.sha256


def approved_by_forum(change: ChangeRequest) -> bool:
    """Whether a ballot on this very change is what decided it."""
    ballot = _ballot(change.decided_by) if change.decided_by else None
    return ballot is not None and was_asked(ballot, change)


def decided_another(change: ChangeRequest) -> bool:
    """Whether the ballot that is named was on something else than this change.

    Of one that was not held here, nobody can say so.
    """
    ballot = _ballot(change.decided_by) if change.decided_by.startswith("ballot:") else None
    if ballot is None or ballot.status == BallotStatus.RECORDED:
        return False
    return not was_asked(ballot, change)


def check_when_asked(event: BallotDrafted, by: Actor, at: datetime) -> None:
    """The forum is asked about a change that waits, undecided, and once at a time.

    Stands in the act that drafts a ballot or a further round of one.

    Raises NotNow: plans.change_settled, plans.change_on_ballot, plans.change_decided.
    """
    ballot = ballot_at(event.about)
    change = change_at(ballot.decides)
    if change is None:
        return
    check_waiting(change.state)
    if change.decided_by:
        raise NotNow("plans.change_decided")
    if Ballot.objects.filter(decides=change.ref, status__in=LIVE).exclude(pk=ballot.pk).exists():
        raise NotNow("plans.change_on_ballot")


def change_papers(change: ChangeRequest) -> list[dict[str, Any]]:
    """What a ballot on a change lays before the forum: the whole wording after it, by its hash."""
    return [{"ref": change.ref, "title": change.commitment.title.kept(), "sha256": change.sha256}]


def before_and_after(change: ChangeRequest) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The parts of the wording that a change starts from, and of the one it leads to."""
    return read_version(change.base), json.loads(bytes(change.text))


_WITH = ("plan", "commitment", "base", "version", "edition")


def change_at(ref: str) -> ChangeRequest | None:
    """The change that a ref stands for, `change:5-2`; None for any other."""
    room, _, key = ref.partition(":")
    plan, _, number = key.partition("-")
    if room != "change" or not all(one.isdecimal() and len(one) < 10 for one in (plan, number)):
        return None
    rows = ChangeRequest.objects.select_related(*_WITH)
    return rows.filter(plan__number=int(plan), number=int(number)).first()


def find_change(plan: Plan, number: int) -> ChangeRequest:
    """Raises NotFound: plans.no_change."""
    rows = ChangeRequest.objects.select_related(*_WITH)
    found = rows.filter(plan=plan, number=number).first()
    if found is None:
        raise NotFound("plans.no_change", number=number, plan=plan.number)
    return found
