"""Publish an adopted plan: two keys on the very wording that the members voted on."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.ballots.keys import both_turned, chair_of, turn
from madang.ballots.models import Ballot
from madang.ballots.reading import ballot_at
from madang.documents.files import canonical_digest
from madang.foundation.actors import CLOCK, Actor
from madang.foundation.refusals import NotNow
from madang.planning.models import Plan, PlanStatus
from madang.plans.models import Edition
from madang.plans.reading import adopted_versions, edition_digest, edition_ref, hashes_of
from madang.plans.rules.permissions import MAY
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class EditionKeyed(Event):
    """A co-chair approved that this edition is published; `keys` are turned now."""

    KIND: ClassVar[str] = "edition.keyed"

    edition: str
    ballot: str
    side: str
    seat: str
    stands_in: bool = False
    digest: str
    keys: int


@dataclass(frozen=True, kw_only=True)
class PlanPublished(Event):
    """A plan was published as a ballot adopted it. `sha256` is the edition's."""

    KIND: ClassVar[str] = "plan.published"

    edition: str
    ballot: str
    commitments: int
    sha256: str


@action("edition.key", may=MAY)
def turn_edition_key(
    plan: Plan, *, ballot: Ballot, digest: str, by: Actor, at: datetime
) -> EditionKeyed:
    """Turn one of the two keys to the plan's next edition; the second one publishes it.

    `digest` is that of the edition the co-chair read.

    Raises NotNow: plans.already_published, plans.not_decided, plans.not_approved,
    plans.nothing_adopted, plans.wording_changed, plans.direction_changed, ballots.text_changed,
    ballots.key_turned. Raises NotValid: plans.other_plan. Raises NotAllowed: ballots.not_a_chair.
    """
    ballot = _fresh(ballot)
    current = check_edition(plan, ballot, digest)
    chair, what = chair_of(by, at), edition_ref(plan)
    turned = turn(what, chair, on=current, at=at)
    return EditionKeyed(
        about=plan.ref,
        edition=what,
        ballot=ballot.ref,
        side=chair.side,
        seat=chair.seat.number,
        stands_in=chair.stands_in,
        digest=current,
        keys=turned,
    )


@action("edition.publish", may=MAY)
def publish_plan(plan: Plan, *, ballot: Ballot, by: Actor, at: datetime) -> PlanPublished:
    """Publish the plan's next edition: the versions whose hashes stood in the ballot's papers.

    From then on its text cannot be edited. Its papers are set afterwards, by the clock.

    Raises NotNow: plans.already_published, plans.not_decided, plans.not_approved,
    plans.nothing_adopted, plans.wording_changed, plans.direction_changed, plans.keys_missing.
    Raises NotValid: plans.other_plan.
    """
    ballot = _fresh(ballot)
    versions = adopted_versions(plan, ballot)
    wording = hashes_of(versions)
    what = edition_ref(plan)
    if not both_turned(what, on=edition_digest(plan, ballot, wording)):
        raise NotNow("plans.keys_missing")

    edition = Edition.objects.create(
        plan=plan,
        number=int(what.rpartition("-")[2]),
        adopted_by=ballot.ref,
        sha256=canonical_digest([[number, sha256] for number, sha256 in wording.items()]),
        published_at=at,
    )
    edition.versions.set(versions.values())
    plan.status = PlanStatus.PUBLISHED
    plan.save(update_fields=["status"])
    return PlanPublished(
        about=plan.ref,
        edition=edition.ref,
        ballot=ballot.ref,
        commitments=len(wording),
        sha256=edition.sha256,
    )


def check_edition(plan: Plan, ballot: Ballot, digest: str) -> str:
    """The digest of the edition as it would be published; refuse another one that was read.

    Raises NotNow: ballots.text_changed, and what `adopted_versions` raises.
    """
    current = edition_digest(plan, ballot, hashes_of(adopted_versions(plan, ballot)))
    if digest != current:
        raise NotNow("ballots.text_changed")
    return current


def publish_when_keyed(event: EditionKeyed, by: Actor, at: datetime) -> None:
    """With the second key the edition is published, in the same act."""
    if event.keys == 2:
        plan = Plan.objects.get(number=int(event.about.removeprefix("plan:")))
        # A key by document is an officer's act, and no officer publishes: then it is the clock's.
        chair = by if publish_plan.open_to(by, plan) else CLOCK
        publish_plan(plan, ballot=ballot_at(event.ballot), by=chair, at=at)


def _fresh(ballot: Ballot) -> Ballot:
    return Ballot.objects.select_related("meeting").get(pk=ballot.pk)
