"""Milestones of a plan being carried out, and what is reported of them."""

from typing import Any

from madang.drafting.models import Commitment, Milestone
from madang.foundation.texts import Text
from madang.record.guard import writing


def a_milestone(label: str = "1.1", *, due: str | None = "2026-03-31", **other: Any) -> Milestone:
    """A milestone of the small forum's plan, as if its file had had it."""
    commitment = Commitment.objects.get(plan__number=1, number=int(label.split(".")[0]))
    given: dict[str, Any] = {
        "position": int(label.rsplit(".", 1)[1]),
        "title": Text({"en": f"Step {label}", "fr": None}),
        "due": due,
    }
    with writing():
        made = Milestone.objects.create(commitment=commitment, label=label, **{**given, **other})
    return Milestone.objects.select_related("commitment__plan").get(pk=made.pk)
