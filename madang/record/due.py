"""What the clock does to many things: one act for each, and what is wrong with one keeps none back."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow


def act_on_each(due: Iterable[Any], act: Callable[..., Any], by: Actor, at: datetime) -> int:
    """Do an act to each of what is due; to how many this worker did it."""
    done = 0
    for row in due:
        try:
            act(row, by=by, at=at)
        except NotNow:
            # Another worker was here first: the row it locked says so, and nothing is owed.
            continue
        except Exception:
            logging.getLogger("madang.timer").exception("%s failed", row.ref)
            continue
        done += 1
    return done
