"""Check the record as a stranger would: every byte, every hash, every opening."""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from madang.record import tree
from madang.record.leaf import BadLeaf, commitment, moment, read_leaf
from madang.record.models import Entry, Head, Node, Opening
from madang.record.tree import Place


class Verdict(IntEnum):
    """What a check found; also the exit code of `madang verify`."""

    FINE = 0
    WRONG = 1
    CANNOT_TELL = 2


@dataclass(frozen=True)
class Finding:
    """The verdict, the entry it is about (None: the record as a whole) and why."""

    verdict: Verdict
    index: int | None = None
    why: str = ""
    size: int = 0
    root: str = ""


class _Wrong(Exception):
    def __init__(self, index: int | None, why: str) -> None:
        super().__init__(why)
        self.index = index
        self.why = why


def verify() -> Finding:
    """Read the whole record and compare it with itself.

    FINE when every entry is the bytes its hash was made of, in order, without a gap, and the
    tree above them is theirs; WRONG with the first entry that is not; CANNOT_TELL when there is
    no record to read.
    """
    head = Head.objects.filter(pk=1).first()
    if head is None or head.size == 0:
        return Finding(Verdict.CANNOT_TELL, why="the record has no entry yet")
    try:
        value = _walk(head)
        _openings()
    except _Wrong as wrong:
        return Finding(Verdict.WRONG, wrong.index, wrong.why, head.size)
    return Finding(Verdict.FINE, size=head.size, root=value.hex())


def _walk(head: Head) -> bytes:
    nodes: dict[Place, bytes] = {}
    kept = {(n.level, n.index): bytes(n.hash) for n in Node.objects.iterator(chunk_size=2000)}
    last = ""
    count = 0
    for expected, entry in enumerate(_in_order()):
        if entry.index != expected:
            raise _Wrong(expected, "the entry is missing")
        last = _check_entry(entry, head.log, last)
        value = bytes(entry.leaf_hash)
        nodes[0, expected] = value
        for place, made in tree.completed_by(expected, value, nodes):
            if kept.pop(place, None) != made:
                raise _Wrong(
                    expected, f"the tree's node {place[0]}/{place[1]} is not the one it completes"
                )
            nodes[place] = made
            # Below a complete pair only the pair is needed from here on.
            nodes.pop((place[0] - 1, place[1] * 2))
            nodes.pop((place[0] - 1, place[1] * 2 + 1))
        count = expected + 1
    if count != head.size:
        raise _Wrong(min(count, head.size), f"the head says {head.size} entries, there are {count}")
    if kept:
        raise _Wrong(None, f"the tree has {len(kept)} nodes that belong to no entry")
    return tree.root_of(nodes[place] for place in tree.peak_places(count))


def _in_order() -> Iterator[Entry]:
    return Entry.objects.order_by("index").iterator(chunk_size=2000)


def _check_entry(entry: Entry, log: str, last: str) -> str:
    leaf = bytes(entry.leaf)
    if tree.leaf_hash(leaf) != bytes(entry.leaf_hash):
        raise _Wrong(entry.index, "its bytes are not those that were hashed")
    try:
        said = read_leaf(leaf)
    except BadLeaf as bad:
        raise _Wrong(entry.index, str(bad)) from bad
    if said["i"] != entry.index or said["log"] != log:
        raise _Wrong(entry.index, "it says it stands elsewhere")
    if (
        said["t"] != entry.kind
        or said["at"] != moment(entry.at)
        or said["d"].get("about") != entry.about
    ):
        raise _Wrong(entry.index, "its columns say something else than its bytes")
    if said["at"] < last:
        raise _Wrong(entry.index, "its time is before that of the entry before it")
    return str(said["at"])


def _openings() -> None:
    for opening in Opening.objects.select_related("entry").iterator(chunk_size=2000):
        index = opening.entry_id
        stands = read_leaf(bytes(opening.entry.leaf))["c"].get(opening.field, "")
        shown = commitment(
            bytes(opening.key), field=opening.field, index=index, value=opening.value
        )
        if not hmac.compare_digest(stands, shown):
            raise _Wrong(index, f"the opening of {opening.field} does not fit")
