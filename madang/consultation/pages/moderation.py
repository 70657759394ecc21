"""The steps of moderation taken on comments, for the plan's log."""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from madang.calls.pages.moderation import KEPT, Steps, step_shown
from madang.consultation.comment_words import COMMENT_STATES
from madang.consultation.models import CommentModeration
from madang.planning.models import Plan


def comment_steps(plan: Plan) -> list[Steps]:
    """The steps, and how the log tells them."""
    rows = CommentModeration.objects.filter(comment__plan=plan).select_related("comment")
    return [(rows.only(*KEPT, "comment__number"), partial(_step, plan=plan.number))]


def _step(row: CommentModeration, plan: int) -> dict[str, Any]:
    number = row.comment.number
    return {
        "what": "comment",
        "what_words": _("Comment on the draft"),
        "label": f"{plan}-{number}",
        "url": reverse("draft.comment", args=[plan, number]),
        **step_shown(row),
        "state_words": str(COMMENT_STATES[row.state]),
    }
