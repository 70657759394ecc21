"""What a self-assessment says of itself: the facts of a plan as of a day, gathered and frozen."""

import json
from collections import Counter, defaultdict
from datetime import date
from typing import Any

from madang.documents.files import canonical_digest
from madang.drafting.models import Commitment
from madang.foundation.refusals import NotFound
from madang.monitoring.models import Assessment, ReviewCode
from madang.monitoring.pages.data import derived, derived_data, steps_of_plan
from madang.planning.models import Plan
from madang.plans.models import ChangeRequest


def facts_of(plan: Plan, starts: str, ends: str, on: date) -> dict[str, Any]:
    """A plan's milestones, changes and the reviewer's codes as JSON: what a report is made from.

    What was reported within the days it covers is marked, so that a half-year reads as one.
    """
    steps: dict[int, list[dict[str, Any]]] = defaultdict(list)
    every = steps_of_plan(plan, on)
    for step in every:
        steps[step["commitment"]].append(step)
    codes: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for code in ReviewCode.objects.filter(commitment__plan=plan).select_related("commitment"):
        codes[code.commitment.number].append({"measure": code.measure, "value": code.value})
    changes: dict[int, list[int]] = defaultdict(list)
    in_force = ChangeRequest.objects.filter(plan=plan, state="in_force").order_by("number")
    for change in in_force.select_related("commitment"):
        changes[change.commitment.number].append(change.number)
    return {
        "as_of": on.isoformat(),
        "from": starts,
        "to": ends,
        "counts": dict(Counter(step["status"] or "unknown" for step in every)),
        "commitments": [
            {
                "number": row.number,
                "title": row.title.kept(),
                "progress": _plain(derived_data(derived(steps[row.number]))),
                "steps": [_step(step, starts, ends) for step in steps[row.number]],
                "review": codes[row.number],
                "changes": changes[row.number],
            }
            for row in Commitment.objects.filter(plan=plan, withdrawn_at=None)
        ],
    }


def _step(step: dict[str, Any], starts: str, ends: str) -> dict[str, Any]:
    last = step["last"]
    said_on = last["on"] if last else None
    return {
        "label": step["label"],
        "title": step["title"].kept(),
        "status": step["status"],
        "word": step["word"],
        "promised": step["promised"],
        "due": step["due"],
        "days_late": step["days_late"],
        "said_on": said_on,
        "within": _within(said_on, starts, ends),
        "text": last["text"].kept() if last and last["text"] else None,
        "cause": last["cause"] if last else None,
        "reason": last["reason"].kept() if last and last["reason"] else None,
        "evidence": [one["url"] for one in last["evidence"] if one["url"]] if last else [],
    }


def _within(said_on: str | None, starts: str, ends: str) -> bool:
    # A month or a year lies within where it may.
    return bool(said_on) and starts[: len(said_on or "")] <= (said_on or "") <= ends


def _plain(value: Any) -> Any:
    # Words of an enum are words, once they are JSON.
    return json.loads(json.dumps(value))


def facts_kept(row: Assessment) -> dict[str, Any]:
    """The facts a report was put out with."""
    found: dict[str, Any] = json.loads(bytes(row.facts or b"{}"))
    return found


def words_digest(row: Assessment) -> str:
    """The hash of what its writers wrote; a form carries the one its writer started from."""
    return canonical_digest(_words(row))


def report_digest(row: Assessment) -> str:
    """The hash of the whole report: its facts and its words."""
    return canonical_digest({"facts": facts_kept(row), "words": _words(row)})


def _words(row: Assessment) -> dict[str, Any]:
    texts = {"summary": row.summary, "consulted": row.consulted, "lessons": row.lessons}
    kept = {key: text.kept() if text else None for key, text in texts.items()}
    return {**kept, "notes": row.notes}


def find_assessment(plan: int, number: int) -> Assessment:
    """Raises NotFound: monitoring.no_assessment."""
    rows = Assessment.objects.select_related("plan")
    found = rows.filter(plan__number=plan, number=number).first()
    if found is None:
        raise NotFound("monitoring.no_assessment", plan=plan, number=number)
    return found
