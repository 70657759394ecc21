"""Limits: dated figures, and the moment from which one more is let through."""

from datetime import UTC, datetime, timedelta

import pytest

from madang.calls.rules.limits import LIMITS, check_limit
from madang.foundation.refusals import NotNow

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_one_more_is_let_through_until_there_are_as_many_as_the_limit_says() -> None:
    limit = LIMITS["propose.place"]
    times = [AT - n * MINUTE for n in range(1, limit.most)]

    check_limit("propose.place", times, AT)
    with pytest.raises(NotNow, match=r"calls\.too_many") as refused:
        check_limit("propose.place", [*times, AT - 30 * MINUTE], AT)

    assert refused.value.facts["again"] == AT + 30 * MINUTE
    check_limit("propose.place", [*times, AT - 30 * MINUTE], AT + 30 * MINUTE)


def test_what_lies_further_back_does_not_count() -> None:
    check_limit("propose.place", [AT - timedelta(hours=1)] * 50, AT)


def test_every_figure_says_since_when_and_why() -> None:
    assert all(limit.since and limit.source and limit.most for limit in LIMITS.values())
