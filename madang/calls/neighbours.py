"""What is proposed already that resembles what someone is about to send, or to sort.

Each process keeps what it read of a plan's proposals, and reads on from there when it is asked: what
it keeps is only ever a copy of what stands in the database, so no process needs another's.
"""

import logging
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock, Thread

from django.db import connection
from django.db.models import QuerySet

from madang.calls.intake import features_of
from madang.calls.models import Proposal, ProposalVersion
from madang.calls.pages.data import SHOWN
from madang.calls.rules.similar.fingerprints import Fingerprint, fingerprint, unpack
from madang.calls.rules.similar.groups import groups
from madang.calls.rules.similar.pairs import NEAR, Among, Pair
from madang.calls.rules.similar.rarity import Rarity
from madang.calls.rules.similar.reasons import shared_words
from madang.planning.models import Plan

MOST = 3
"""How many are shown. Source: UX.md P1, step 3."""
LEAST = 0.2
"""How near one must be. Lower than for a pair: who looks at three knows at once."""
LOOKED_AT = 12
AT_ONCE = 3_000
"""Up to so many are read while one waits; more by a thread of its own, and until then none shown."""
GROWN = 1.5
"""When the weights are reckoned anew: with half as many texts more."""


@dataclass(frozen=True)
class Neighbour:
    """A proposal everyone reads, how near it is, and which words both have."""

    proposal: Proposal
    score: float
    why: list[str]


def neighbours(plan: Plan, title: str, text: str) -> list[Neighbour]:
    """The proposals of a plan most like these words, the nearest first: at most three."""
    words = f"{title}\n{text}"
    return _neighbours(_held(plan.pk), fingerprint(words), words, MOST)


def neighbours_of(proposal: Proposal, most: int) -> list[Neighbour]:
    """The proposals most like one that is among them, the nearest first."""
    held, words = _held(proposal.plan_id), readable(proposal)
    return _neighbours(held, _read(proposal), words, most, but=proposal.pk)


def _neighbours(
    held: "_Held", text: "Fingerprint[int]", words: str, most: int, but: int | None = None
) -> list[Neighbour]:
    near = dict(held.nearest(text))
    near.pop(but or 0, None)
    rows = Proposal.objects.filter(SHOWN, pk__in=near).select_related("plan").defer("features")
    best = sorted(rows, key=lambda row: (-near[row.pk], row.number))[:most]
    return [
        Neighbour(row, near[row.pk], shared_words(readable(row), words, held.among.rarity, 3))
        for row in best
    ]


def alike(plan: Plan, keys: Set[int]) -> list[list[tuple[Proposal, list[str]]]]:
    """Groups of a plan's proposals that seem to say the same, each with one or more of `keys`.

    The earliest comes first; each other has the words it shares with that one.
    """
    held = _held(plan.pk)
    found = held.together(keys)
    rows = Proposal.objects.filter(SHOWN, pk__in=[key for one in found for key in one])
    there = {row.pk: row for row in rows.select_related("plan").defer("features")}
    groups_shown = [
        sorted((there[key] for key in one if key in there), key=_number) for one in found
    ]
    return [
        [(first, []), *((row, _why(row, first, held)) for row in others)]
        for first, *others in filter(None, groups_shown)
        if others and not keys.isdisjoint({first.pk, *(row.pk for row in others)})
    ]


def _number(row: Proposal) -> int:
    return row.number


def _why(row: Proposal, first: Proposal, held: "_Held") -> list[str]:
    return shared_words(readable(row), readable(first), held.among.rarity, 3)


def _read(row: Proposal) -> "Fingerprint[int]":
    """What was read of it at intake; of one kept in another form, read again."""
    try:
        return unpack(bytes(row.features))
    except ValueError:
        return unpack(features_of(row))


def rarity_of(plan: int) -> Rarity:
    """How rare a plan's proposals say each thing, as far as they were read."""
    return _held(plan).among.rarity


def readable(row: Proposal) -> str:
    """What everyone reads of a proposal that is public."""
    return row.title if row.title_only else f"{row.title}\n{row.text}"


