"""The papers of a question: which texts it puts to the vote, each by its hash."""

from typing import Any

from madang.ballots.models import Ballot
from madang.drafting.models import Commitment
from madang.drafting.rules.wording import fingerprint, wording
from madang.drafting.versions import direction_paper
from madang.drafting.wordings import parts_of
from madang.foundation.refusals import NotNow
from madang.planning.models import Plan

_PARTS = ("leads__agency", "leads__sub_commitment", "sub_commitments", "milestones__agency")


def papers_of(plan: Plan) -> list[dict[str, Any]]:
    """The plan's commitments as they read now: `[{ref, title, sha256}]`, in their order."""
    commitments = Commitment.objects.filter(plan=plan, withdrawn_at=None)
    return [
        {
            "ref": commitment.ref,
            "title": commitment.title.kept(),
            "sha256": fingerprint(wording(parts_of(commitment))),
        }
        for commitment in commitments.select_related("plan", "vision").prefetch_related(*_PARTS)
    ]


def question_papers(plan: Plan) -> list[dict[str, Any]]:
    """What a ballot on the plan lays before the forum: its direction, then its commitments.

    Raises NotNow: ballots.no_papers.
    """
    commitments = papers_of(plan)
    if not commitments:
        raise NotNow("ballots.no_papers")
    return [direction_paper(plan), *commitments]


def plan_of(ballot: Ballot) -> Plan | None:
    """The plan a ballot decides, where it decides one that is known here."""
    number = ballot.decides.removeprefix("plan:")
    known = ballot.decides.startswith("plan:") and number.isdigit()
    return Plan.objects.filter(number=int(number)).first() if known else None


def papers_outdated(ballot: Ballot) -> bool:
    """Whether the plan reads otherwise now than the papers the ballot lays before the forum."""
    plan = plan_of(ballot)
    if plan is None:
        return False
    kept = {paper["ref"]: paper["sha256"] for paper in ballot.papers}
    now = {paper["ref"]: paper["sha256"] for paper in [direction_paper(plan), *papers_of(plan)]}
    ours = {ref for ref in kept if ref == plan.ref or ref.startswith(f"commitment:{plan.number}-")}
    if plan.ref not in ours:
        now.pop(plan.ref)
    return bool(ours) and {ref: kept[ref] for ref in ours} != now


def check_papers(ballot: Ballot) -> None:
    """Refuse a ballot whose papers are not what the plan says any more.

    What was approved of them could never be published, and nothing would lead out of it.

    Raises NotNow: ballots.papers_outdated.
    """
    if papers_outdated(ballot):
        raise NotNow("ballots.papers_outdated")
