"""What is to be published of a plan: the decision, the wording, the text the keys sign."""

from collections.abc import Mapping

from django.db.models import Max, QuerySet

from madang.ballots.models import Ballot
from madang.ballots.papers import papers_of
from madang.ballots.rules.words import BallotStatus
from madang.documents.files import canonical_digest
from madang.drafting.models import CommitmentVersion
from madang.drafting.versions import direction_paper
from madang.planning.models import Plan, PlanStatus
from madang.plans.models import Edition, PendingEditionKey
from madang.plans.rules.publishing import (
    adopted_direction,
    adopted_wording,
    check_decided,
    check_direction_kept,
    check_wording,
)


def is_published(plan: Plan) -> bool:
    """Whether the plan was adopted and published here: from then on its text cannot be edited."""
    return plan.status == PlanStatus.PUBLISHED


def deciding_ballot(plan: Plan) -> Ballot | None:
    """The ballot on the plan that was closed last; None where none was held here."""
    closed = Ballot.objects.filter(decides=plan.ref, status=BallotStatus.CLOSED)
    return closed.select_related("meeting__body").order_by("-closed_at", "-round").first()


def current_wording(plan: Plan) -> dict[int, str]:
    """The SHA-256 of each commitment as it reads now, by its number."""
    return adopted_wording(papers_of(plan), plan.number)


def hashes_of(versions: Mapping[int, CommitmentVersion]) -> dict[int, str]:
    """Each version's SHA-256 by the commitment's number."""
    return {number: version.sha256 for number, version in versions.items()}


def edition_ref(plan: Plan) -> str:
    """The ref of the edition that is published next."""
    last = Edition.objects.filter(plan=plan).aggregate(most=Max("number"))["most"] or 0
    return f"edition:{plan.number}-{last + 1}"


def waiting_edition_keys(plan: Plan) -> QuerySet[PendingEditionKey]:
    """The approvals by document of the plan's next edition that wait for a second officer."""
    waiting = PendingEditionKey.objects.filter(plan=plan, confirmed_at=None, dropped_at=None)
    return waiting.select_related("file", "entered_by__person")


def edition_digest(plan: Plan, ballot: Ballot, wording: Mapping[int, str]) -> str:
    """What a co-chair's key to an edition signs: the plan, the ballot, and each wording's hash."""
    commitments = [[number, sha256] for number, sha256 in wording.items()]
    return canonical_digest({"plan": plan.number, "ballot": ballot.ref, "commitments": commitments})


def adopted_versions(plan: Plan, ballot: Ballot) -> dict[int, CommitmentVersion]:
    """The versions that the ballot adopted, by number, where they may be published now.

    Raises NotNow: plans.already_published, plans.not_decided, plans.not_approved,
    plans.nothing_adopted, plans.wording_changed, plans.direction_changed. Raises NotValid:
    plans.other_plan.
    """
    check_decided(
        plan.ref,
        published=is_published(plan),
        decides=ballot.decides,
        status=ballot.status,
        outcome=ballot.outcome,
    )
    adopted = adopted_wording(ballot.papers, plan.number)
    check_wording(adopted, current_wording(plan))
    direction = adopted_direction(ballot.papers, plan.ref)
    check_direction_kept(direction, direction_paper(plan)["sha256"])
    kept = CommitmentVersion.objects.filter(
        commitment__plan=plan, sha256__in=adopted.values()
    ).select_related("commitment")
    # A text that was changed and changed back has two versions; the newer one stands.
    versions = {
        row.commitment.number: row
        for row in kept.order_by("commitment__number", "number")
        if adopted.get(row.commitment.number) == row.sha256
    }
    check_wording(adopted, hashes_of(versions))
    return versions
