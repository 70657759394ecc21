"""A commitment's page: what was promised, by plans; what became of it, from here."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from madang.monitoring.models import HandoverPack
from madang.monitoring.pages.data import derived, derived_data, public, steps_of_commitment
from madang.monitoring.pages.wording import LEFT_TO_DO, derived_words, for_page
from madang.monitoring.rules.status import is_past
from madang.monitoring.words import HANDED_OVER
from madang.plans.pages import plans
from madang.plans.pages.plans import Told


def commitment(request: Any, number: int, commitment: int, twin: str) -> HttpResponse:
    """What, who, where it stands as of today, and what comes next."""

    def told(row: Any) -> Told:
        today = timezone.localdate(request.at)
        steps = [for_page(one) for one in steps_of_commitment(row, today)]
        found = derived(steps)
        ahead = sorted(
            (one["due"], one["label"])
            for one in steps
            if one["due"] and one["status"] in LEFT_TO_DO and not is_past(one["due"], today)
        )
        packs = [_pack(one) for one in row.handover_packs.select_related("document")]
        return Told(
            steps=steps,
            data={
                "milestones": [public(one) for one in steps],
                "progress": derived_data(found),
                "handover": packs,
            },
            extra={
                "progress_words": derived_words(found),
                "next": ahead[0] if ahead else None,
                "next_update": _next_update(steps),
                "packs": [{**one, "why_word": HANDED_OVER[one["why"]]} for one in packs],
                "heard": any(one["reports"] for one in steps),
            },
        )

    return plans.commitment(request, number, commitment, twin, told=told)


def _next_update(steps: list[dict[str, Any]]) -> dict[str, Any] | None:
    """By when the next word of any step is due, and for how long it has been overdue."""
    days = [one["next_update"] for one in steps if one["next_update"]]
    late = [one["update"]["days_overdue"] for one in steps if one["update"]]
    return {"due_on": min(days), "days_overdue": max(late, default=0)} if days else None


def _pack(one: HandoverPack) -> dict[str, Any]:
    """A handover pack: why, when, and how the file is known."""
    return {
        "number": one.number,
        "why": one.why,
        "made_at": one.made_at,
        "name": one.document.name,
        "size": one.document.size,
        "sha256": one.document.sha256,
        "url": reverse("document", args=[one.document.sha256]),
    }
