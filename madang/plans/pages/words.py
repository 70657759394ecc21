"""Words for the keys of plans, in the reader's language."""

from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

STAGES = {
    "planning": pgettext_lazy("stage", "Planning"),
    "call": pgettext_lazy("stage", "Call for proposals"),
    "task_force": pgettext_lazy("stage", "Task force"),
    "decision": pgettext_lazy("stage", "Decision"),
    "implementation": pgettext_lazy("stage", "Implementation"),
    "assessment": pgettext_lazy("stage", "Assessment"),
}
MEASURES = {
    "verifiable": _("Verifiable"),
    "open_government_lens": _("Open government lens"),
    "potential": _("Potential for results"),
    "completion": _("Completion"),
    "early_results": _("Early results"),
    "promising": _("Promising commitment"),
    "specificity": _("Specificity"),
    "relevance": _("Relevance"),
    "potential_impact": _("Potential impact"),
    "starred": _("Starred commitment"),
}
OGP_COLUMNS = {
    "verifiable": "Verifiable",
    "open_government_lens": "Open Government Lens",
    "potential": "Potential for Results",
    "completion": "Completion (End Of Term)",
    "early_results": "Early Results",
    "promising": "Promising",
    "specificity": "Specificity",
    "relevance": "_Relevant",
    "potential_impact": "Potential Impact",
    "starred": "Starred",
}
"""The measures as OGP's commitments data call them, in every language; where they have no column,
as OGP's glossary does."""
CHANGED = ("early_results",)
"""The measures that say what changed; `completion` says how much was done."""
REVIEW_WORDS = {
    "yes": _("Yes"),
    "no": _("No"),
    "low": _("Low"),
    "high": _("High"),
    "unclear": _("Unclear"),
    "modest": _("Modest"),
    "substantial": _("Substantial"),
    "moderate": _("Moderate"),
    "significant": _("Significant"),
    "complete": _("Complete"),
    "limited": _("Limited"),
    "not started": _("Not started"),
    "no notable results": _("No notable results"),
    "no evidence available": _("No evidence available"),
    "withdrawn": pgettext_lazy("review", "Withdrawn"),
    "none": pgettext_lazy("review", "None"),
    "medium": _("Medium"),
    "minor": _("Minor"),
    "transformative": _("Transformative"),
}
CHANGE_KINDS = {
    "amendment": _("Amendment"),
    "refresh": _("Refresh midway"),
}
CHANGE_STATES = {
    "waiting": _("waits for the co-chairs’ keys"),
    "in_force": pgettext_lazy("of a change", "in force"),
    "dropped": _("dropped"),
}

RECORDED = {
    "lead_agencies": _("Lead agency"),
    "identifiers": _("Identifiers"),
    "period": _("Period"),
    "description": _("Description"),
    "milestones": _("Milestones"),
    "review": _("Review"),
}
"""The facts a commitment can have, for the table of what is known of each."""


def stages_for_page(
    stages: list[dict[str, Any]], now: str | None, *, over: bool = False
) -> list[dict[str, Any]]:
    """Stages with their words and where they stand against the present one; `over`: all behind.

    One after the present one that has happened all the same is behind too.
    """
    keys = [stage["key"] for stage in stages]
    here = len(keys) if over else keys.index(now) if now in keys else -1
    return [
        {
            **stage,
            "word": STAGES[stage["key"]],
            "state": _standing(n, here, happened=here >= 0 and bool(stage["actual"])),
            "state_word": _("now"),
        }
        for n, stage in enumerate(stages)
    ]


def _standing(n: int, here: int, *, happened: bool) -> str:
    if n == here:
        return "now"
    return "past" if n < here or happened else "ahead"


def codes_for_page(codes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The reviewer's codes with their words in the reader's language."""
    return [
        {
            **code,
            "measure_word": MEASURES.get(code["measure"], code["measure"]),
            "word": REVIEW_WORDS.get(code["value"].lower(), code["value"]),
        }
        for code in codes
    ]


def has_working_title(line: dict[str, Any]) -> bool:
    """Whether the title in the reader's language is a working translation."""
    return line["title"].kinds.get(get_language() or "ko") == "working"
