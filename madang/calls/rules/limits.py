"""How often one may do what from one place or address: dated figures, each with its source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from madang.foundation.refusals import NotNow

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PLACE_KEPT = DAY
"""How long it is remembered from which place something was sent. Source: the privacy note."""


@dataclass(frozen=True)
class Limit:
    """At most `most` times within `within`; in force since a day, with its source."""

    most: int
    within: timedelta
    since: str
    source: str


LIMITS = {
    "propose.place": Limit(5, HOUR, "2026-11-23", "UX.md P1, step 5"),
    "propose.address": Limit(10, DAY, "2026-11-23", "ours: two an hour of a long day"),
    "attach.place": Limit(20, HOUR, "2026-11-23", "ours: four files for each proposal of an hour"),
    "comment.place": Limit(10, HOUR, "2026-11-23", "ours: a reader may have a word on each text"),
    "comment.address": Limit(20, DAY, "2026-11-23", "ours: more than a plan has commitments"),
    "code.place": Limit(20, HOUR, "2026-11-23", "ours: four times the proposals of an hour"),
}
"""One limit for each thing counted. Nothing else in the software says a figure of this kind."""


def check_limit(name: str, times: Sequence[datetime], at: datetime) -> None:
    """Whether one more is let through; `times` are those before it, in any order.

    Raises NotNow: calls.too_many, with the moment from which it is let through again.
    """
    limit = LIMITS[name]
    lately = sorted(time for time in times if time > at - limit.within)
    if len(lately) >= limit.most:
        again = lately[-limit.most] + limit.within
        raise NotNow(
            "calls.too_many", again=again, seconds=max(1, int((again - at).total_seconds()))
        )
