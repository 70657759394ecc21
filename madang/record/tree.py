"""The Merkle tree of RFC 6962 (section 2.1), kept as its complete subtrees.

A complete subtree of `2**level` leaves is a node `(level, index)`; the leaves are level 0.
A tree of any size is then its peaks, from left to right, and a proof is a short list of nodes.
Source: RFC 6962, 2.1 and 2.1.1.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

EMPTY = sha256(b"").digest()
Place = tuple[int, int]
"""Where a complete subtree stands: its level and its number within the level."""


def leaf_hash(leaf: bytes) -> bytes:
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def peak_places(size: int) -> list[Place]:
    """The complete subtrees a tree of `size` leaves is made of, left to right."""
    places, start = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            places.append((level, start >> level))
            start += 1 << level
    return places


def completed_with(index: int) -> list[Place]:
    """The complete subtrees that leaf number `index` makes larger ones of, lowest first."""
    found, level, place = [], 0, index
    while place & 1:
        found.append((level, place - 1))
        level, place = level + 1, place >> 1
    return found


def completed_by(
    index: int, leaf: bytes, earlier: Mapping[Place, bytes]
) -> list[tuple[Place, bytes]]:
    """The subtrees that become complete when leaf number `index` arrives, lowest first.

    `leaf` is the leaf's hash; `earlier` has the hashes of `completed_with(index)`.
    """
    made, value = [], leaf
    for level, place in completed_with(index):
        value = node_hash(earlier[level, place], value)
        made.append(((level + 1, place >> 1), value))
    return made


def root_of(peaks: Iterable[bytes]) -> bytes:
    """The root of the tree whose peaks are given left to right."""
    value: bytes | None = None
    for peak in reversed(list(peaks)):
        value = peak if value is None else node_hash(peak, value)
    return EMPTY if value is None else value


def _cover(start: int, end: int) -> list[Place]:
    # The complete subtrees that make up the leaves from start to end, where start is a
    # multiple of the largest of them, as it is for every right sibling on a path.
    return [(level, (start >> level) + index) for level, index in peak_places(end - start)]


def path_places(index: int, size: int) -> list[list[Place]]:
    """The inclusion path of leaf `index` in a tree of `size`, lowest first.

    Each step is a list of complete subtrees whose common root is the path's hash.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    steps: list[list[Place]] = []
    start, end = 0, size
    while end - start > 1:
        split = start + (1 << (end - start - 1).bit_length() - 1)
        if index < split:
            steps.append(_cover(split, end))
            end = split
        else:
            steps.append(_cover(start, split))
            start = split
    return steps[::-1]


def root_from_path(index: int, size: int, leaf: bytes, path: list[bytes]) -> bytes:
    """The root that a leaf's hash and its inclusion path lead to.

    Source: RFC 9162, 2.1.3.2.
    """
    value, place, last = leaf, index, size - 1
    for step in path:
        if place & 1 or place == last:
            value = node_hash(step, value)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            value = node_hash(value, step)
        place, last = place >> 1, last >> 1
    return value
