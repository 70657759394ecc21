"""Plans on their way to being published: decided by a ballot, keyed, and out."""

from datetime import timedelta
from typing import Any

from madang.ballots.models import Ballot
from madang.ballots.papers import papers_of
from madang.drafting.actions.fix import fix_versions
from madang.planning.models import Plan
from madang.plans.actions.publish import turn_edition_key
from madang.plans.reading import adopted_versions, edition_digest, hashes_of
from tests.makers.ballots import CLOSES, DRAFTED, a_closed_ballot, again, co_chair, secretary

KEYED = CLOSES + timedelta(hours=9)


def the_plan(number: int = 2) -> Plan:
    """A plan of the practice forum; its second is written and not decided yet."""
    return Plan.objects.get(number=number)


def a_deciding_ballot(answered: Any = 20, *, plan: Plan | None = None, **other: Any) -> Ballot:
    """A closed ballot on a plan whose papers are the plan's commitments as they read now."""
    asked = plan or the_plan()
    fix_versions(asked, by=secretary(), at=DRAFTED)
    given = {"decides": asked.ref, "papers": papers_of(asked), **other}
    return a_closed_ballot(answered, **given)


def digest_of(ballot: Ballot, plan: Plan | None = None) -> str:
    """What the co-chairs' keys to the plan's next edition sign."""
    asked = plan or the_plan()
    return edition_digest(asked, ballot, hashes_of(adopted_versions(asked, ballot)))


def key(ballot: Ballot, side: str, *, plan: Plan | None = None, **other: Any) -> Any:
    """One side's key to the edition; the second one publishes it."""
    asked = plan or the_plan()
    given = {"digest": digest_of(ballot, asked), "by": co_chair(side), "at": KEYED, **other}
    return turn_edition_key(asked, ballot=ballot, **given)


def a_published_plan() -> Ballot:
    """The plan adopted by a ballot here and published with both keys; its ballot."""
    ballot = a_deciding_ballot()
    for side in ("government", "civil_society"):
        key(ballot, side)
    return again(ballot)
