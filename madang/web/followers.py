"""Who hears of what happened: one table, event by event, inside the act's transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from madang.foundation.actors import Actor
from madang.record import acting
from madang.record.events import Event

FOLLOWERS: dict[str, list[Callable[[Any, Actor, datetime], None]]] = {}


def tell(event: Event, by: Actor, at: datetime) -> None:
    for follow in FOLLOWERS.get(event.KIND, ()):
        follow(event, by, at)


def install() -> None:
    if tell not in acting.followers:
        acting.followers.append(tell)
