"""The milestone chart as SVG: a row a step, a bar from its start to its due date."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from madang.foundation.dates import PartialDate

LEFT, WIDE, ROW, TOP = 64.0, 720.0, 38.0, 30.0


def draw_milestones(steps: Sequence[dict[str, Any]], *, standalone: bool = False) -> SafeString:
    """The steps over time; a step without dates has its row and no bar."""
    days = [_day(step[key], key == "due") for step in steps for key in ("from", "due") if step[key]]
    first, last = (min(days), max(days)) if days else (date(2000, 1, 1), date(2001, 1, 1))
    span = max((last - first).days, 1)
    words = _("Milestones over time: %(count)s") % {"count": len(steps)}
    return format_html(
        '<svg{} class="milestones" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        "<title>{}</title>{}{}</svg>",
        SafeString(' xmlns="http://www.w3.org/2000/svg"') if standalone else "",
        LEFT + WIDE + 12,
        TOP + ROW * len(steps) + 6,
        words,
        words,
        _grid(first, last, span, len(steps)),
        format_html_join("", "{}", ((_row(n, step, first, span),) for n, step in enumerate(steps))),
    )


def _day(text: str, end: bool) -> date:
    """The day a date is drawn at: a month or a year ends at its end."""
    found = PartialDate(text)
    if not end or found.day:
        return found.first_day
    month = found.month or 12
    return date(found.year, month, monthrange(found.year, month)[1])


def _x(day: date, first: date, span: int) -> float:
    return round(LEFT + WIDE * (day - first).days / span, 1)


def _grid(first: date, last: date, span: int, rows: int) -> SafeString:
    years = [year for year in range(first.year, last.year + 1) if date(year, 1, 1) >= first]
    bottom = TOP + ROW * rows
    return format_html_join(
        "",
        '<path d="M{0} {1}V{2}" stroke="#CDD1D5"/>'
        '<text x="{0}" y="{3}" font-size="13" fill="#464C53" text-anchor="middle">{4}</text>',
        (
            (_x(date(year, 1, 1), first, span), TOP - 6, bottom, TOP - 12, year)
            for year in years
            if span > 200
        ),
    )


def _row(n: int, step: dict[str, Any], first: date, span: int) -> SafeString:
    y = TOP + ROW * n
    label = format_html(
        '<text x="0" y="{}" font-size="15" font-weight="700" fill="#052B57">{}</text>',
        y + 21,
        step["label"],
    )
    if not (step["from"] or step["due"]):
        return label
    start = _x(_day(step["from"] or step["due"], False), first, span)
    end = max(_x(_day(step["due"] or step["from"], True), first, span), start + 6)
    bar = format_html(
        '<rect x="{}" y="{}" width="{}" height="20" rx="3" fill="#fff" stroke="#052B57" stroke-width="1.5"/>',
        start,
        y + 6,
        round(end - start, 1),
    )
    due = (
        format_html('<circle cx="{}" cy="{}" r="4.5" fill="#052B57"/>', end, y + 16)
        if step["due"]
        else ""
    )
    return format_html("{}{}{}", label, bar, due)
