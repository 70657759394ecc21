"""What the clock does to comments on drafts: opens those whose time has come, closes the others."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from madang.consultation.actions.comment_round import close_comments, open_comments
from madang.consultation.models import CommentRound
from madang.consultation.rules.commenting import RoundStatus
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow


def open_due(by: Actor, at: datetime) -> int:
    """Open every announced window whose time has come; how many."""
    rows = CommentRound.objects.filter(status=RoundStatus.ANNOUNCED, opens_at__lte=at)
    return _each(rows.filter(plan__withdrawn_at=None), open_comments, by, at)


def close_due(by: Actor, at: datetime) -> int:
    """Close every open window whose time is over; how many."""
    rows = CommentRound.objects.filter(status=RoundStatus.OPEN, closes_at__lte=at)
    return _each(rows, close_comments, by, at)


def _each(due: Iterable[CommentRound], act: Callable[..., Any], by: Actor, at: datetime) -> int:
    done = 0
    for found in due:
        try:
            act(found, by=by, at=at)
        except NotNow:
            # Another worker was here first.
            continue
        except Exception:
            # What is wrong with one window may not keep another from closing at its time.
            logging.getLogger("madang.timer").exception("%s failed", found.ref)
            continue
        done += 1
    return done
