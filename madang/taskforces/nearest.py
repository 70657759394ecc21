"""The proposals nearest to one: what a member reads beside it. Suggestions; a person decides."""

from dataclasses import dataclass

from madang.calls.models import Proposal
from madang.calls.rules.words import ProposalState
from madang.taskforces.models import Placement
from madang.taskforces.rules.nearness import nearness, pieces, shared_words

MOST, LOOKED_AT, LEAST = 5, 600, 0.08
"""How many are shown, how many of the group's newest are compared, and how near one must be."""


@dataclass(frozen=True)
class Near:
    """A proposal near another, where it lies, and which words they share."""

    placement: Placement
    score: float
    why: list[str]


def nearest(proposal: Proposal, group_id: int) -> list[Near]:
    """The nearest proposals of a group by their titles, the nearest first: one query."""
    rows = (
        Placement.objects.filter(group=group_id, proposal__state=ProposalState.PUBLIC)
        .exclude(proposal=proposal)
        .select_related("proposal", "candidate")
        .defer("proposal__text", "proposal__features")
        .order_by("-proposal__number")[:LOOKED_AT]
    )
    own = pieces(proposal.title)
    found = [(nearness(own, pieces(row.proposal.title)), row) for row in rows]
    best = sorted((one for one in found if one[0] >= LEAST), key=_rank)[:MOST]
    return [
        Near(row, score, shared_words(proposal.title, row.proposal.title)) for score, row in best
    ]


def _rank(one: tuple[float, Placement]) -> tuple[float, int]:
    return -one[0], one[1].proposal.number
