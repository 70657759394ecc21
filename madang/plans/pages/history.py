"""The versions of a commitment's text, any two of them side by side."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from madang.drafting.models import Commitment, CommitmentVersion
from madang.drafting.pages.suggestions import runs_shown
from madang.drafting.rules.diff import Path, changes, folded
from madang.drafting.rules.paragraphs import key_of
from madang.drafting.versions import read_version
from madang.drafting.words import office_words, words_of
from madang.foundation.answers import Table, answer, asked
from madang.plans.pages import data as shapes
from madang.plans.pages.written import agencies_in, refs_shown

_LIGHT = ("number", "sha256", "made_at", "office", "because")


def history(request: Any, number: int, commitment: int, twin: str) -> HttpResponse:
    """Every version, the newest first; `?from=1&to=3` compares two."""
    row = shapes.find_commitment(number, commitment, request.actor)
    versions = list(row.versions.values(*_LIGHT))
    numbers = [one["number"] for one in versions]
    chosen = asked(request, {"from": map(str, numbers), "to": map(str, numbers)})
    new = int(chosen["to"]) if "to" in chosen else max(numbers, default=None)
    old = int(chosen["from"]) if "from" in chosen else _before(numbers, new)
    data = {
        "plan": shapes.plan_line(row.plan),
        "number": row.number,
        "title": row.title,
        "versions": versions,
        "compared": _compared(row, versions, old, new),
    }
    agencies = agencies_in(ref for one in versions for ref in one["because"])
    extra: dict[str, Any] = {
        "rows": [
            {
                **one,
                "by": office_words(one["office"]) if one["office"] else "",
                "whys": refs_shown(one["because"], agencies),
            }
            for one in versions
        ],
        "options": {"from": _options(numbers, old), "to": _options(numbers, new)},
        "shown": _folded(data["compared"], agencies),
    }

    def table() -> Table:
        headings = [_("No."), _("When"), _("By whom"), _("For what"), _("Hash")]
        rows = [
            [
                one["number"],
                one["made_at"].isoformat(),
                one["by"],
                "; ".join(str(why["words"]) for why in one["whys"]),
                one["sha256"],
            ]
            for one in extra["rows"]
        ]
        return Table(f"plan-{number}-commitment-{commitment}-history", headings, rows)

    filters = ("from", "to")
    return answer(
        request, twin, "plans/history.html", data, table=table, filters=filters, extra=extra
    )


def _options(numbers: Iterable[int], chosen: int | None) -> SafeString:
    """The versions to choose from, in one string: a template takes its time for each of many."""
    marked = ((" selected" if one == chosen else "", one) for one in numbers)
    return format_html_join("", "<option{}>{}</option>", marked)


def _before(numbers: Iterable[int], new: int | None) -> int | None:
    return max((one for one in numbers if new and one < new), default=None)


def _compared(row: Commitment, versions: Any, old: int | None, new: int | None) -> Any:
    """Two versions, what changed and what for; None where there is nothing to compare."""
    if old is None or new is None:
        return None
    # The texts of the others are not read: there may be very many, and they are long.
    rows = CommitmentVersion.objects.filter(commitment=row, number__in=[old, new])
    texts = {one.number: read_version(one) for one in rows}
    because = _because(versions, old, new)
    return {
        "from": old,
        "to": new,
        "because": because,
        "changes": [
            {
                "path": list(change.path),
                "where": words_of(change.path),
                "runs": runs_shown(change.runs),
                "because": _because_of(row, change.path, because),
            }
            for change in changes(texts[old], texts[new])
        ],
    }


def _because(versions: Any, old: int, new: int) -> list[str]:
    """What the versions after one were written for, up to another, in the order they were named."""
    low, high = sorted((old, new))
    between = [one for one in reversed(versions) if low < one["number"] <= high]
    return list(dict.fromkeys(ref for one in between for ref in one["because"]))


def _because_of(row: Commitment, path: Path, because: list[str]) -> list[str]:
    """What of this the paragraphs of a piece go back to."""
    back_to = {ref for refs in row.origins.get(key_of(path), ()) for ref in refs}
    return [ref for ref in because if ref in back_to]


def _folded(compared: Any, agencies: Mapping[str, str]) -> list[dict[str, Any]]:
    """The changes for a page: of long passages that stayed, their ends alone."""
    return [
        {**one, "runs": folded(one["runs"]), "whys": refs_shown(one["because"], agencies)}
        for one in (compared["changes"] if compared else ())
    ]
