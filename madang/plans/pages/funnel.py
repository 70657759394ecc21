"""The funnel as SVG: how many there were at each step, on one scale."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from madang.foundation.answers import said

HEIGHT = 220.0
STEP = 250.0
WIDE = 3 * STEP
FILLS = {"ideas": "#B1CEFB", "candidates": "#256EF4", "commitments": "#083891"}
STEPS = tuple(FILLS)


def draw_funnel(
    totals: Sequence[dict[str, Any]],
    commitments: Sequence[dict[str, Any]],
    *,
    standalone: bool = False,
) -> SafeString:
    """Columns whose solid part is each step's count; nothing where a count is not recorded."""
    steps = [
        found for key in STEPS if (found := next((t for t in totals if t["key"] == key), None))
    ]
    if len(steps) < 2:
        return SafeString("")
    most = max(step["count"] for step in steps) or 1
    columns = format_html_join(
        "", "{}", ((_column(n, step, most, len(steps)),) for n, step in enumerate(steps))
    )
    words = _("From %(first)s to %(last)s: the counts of each step on one scale") % {
        "first": f"{steps[0]['count']:,}",
        "last": f"{steps[-1]['count']:,}",
    }
    threads = _threads(steps, most, len(commitments))
    return format_html(
        '<svg{} class="funnel" viewBox="0 0 {} {}" role="img" aria-label="{}"><title>{}</title><desc>{}</desc>{}{}</svg>',
        SafeString(' xmlns="http://www.w3.org/2000/svg"') if standalone else "",
        WIDE + 112,
        HEIGHT + 8,
        words,
        words,
        _("One column for each stage, as high as its number; threads lead to each commitment."),
        columns,
        threads,
    )


def _column(n: int, step: dict[str, Any], most: int, count: int) -> SafeString:
    x = n * WIDE / count
    width = WIDE / count
    solid = max(HEIGHT * step["count"] / most, 1.5)
    number = f"{step['count']:,}"
    if step["about"]:
        number = _("about %(count)s") % {"count": number}
    # The number stands on the column where it fits, else below its solid part.
    y = 64 if solid > 110 else solid + 50
    return format_html(
        '<rect x="{0}" y="4" width="{1}" height="{2}" fill="#EEF2F7"/>'
        '<rect x="{0}" y="4" width="{1}" height="{3}" fill="{4}"/>'
        '<text x="{5}" y="{6}" font-size="38" font-weight="700" fill="#052B57">{7}</text>'
        '<text x="{5}" y="{8}" font-size="17" fill="#1E2124">{9}</text>',
        round(x, 1),
        round(width - 2, 1),
        HEIGHT,
        round(solid, 1),
        FILLS[step["key"]],
        round(x + 16, 1),
        round(y, 1),
        number,
        round(y + 28, 1),
        said(step["label"]),
    )


def _threads(steps: Sequence[dict[str, Any]], most: int, count: int) -> SafeString:
    if steps[-1]["key"] != "commitments" or not count:
        return SafeString("")
    row = HEIGHT / count
    threads = [
        (
            WIDE - 2,
            4 + HEIGHT * steps[-1]["count"] / most * (n + 0.5) / count,
            4 + row * (n + 0.5),
            n + 1,
        )
        for n in range(count)
    ]
    return format_html_join(
        "", "{}{}", (_thread(*thread, numbered=row >= 13) for thread in threads)
    )


def _thread(x: float, start: float, end: float, number: int, *, numbered: bool) -> tuple[Any, Any]:
    line = format_html(
        '<path d="M{0} {1}C{2} {1} {3} {4} {5} {4}" fill="none" stroke="#083891" stroke-width="1.2"/>'
        '<circle cx="{6}" cy="{4}" r="3.2" fill="#083891"/>',
        *(round(value, 1) for value in (x, start, x + 42, x + 32, end, x + 78, x + 82)),
    )
    if not numbered:
        return line, ""
    words = '<text x="{}" y="{}" font-size="13" fill="#1E2124">{}</text>'
    return line, format_html(words, round(x + 90, 1), round(end + 4.5, 1), number)
