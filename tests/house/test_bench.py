"""What `make bench` says of a figure beside its aim."""

import pytest

from bench.__main__ import at_least, at_most, line


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


@pytest.mark.parametrize(
    ("ours", "said"),
    [(2.0, "2.00×  at most 2: within"), (2.1, "2.10×  at most 2: over")],
)
def test_a_ratio_is_judged_by_its_aim(capsys, ours, said):
    line("a page / bare view", ours, 1.0, 2)
    line("a page / bare view", ours, 1.0)

    judged, unjudged = capsys.readouterr().out.splitlines()
    assert judged.endswith(said)
    assert unjudged.endswith("no aim yet")
