"""When an adopted plan may be published. Plain values in, plain values out."""

from collections.abc import Iterable, Mapping
from typing import Any

from madang.ballots.rules.words import BallotStatus, Outcome
from madang.foundation.refusals import NotNow, NotValid


def adopted_wording(papers: Iterable[Mapping[str, Any]], plan: int) -> dict[int, str]:
    """The commitments of a plan that a ballot's papers hold: number and the wording's SHA-256.

    Other papers, a file or a commitment of another plan, are no part of the edition.
    """
    found = {}
    for paper in papers:
        room, _colon, key = str(paper["ref"]).partition(":")
        of, _dash, number = key.partition("-")
        if room == "commitment" and of == str(plan) and number.isdigit():
            found[int(number)] = str(paper["sha256"])
    return dict(sorted(found.items()))


def adopted_direction(papers: Iterable[Mapping[str, Any]], ref: str) -> str | None:
    """The SHA-256 of the plan's direction where the ballot's papers hold it."""
    return next((str(paper["sha256"]) for paper in papers if paper["ref"] == ref), None)


def check_direction_kept(adopted: str | None, current: str) -> None:
    """Raises NotNow: plans.direction_changed, since the members voted on it."""
    if adopted not in (None, current):
        raise NotNow("plans.direction_changed")


def check_decided(
    ref: str, *, published: bool, decides: str, status: str, outcome: str | None
) -> None:
    """Only what the forum approved is published, and once.

    Raises NotNow: plans.already_published, plans.not_decided, plans.not_approved. Raises
    NotValid: plans.other_plan.
    """
    if published:
        raise NotNow("plans.already_published")
    if decides != ref:
        raise NotValid("plans.other_plan")
    if status != BallotStatus.CLOSED:
        raise NotNow("plans.not_decided")
    if outcome != Outcome.APPROVED:
        raise NotNow("plans.not_approved")


def check_wording(adopted: Mapping[int, str], current: Mapping[int, str]) -> None:
    """The text is the one the members voted on, commitment by commitment.

    Raises NotNow: plans.nothing_adopted, plans.wording_changed with the numbers that differ.
    """
    if not adopted:
        raise NotNow("plans.nothing_adopted")
    differing = sorted(
        number
        for number in adopted.keys() | current.keys()
        if adopted.get(number) != current.get(number)
    )
    if differing:
        raise NotNow("plans.wording_changed", numbers=differing)
