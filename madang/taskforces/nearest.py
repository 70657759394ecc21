"""The proposals nearest to one: what a member reads beside it. Suggestions; a person decides."""

from dataclasses import dataclass

from madang.calls.models import Proposal
from madang.calls.rules.similar.fingerprints import fingerprint
from madang.calls.rules.similar.pairs import score
from madang.calls.rules.similar.rarity import Rarity
from madang.calls.rules.similar.reasons import shared_words
from madang.calls.rules.words import ProposalState
from madang.taskforces.models import Placement

MOST, LOOKED_AT, LEAST = 5, 600, 0.2
"""How many are shown, how many of the group's newest are compared, and how near one must be."""
ASKING = """
알려 보여 열어 공개해 주세요 해 하게 되게 있게 수 좀 더 꼭 싶어요 싶습니다 바랍니다 please
"""
"""What nearly every title ends with, whatever it is about."""
_ASKED = frozenset(ASKING.split())


@dataclass(frozen=True)
class Near:
    """A proposal near another, where it lies, and which words they share."""

    placement: Placement
    score: float
    why: list[str]


def nearest(proposal: Proposal, group_id: int) -> list[Near]:
    """The nearest proposals of a group by their titles, the nearest first: two queries.

    What many titles of the plan say weighs little, however few lie with the group.
    """
    rows = (
        Placement.objects.filter(group=group_id, proposal__state=ProposalState.PUBLIC)
        .exclude(proposal=proposal)
        .select_related("proposal", "candidate")
        .defer("proposal__text", "proposal__features")
        .order_by("-proposal__number")[:LOOKED_AT]
    )
    here = [(_matter(row.proposal.title), row) for row in rows]
    matter = _matter(proposal.title)
    titles = Proposal.objects.filter(plan=proposal.plan_id).order_by("-number")
    said = titles.values_list("title", flat=True)[:LOOKED_AT]
    rarity = Rarity(fingerprint(_matter(title)) for title in said)
    own = fingerprint(matter)
    found = [(score(own, fingerprint(title), rarity), row) for title, row in here]
    best = sorted((one for one in found if one[0] >= LEAST), key=_rank)[:MOST]
    return [
        Near(row, near, shared_words(matter, _matter(row.proposal.title), rarity))
        for near, row in best
    ]


def _rank(one: tuple[float, Placement]) -> tuple[float, int]:
    return -one[0], one[1].proposal.number


def _matter(title: str) -> str:
    return " ".join(word for word in title.split() if word not in _ASKED)