@lru_cache(maxsize=4)
def _held(plan: int) -> "_Held":
    return _Held(plan)


class _Held:
    """A plan's proposals as far as they were read: `last` is the newest version that was."""

    def __init__(self, plan: int) -> None:
        self.plan = plan
        self.lock = Lock()
        self.reading: Thread | None = None
        self.among, self.owners = Among([]), list[int]()
        self.newest: dict[int, int] = {}
        self.last, self.weighed = 0, 0

    def nearest(self, text: "Fingerprint[int]") -> list[tuple[int, float]]:
        """The proposals and their scores. Of a proposal that was changed the newest words count."""
        with self.lock:
            self._read_on()
            found = self.among.nearest(text, LEAST, LOOKED_AT)
            return [
                (self.owners[place], score)
                for place, score in found
                if self.newest[self.owners[place]] == place
            ]

    def together(self, keys: Set[int]) -> list[list[int]]:
        """Groups of near copies, each with one or more of these proposals."""
        with self.lock:
            self._read_on()
            among, owners, newest = self.among, self.owners, self.newest
        pairs = set[Pair]()
        for key in keys & newest.keys():
            # One at a time: whoever is about to send something does not wait for all of them.
            with self.lock:
                place = newest[key]
                found = among.nearest(among.texts[place], NEAR, LOOKED_AT)
            for other, score in found:
                if other != place and newest[owners[other]] == other:
                    pairs.add(Pair(min(place, other), max(place, other), score))
        with self.lock:
            return [[owners[place] for place in one] for one in groups(pairs, NEAR, among.score)]

    def _read_on(self) -> None:
        # Acts go one after another, so a later version has a higher key.
        versions = ProposalVersion.objects.filter(proposal__plan=self.plan, pk__gt=self.last)
        fresh = list(versions.order_by("pk").values_list("pk", "proposal")[: AT_ONCE + 1])
        if len(fresh) > AT_ONCE or (self._outgrown(len(fresh)) and len(self.owners) > AT_ONCE):
            self._begin_anew()
            return
        if fresh and self._outgrown(len(fresh)):
            self._replace(*_all_of(self.plan))
        elif fresh:
            rows = Proposal.objects.filter(pk__in={pk for _version, pk in fresh})
            for pk, text in _texts(rows):
                self.newest[pk] = self.among.add(text)
                self.owners.append(pk)
            self.last = fresh[-1][0]

    def _outgrown(self, more: int) -> bool:
        return len(self.owners) + more > self.weighed * GROWN

    def _begin_anew(self) -> None:
        if self.reading and self.reading.is_alive():
            return
        self.reading = Thread(target=self._read_all, name="proposals", daemon=True)
        self.reading.start()

    def _read_all(self) -> None:
        try:
            last, owners, among = _all_of(self.plan)
            with self.lock:
                self._replace(last, owners, among)
        except Exception:
            logging.getLogger("madang.calls").exception("the proposals of a plan were not read")
        finally:
            connection.close()

    def _replace(self, last: int, owners: list[int], among: Among) -> None:
        self.last, self.owners, self.among = last, owners, among
        self.newest = {pk: place for place, pk in enumerate(owners)}
        self.weighed = len(owners)


def _all_of(plan: int) -> tuple[int, list[int], Among]:
    versions = ProposalVersion.objects.filter(proposal__plan=plan).order_by("-pk")
    last = versions.values_list("pk", flat=True).first() or 0
    read = list(_texts(Proposal.objects.filter(plan=plan)))
    among = Among(text for _pk, text in read)
    # What leads from one text to another is laid out here, and not while someone waits.
    among.nearest(fingerprint(""), LEAST)
    return last, [pk for pk, _text in read], among


def _texts(rows: QuerySet[Proposal]) -> Iterator[tuple[int, "Fingerprint[int]"]]:
    # What is left out here is asked for where `_read` needs it.
    for row in rows.order_by("pk").only("pk", "features").iterator(chunk_size=2_000):
        yield row.pk, _read(row)
