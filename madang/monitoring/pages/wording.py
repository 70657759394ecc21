"""Where milestones and commitments stand, in words for a page."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.monitoring.rules.status import Derived, From
from madang.monitoring.rules.words import MilestoneStatus
from madang.monitoring.words import CAUSES, LEVELS, STATUSES

LEFT_TO_DO = (
    None,
    MilestoneStatus.NOT_STARTED,
    MilestoneStatus.ON_TRACK,
    MilestoneStatus.LATE,
    MilestoneStatus.NO_WORD,
)
"""Where a milestone's date still lies ahead of somebody."""
MOST_URGENT_FIRST = (
    MilestoneStatus.LATE,
    MilestoneStatus.NO_WORD,
    MilestoneStatus.ON_TRACK,
    MilestoneStatus.NOT_STARTED,
    None,
    MilestoneStatus.STOPPED,
    MilestoneStatus.DONE,
)
"""The order of a plan's milestones on its progress page."""


def for_page(step: dict[str, Any]) -> dict[str, Any]:
    """A milestone with its state and cause in words."""
    last = step["last"]
    return {
        **step,
        "state_word": str(STATUSES[step["status"]]) if step["status"] else "",
        "known_word": str(STATUSES[step["known"]]) if step["known"] else "",
        "by_date": step["rests_on"] == From.DATE,
        "cause_word": CAUSES[last["cause"]] if last and last["cause"] else "",
        "late_words": late_words(step["days_late"]),
    }


def late_words(days: int) -> str:
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": f"{days:,}"} if days else ""


def urgency(step: dict[str, Any]) -> tuple[int, int, str, int]:
    """Late ones first, the latest of them on top; then by what comes due."""
    place = MOST_URGENT_FIRST.index(step["status"])
    return place, -step["days_late"], step["due"] or "9999", step["commitment"]


def derived_words(found: Derived | None) -> dict[str, Any] | None:
    """A commitment's state and level in words, with how they follow; None where nothing is known."""
    if found is None:
        return None
    facts = {"done": found.done, "all": found.all}
    return {
        "state": STATUSES[found.state] if found.state else "",
        "level": LEVELS[found.level] if found.level else "",
        "counted": ngettext(
            "%(done)s of %(all)s milestone done",
            "%(done)s of %(all)s milestones done",
            found.all,
        )
        % facts,
        "unknown": _("nothing was said of %(n)s of them") % {"n": found.unknown}
        if found.unknown
        else "",
    }


def counts(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How many milestones stand where, the most urgent first; what nobody is in is left out."""
    rows = []
    for status in MOST_URGENT_FIRST:
        number = sum(step["status"] == status for step in steps)
        if number:
            word = STATUSES[status] if status else _("not recorded")
            rows.append({"status": status or "unknown", "word": word, "count": number})
    return rows
