"""The days of a rehearsal, counted from the day it is here."""

from datetime import UTC, datetime, time, timedelta


def on(here: datetime, days: int, hour: time) -> datetime:
    """A time of day in the forum's time zone, so many days from `here`; in UTC."""
    day = here.date() + timedelta(days=days)
    return datetime.combine(day, hour, here.tzinfo).astimezone(UTC)
