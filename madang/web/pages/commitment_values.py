"""A commitment between three forms: its wording, the form's fields, what an action takes."""

from collections.abc import Mapping, Sequence
from typing import Any

from madang.drafting.rules.diff import Path
from madang.drafting.rules.draft import MOST_MILESTONES, TEMPLATE, Draft, Step
from madang.web.pages.two_tongues import LINE, Values, limited, put, typed_of

TEXTS = ("title", "description", "problem")


def values_of(parts: Mapping[str, Any], languages: Sequence[str]) -> Values:
    """The form's fields as a wording fills them."""
    values: Values = {
        "vision": parts["vision"] or "",
        "starts": parts["period"]["from"] or "",
        "ends": parts["period"]["to"] or "",
        "lead": " ".join(lead["agency"] for lead in parts["leads"] if not lead["part"]),
    }
    for name in TEXTS:
        put(values, name, parts[name], languages)
    for name in TEMPLATE:
        put(values, name, parts.get("template", {}).get(name), languages)
    for place, step in enumerate(parts["milestones"], 1):
        values[f"step-{place}-label"] = step["label"]
        put(values, f"step-{place}-title", step["title"], languages)
        put(values, f"step-{place}-output", step["output"], languages)
        values[f"step-{place}-from"] = step["from"] or ""
        values[f"step-{place}-due"] = step["due"] or ""
        values[f"step-{place}-agency"] = step["agency"] or ""
    return values


def places_in(values: Values) -> list[int]:
    """The milestone rows in which something stands, a label alone included."""
    found = set()
    for key, value in values.items():
        name, _, rest = key.partition("-")
        place = rest.partition("-")[0]
        if name == "step" and place.isdigit() and value:
            found.add(int(place))
    return sorted(found)[: 2 * MOST_MILESTONES]


def _is_filled(values: Values, place: int) -> bool:
    start = f"step-{place}-"
    return any(
        value for key, value in values.items() if key.startswith(start) and key != f"{start}label"
    )


def squeezed(values: Values) -> Values:
    """The same with the milestone rows one after the other: an emptied one leaves no gap."""
    filled = [place for place in places_in(values) if _is_filled(values, place)]
    found = {key: value for key, value in values.items() if not key.startswith("step-")}
    for new, old in enumerate(filled, 1):
        start = f"step-{old}-"
        found |= {
            f"step-{new}-{key.removeprefix(start)}": value
            for key, value in values.items()
            if key.startswith(start)
        }
    return found


def merged(base: Values, theirs: Values, mine: Values) -> Values:
    """Mine, with theirs wherever I left what the form was opened with.

    The milestones are one piece: rows that were moved or taken out belong together.
    """
    found = dict(mine)
    for key in (base.keys() | theirs.keys()) - _steps_of(base) - _steps_of(theirs):
        if mine.get(key, "") == base.get(key, ""):
            found[key] = theirs.get(key, "")
    if _filled_steps(mine) == _filled_steps(base):
        found = {key: value for key, value in found.items() if key not in _steps_of(mine)}
        found |= {key: theirs[key] for key in _steps_of(theirs)}
    return found


def _steps_of(values: Values) -> set[str]:
    return {key for key in values if key.startswith("step-")}


def _filled_steps(values: Values) -> Values:
    return {key: values[key] for key in _steps_of(values) if values[key]}


def draft_of(values: Values, languages: Sequence[str]) -> Draft:
    """What was typed, squeezed, for the action. A milestone row that was emptied is taken out.

    Raises NotValid: web.too_much.
    """
    return Draft(
        title=typed_of(values, "title", languages, most=LINE),
        vision=limited(values, "vision", LINE) or None,
        description=typed_of(values, "description", languages),
        problem=typed_of(values, "problem", languages),
        template={name: typed_of(values, name, languages) for name in TEMPLATE},
        starts=limited(values, "starts", LINE, "period") or None,
        ends=limited(values, "ends", LINE, "period") or None,
        leads=limited(values, "lead", 10 * LINE, "leads").split(),
        steps=[_step(values, place, languages) for place in places_in(values)],
    )


def _step(values: Values, place: int, languages: Sequence[str]) -> Step:
    name = f"step-{place}"

    def line(key: str) -> str | None:
        return limited(values, f"{name}-{key}", LINE, name) or None

    return Step(
        label=line("label"),
        title=typed_of(values, f"{name}-title", languages, most=LINE),
        output=typed_of(values, f"{name}-output", languages, most=LINE),
        starts=line("from"),
        due=line("due"),
        agency=line("agency"),
    )


def pieces_of(values: Values, languages: Sequence[str]) -> dict[Path, str]:
    """The form's fields as pieces of text by their paths, for comparing two people's."""
    found: dict[Path, str] = {
        ("vision",): values.get("vision", ""),
        ("period", "from"): values.get("starts", ""),
        ("period", "to"): values.get("ends", ""),
        ("leads",): ", ".join(values.get("lead", "").split()),
    }
    for key in languages:
        found |= {(name, key): values.get(f"{name}-{key}", "") for name in TEXTS}
        found |= {("template", name, key): values.get(f"{name}-{key}", "") for name in TEMPLATE}
    for place in places_in(values):
        found |= _pieces_of_step(values, place, languages)
    return {path: text for path, text in found.items() if text}


def _pieces_of_step(values: Values, place: int, languages: Sequence[str]) -> dict[Path, str]:
    name = f"step-{place}"
    start: Path = ("milestones", values.get(f"{name}-label") or f"new-{place}")
    found: dict[Path, str] = {
        (*start, key): values.get(f"{name}-{key}", "") for key in ("from", "due", "agency")
    }
    for key in languages:
        found |= {
            (*start, part, key): values.get(f"{name}-{part}-{key}", "")
            for part in ("title", "output")
        }
    return found
