"""A kept wording as a draft again, so that a text that was decided on can be put in force."""

from collections.abc import Mapping
from typing import Any

from madang.drafting.rules.draft import Draft, Step
from madang.foundation.texts import Text


def draft_of_wording(parts: Mapping[str, Any]) -> Draft:
    """What somebody would have to type for a commitment to read like this wording.

    Who leads a part of it, and the parts themselves, are not typed and stay as they are.
    """
    return Draft(
        title=_text(parts["title"]),
        vision=parts["vision"],
        description=_text(parts["description"]),
        problem=_text(parts["problem"]),
        template={key: Text.of(kept) for key, kept in parts.get("template", {}).items()},
        starts=parts["period"]["from"],
        ends=parts["period"]["to"],
        leads=[lead["agency"] for lead in parts["leads"] if not lead["part"]],
        steps=[_step(step) for step in parts["milestones"]],
    )


def _step(step: Mapping[str, Any]) -> Step:
    return Step(
        label=step["label"],
        title=_text(step["title"]),
        output=_text(step["output"]),
        starts=step["from"],
        due=step["due"],
        agency=step["agency"],
    )


def _text(kept: Mapping[str, Any] | None) -> Text:
    return Text.of(kept) if kept else Text()
