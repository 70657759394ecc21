"""The versions of a commitment's text, any two of them side by side."""

from typing import Any

from django.http import HttpResponse

from madang.drafting.models import CommitmentVersion
from madang.drafting.rules.diff import changes
from madang.drafting.versions import read_version
from madang.drafting.words import words_of
from madang.foundation.answers import answer, asked
from madang.plans.pages import data as shapes


def history(request: Any, number: int, commitment: int, twin: str) -> HttpResponse:
    """Every version, the newest first; `?from=1&to=3` compares two."""
    row = shapes.find_commitment(number, commitment, request.actor)
    versions = list(row.versions.all())
    numbers = {str(version.number): version for version in versions}
    chosen = asked(request, {"from": numbers, "to": numbers})
    new = numbers[chosen["to"]] if "to" in chosen else (versions[0] if versions else None)
    old = numbers[chosen["from"]] if "from" in chosen else _before(versions, new)
    data = {
        "plan": shapes.plan_line(row.plan),
        "number": row.number,
        "title": row.title,
        "versions": [
            {"number": one.number, "sha256": one.sha256, "made_at": one.made_at} for one in versions
        ],
        "compared": _compared(old, new),
    }
    return answer(request, twin, "plans/history.html", data, filters=("from", "to"))


def _before(
    versions: list[CommitmentVersion], new: CommitmentVersion | None
) -> CommitmentVersion | None:
    older = [one for one in versions if new and one.number < new.number]
    return older[0] if older else None


def _compared(old: CommitmentVersion | None, new: CommitmentVersion | None) -> Any:
    """Two versions and what changed; None where there is nothing to compare."""
    if not (old and new):
        return None
    found = changes(read_version(old), read_version(new))
    return {
        "from": old.number,
        "to": new.number,
        "changes": [
            {
                "path": list(change.path),
                "where": words_of(change.path),
                "runs": [{"mark": run.mark.value, "words": run.words} for run in change.runs],
            }
            for change in found
        ],
    }
