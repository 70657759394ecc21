"""What lies near a proposal, and what of a group's queue seems to say the same or speak of one thing.

Suggestions, each with its why; a person decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from madang.calls.models import Proposal
from madang.calls.neighbours import LEAST, alike, neighbours_of, rarity_of, readable
from madang.calls.rules.similar.fingerprints import Fingerprint, fingerprint
from madang.calls.rules.similar.pairs import score
from madang.calls.rules.similar.reasons import shared_words
from madang.calls.rules.similar.topics import topics
from madang.taskforces.models import Candidate, Group, Placement
from madang.taskforces.pages.data import WAITS

MOST = 5
"""How many proposals are shown, and how many candidates."""
NEXT = 30
"""Of so many that wait, the first by number, copies are sought among all of the plan's proposals."""
READ = 300
"""Of so many that wait topics are made."""


@dataclass(frozen=True)
class Near:
    """A proposal near another, where it lies, and which words they share."""

    proposal: Proposal
    placement: Placement | None
    why: list[str]


@dataclass(frozen=True)
class NearCandidate:
    """A candidate whose own words are near a proposal, and which words they share."""

    candidate: Candidate
    why: list[str]


@dataclass(frozen=True)
class Spoken:
    """What several that wait speak of: words that stand in them, and the proposals."""

    words: tuple[str, ...]
    proposals: list[Proposal]


def nearest(proposal: Proposal) -> list[Near]:
    """The proposals of the plan most like one, in whichever group they lie."""
    found = neighbours_of(proposal, MOST)
    return _placed([[(one.proposal, one.why) for one in found]])[0]


def nearest_candidates(proposal: Proposal, among: Iterable[Candidate]) -> list[NearCandidate]:
    """The candidates that say by themselves what a proposal says, the nearest first."""
    words, rarity = readable(proposal), rarity_of(proposal.plan_id)
    own = _read(words)
    said = [(one, _said(one)) for one in among]
    found = [(score(own, _read(text), rarity), one, text) for one, text in said]
    best = sorted(
        (one for one in found if one[0] >= LEAST), key=lambda one: (-one[0], one[1].number)
    )
    return [
        NearCandidate(one, shared_words(text, words, rarity, 3))
        for _score, one, text in best[:MOST]
    ]


def copies(group: Group) -> list[list[Near]]:
    """What of the next to be sorted seems to say the same as others of the plan."""
    waits = Placement.objects.filter(WAITS, group=group).order_by("proposal__number")
    found = alike(group.plan, set(waits.values_list("proposal", flat=True)[:NEXT]))
    return _placed(found)


def topics_of(group: Group) -> list[Spoken]:
    """What those that wait with a group speak of, the largest topic first."""
    rows = Proposal.objects.filter(placement__in=Placement.objects.filter(WAITS, group=group))
    waits = list(rows.select_related("plan").defer("features").order_by("number")[:READ])
    return [
        Spoken(one.words, [waits[place] for place in one.members])
        for one in topics([readable(row) for row in waits])
    ]


def _placed(found: list[list[tuple[Proposal, list[str]]]]) -> list[list[Near]]:
    """Groups of proposals, each with where it lies: one query for all."""
    keys = [row.pk for group in found for row, _why in group]
    rows = Placement.objects.filter(proposal__in=keys)
    lies = {one.proposal_id: one for one in rows.select_related("candidate", "group")}
    return [[Near(row, lies.get(row.pk), why) for row, why in group] for group in found]


def _said(candidate: Candidate) -> str:
    texts = (candidate.title, candidate.problem, candidate.promise)
    return "\n".join(words for text in texts if text for words in text.words.values() if words)


@lru_cache(maxsize=2_000)
def _read(text: str) -> "Fingerprint[int]":
    return fingerprint(text)
