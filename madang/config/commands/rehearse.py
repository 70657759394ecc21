"""Rehearse a practice forum: hold its first ballots in the past, through the real acts."""

import sys
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from madang.config.commands import spoken, tell

DAYS = 40
"""How many days before now a practice forum is opened."""


def first_moment(now: datetime, zone: str) -> datetime:
    """When the practice forum is opened and loaded: nine o’clock, 40 days before now."""
    here = now.astimezone(ZoneInfo(zone)) - timedelta(days=DAYS)
    return here.replace(hour=9, minute=0, second=0, microsecond=0).astimezone(UTC)


def _run(now: datetime) -> None:
    from madang.config.cli import start_django
    from madang.config.installation import current_installation

    installation = current_installation()
    assert installation.practice, "a real forum is never rehearsed"
    start_django(installation.data)

    from madang.config.rehearsal import rehearse

    began = time.monotonic()
    acts = rehearse(now, lambda line: tell(line) if time.monotonic() - began > 2 else None)
    tell(f"Rehearsed two ballots and a call in {acts} acts in {time.monotonic() - began:.1f} s.")


if __name__ == "__main__":
    sys.exit(spoken(lambda: _run(datetime.fromisoformat(sys.argv[1]))))
