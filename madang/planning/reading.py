"""What a plan's direction says, and the hash by which two people's saves are told apart."""

from typing import Any

from madang.documents.files import canonical_digest
from madang.foundation.texts import Text
from madang.planning.models import Plan


def direction_parts(plan: Plan) -> dict[str, Any]:
    """The direction as plain values: name, period, areas, visions, announced dates."""
    return {
        "title": plan.title.kept(),
        "period": {"from": plan.starts, "to": plan.ends},
        "areas": [area.text.kept() for area in plan.areas.all()],
        "visions": [{"key": v.key, "text": v.text.kept()} for v in plan.visions.all()],
        "announced": {
            stage.key: {"from": stage.announced[0]["from"], "to": stage.announced[0]["to"]}
            for stage in plan.stages.all()
            if stage.announced
        },
    }


def direction_digest(plan: Plan) -> str:
    """The hash of the direction as it stands; a form carries the one its writer started from."""
    return canonical_digest(direction_parts(plan))


def draft_ref(plan: Plan, commitment: int | None = None) -> str:
    """How the record calls a plan, or a commitment of it: as a draft while few may read that.

    A ref stands in the record for ever; to a text that is not shown to all it leads nowhere.
    """
    key = f"{plan.number}-{commitment}" if commitment else str(plan.number)
    if plan.is_draft if commitment else plan.is_hidden:
        return f"draft:{key}"
    return f"commitment:{key}" if commitment else f"plan:{key}"


def rewritten(old: Text | None, new: Text) -> Text | None:
    """A text as typed, with what the form does not ask kept; the same text is the old value.

    The words of a language keep how they came about as long as they are the same words.
    """
    words = {**(old.words if old else {}), **new.words}
    if not any(words.values()):
        return None
    before = old.words if old else {}
    if all((before.get(key) or None) == (words[key] or None) for key in words):
        return old
    kinds = old.kinds if old else {}
    return Text(
        {key: value or None for key, value in words.items()},
        {key: kind for key, kind in kinds.items() if before.get(key) == words.get(key)},
    )
