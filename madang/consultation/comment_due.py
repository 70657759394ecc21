"""What the clock does to comments on drafts: opens those whose time has come, closes the others."""

from datetime import datetime

from madang.consultation.actions.comment_round import close_comments, open_comments
from madang.consultation.models import CommentRound
from madang.consultation.rules.commenting import RoundStatus
from madang.foundation.actors import Actor
from madang.record.due import act_on_each


def open_due(by: Actor, at: datetime) -> int:
    """Open every announced window whose time has come; how many."""
    rows = CommentRound.objects.filter(status=RoundStatus.ANNOUNCED, opens_at__lte=at)
    return act_on_each(rows.filter(plan__withdrawn_at=None), open_comments, by, at)


def close_due(by: Actor, at: datetime) -> int:
    """Close every open window whose time is over; how many."""
    rows = CommentRound.objects.filter(status=RoundStatus.OPEN, closes_at__lte=at)
    return act_on_each(rows, close_comments, by, at)
