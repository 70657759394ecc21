"""Groups of texts that say the same, every one of them close to most of its group."""

from collections.abc import Callable, Iterable

from madang.calls.rules.similar.pairs import Pair

MOST = 0.5
"""The part of the links between two groups that has to hold before they become one."""
ASKED = 5
"""So many members speak for a large group."""


def groups(
    pairs: Iterable[Pair], near: float, score: Callable[[int, int], float]
) -> list[list[int]]:
    """Join texts into groups, the most similar pair first; gives the groups of two and more.

    That A is like B and B like C joins nothing by itself: two groups become one when most links
    between them hold too, each weighed anew. Larger groups first, members in order.
    """
    group_of: dict[int, list[int]] = {}
    for pair in sorted(pairs, key=Pair.order):
        one = group_of.setdefault(pair.a, [pair.a])
        other = group_of.setdefault(pair.b, [pair.b])
        if one is not other and _hold(one, other, near, score):
            joined = sorted(one + other)
            group_of.update(dict.fromkeys(joined, joined))
    found = {id(group): group for group in group_of.values() if len(group) > 1}
    return sorted(found.values(), key=lambda group: (-len(group), group))


def _hold(
    one: list[int], other: list[int], near: float, score: Callable[[int, int], float]
) -> bool:
    links = [(a, b) for a in _speakers(one) for b in _speakers(other)]
    return sum(score(a, b) >= near for a, b in links) >= MOST * len(links)


def _speakers(group: list[int]) -> list[int]:
    """At most five members, evenly from the first to the last."""
    if len(group) <= ASKED:
        return group
    return [group[n * (len(group) - 1) // (ASKED - 1)] for n in range(ASKED)]
