"""The seat chart: where each seat of a forum of any size stands in the arc."""

from dataclasses import dataclass
from math import cos, pi, sin

FIRST_RADIUS = 64.0
BETWEEN_ARCS = 32.0
SEAT = 9.5
"""Half a seat's width, in the chart's units."""


@dataclass(frozen=True)
class Place:
    """A seat's middle, in the chart's units; the arcs' centre is at 0, 0 and y grows downwards."""

    x: float
    y: float


def seat_places(count: int) -> list[Place]:
    """Places for `count` seats on half circles, from the left end to the right.

    Arcs get seats in proportion to their length, as in a hemicycle, so that neighbours stand
    about as far apart on each.
    """
    if count <= 0:
        return []
    radii = _radii(count)
    placed = []
    for radius, seats in zip(radii, _shares(count, radii), strict=True):
        for n in range(seats):
            angle = pi * (n + 0.5) / seats
            placed.append(
                (angle, Place(round(-radius * cos(angle), 1), round(-radius * sin(angle), 1)))
            )
    return [place for _, place in sorted(placed, key=lambda pair: (round(pair[0], 6), pair[1].x))]


def _radii(count: int) -> list[float]:
    arcs = 1
    # A seat needs about 28 units of arc.
    while sum(pi * (FIRST_RADIUS + BETWEEN_ARCS * n) / 28 for n in range(arcs)) < count:
        arcs += 1
    return [FIRST_RADIUS + BETWEEN_ARCS * n for n in range(arcs)]


def _shares(count: int, radii: list[float]) -> list[int]:
    whole = sum(radii)
    shares = [int(count * radius / whole) for radius in radii]
    # What rounding left over goes to the outer arcs, which have the most room.
    for n in range(count - sum(shares)):
        shares[-1 - n % len(shares)] += 1
    return shares
