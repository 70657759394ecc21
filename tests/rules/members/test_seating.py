from itertools import combinations, pairwise
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.members.rules.seating import SEAT, seat_places

sizes = st.integers(0, 300)


def points(count):
    return [(place.x, place.y) for place in seat_places(count)]


@given(st.integers(-3, 300))
def test_every_seat_of_a_forum_has_a_place(count):
    assert len(seat_places(count)) == max(count, 0)


@given(sizes)
def test_no_two_seats_overlap(count):
    pairs = combinations(points(count), 2)

    assert all(dist(one, other) >= 2 * SEAT - 1 for one, other in pairs)


@given(sizes)
def test_the_chart_is_the_same_from_both_sides(count):
    there = sorted((round(x, 1) + 0.0, y) for x, y in points(count))
    mirrored = sorted((round(-x, 1) + 0.0, y) for x, y in points(count))

    assert there == mirrored


@given(sizes)
def test_every_seat_stands_in_the_upper_half(count):
    assert all(y <= 0 for _, y in points(count))


@pytest.mark.parametrize("count", [2, 11, 30, 120])
def test_seats_are_counted_from_left_to_right(count):
    places = points(count)

    assert places[0][0] == min(x for x, _ in places)
    assert places[-1][0] == max(x for x, _ in places)
    # Around the arc: the angle never falls, whichever row a seat is in.
    tilts = [x / (x * x + y * y) ** 0.5 for x, y in places]
    assert all(one <= other + 0.01 for one, other in pairwise(tilts))
