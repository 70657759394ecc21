"""The steps of moderation taken on what was said of milestones and self-assessments."""

from functools import partial
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.calls.pages.moderation import KEPT, Steps, step_shown
from madang.monitoring.models import Remark, RemarkModeration
from madang.monitoring.words import COMMENT_STATES
from madang.planning.models import Plan

_READ = (
    *KEPT,
    "remark__number",
    "remark__milestone__label",
    "remark__milestone__commitment__number",
    "remark__assessment__number",
)


def remark_steps(plan: Plan) -> list[Steps]:
    """The steps, and how the plan's log tells them."""
    of_plan = Q(remark__milestone__commitment__plan=plan) | Q(remark__assessment__plan=plan)
    rows = RemarkModeration.objects.filter(of_plan).select_related(
        "remark__milestone__commitment", "remark__assessment"
    )
    return [(rows.only(*_READ), partial(_step, plan=plan.number))]


def _step(row: RemarkModeration, plan: int) -> dict[str, Any]:
    what, words, label, url = _place(row.remark, plan)
    return {
        "what": what,
        "what_words": words,
        "label": f"{label}-{row.remark.number}",
        "url": f"{url}#comment-{row.remark.number}",
        **step_shown(row),
        "state_words": str(COMMENT_STATES[row.state]),
    }


def _place(remark: Remark, plan: int) -> tuple[str, str, str, str]:
    if remark.milestone:
        step = remark.milestone
        url = reverse("milestone", args=[plan, step.commitment.number, step.label])
        return "milestone", _("Comment on a milestone"), f"{plan}-{step.label}", url
    assert remark.assessment
    number = remark.assessment.number
    url = reverse("plan.assessment", args=[plan, number])
    return "assessment", _("Comment on a self-assessment"), f"{plan}-{number}", url
