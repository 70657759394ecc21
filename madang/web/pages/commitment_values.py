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

    Milestones are told apart by their labels and merged field by field.
    """
    found = {key: value for key, value in mine.items() if not key.startswith("step-")}
    for key in base.keys() | theirs.keys():
        if not key.startswith("step-") and mine.get(key, "") == base.get(key, ""):
            found[key] = theirs.get(key, "")
    steps = _merged_steps(_steps_of(base), _steps_of(theirs), _steps_of(mine))
    for place, step in enumerate(steps, 1):
        found |= {f"step-{place}-{key}": value for key, value in step.items()}
    return found


def _steps_of(values: Values) -> list[Values]:
    """The fields of each milestone row, in their order."""
    starts = [f"step-{place}-" for place in places_in(values)]
    return [
        {key.removeprefix(one): value for key, value in values.items() if key.startswith(one)}
        for one in starts
    ]


def _merged_steps(base: list[Values], theirs: list[Values], mine: list[Values]) -> list[Values]:
    """First what the form was opened with, then what they added, then what I did."""
    before, now = _by_label(base), _by_label(theirs)
    kept = {step.get("label", ""): step for step in reversed(mine) if step.get("label") in before}
    # A label that the form was not opened with could be one that they gave meanwhile.
    new = [{**step, "label": ""} for step in mine if not any(step is one for one in kept.values())]
    left = [label for label in before if label not in now]
    found = [
        step
        for label in [*(label for label in now if label in before), *left]
        if (step := _merged_step(before[label], now.get(label), kept.get(label)))
    ]
    added = [step for label, step in now.items() if label not in before]
    # What stands in both is one row: sent, taken back to in the browser and sent again.
    said = [_said(step) for step in added]
    return [*found, *added, *(step for step in new if _said(step) not in said)]


def _merged_step(base: Values, theirs: Values | None, mine: Values | None) -> Values | None:
    """A row that was there; none where one took it out and the other left it as it was."""
    if theirs is None or mine is None:
        left = theirs or mine
        return left if left and _said(left) != _said(base) else None
    return {
        key: theirs.get(key, "") if mine.get(key, "") == base.get(key, "") else mine[key]
        for key in base.keys() | theirs.keys() | mine.keys()
    }


def _by_label(steps: list[Values]) -> dict[str, Values]:
    return {step["label"]: step for step in steps}


def _said(step: Values) -> Values:
    return {key: value for key, value in step.items() if value and key != "label"}


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
