"""What `make bench` says of a figure beside its aim."""

import pytest

from bench.__main__ import at_least, at_most


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (100.0, "at least 100: within"),
        (250.4, "at least 100: within"),
        (99.96, "at least 100: short of it"),
        (0.0, "at least 100: short of it"),
    ],
)
def test_a_rate_is_judged_by_its_aim(rate, said):
    assert at_least(rate, 100) == said


@pytest.mark.parametrize(
    ("wait", "said"), [(0.5, "at most 0.5: within"), (0.501, "at most 0.5: over")]
)
def test_a_wait_is_judged_by_its_aim(wait, said):
    assert at_most(wait, 0.5) == said
