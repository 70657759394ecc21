"""A commitment's page: what was promised, by plans; what became of it, from here."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from madang.monitoring.pages.data import derived, derived_data, public, steps_of_commitment
from madang.monitoring.pages.wording import LEFT_TO_DO, derived_words, for_page
from madang.monitoring.rules.status import is_past
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
        return Told(
            steps=steps,
            data={
                "milestones": [public(one) for one in steps],
                "progress": derived_data(found),
            },
            extra={
                "progress_words": derived_words(found),
                "next": ahead[0] if ahead else None,
                "heard": any(one["reports"] for one in steps),
            },
        )

    return plans.commitment(request, number, commitment, twin, told=told)
