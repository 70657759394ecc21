"""The milestone chart as SVG: a row a step, a bar from its start to its date, the moved dates dashed.

Every bar has the word of its state beside it, so that nothing hangs on a colour.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from madang.foundation.dates import PartialDate
from madang.foundation.templatetags.madang import spell

TOP = 30.0


@dataclass(frozen=True)
class Shape:
    """Where things stand in a row: the bar beside its label, or under it on a phone.

    `left` and `wide` are where the time drawn begins and how wide it is, `word` where the state's
    word stands, `head` how high the label stands over the bar, `bar` how high the bar is.
    """

    name: str
    left: float
    wide: float
    word: float
    word_room: float
    row: float
    head: float
    bar: float


ON_A_DESK = Shape("milestones", 64, 720, 798, 96, 38, 0, 20)
ON_A_PHONE = Shape("milestones phone", 6, 316, 58, 12, 50, 20, 16)
FILLS = {
    "done": "#052B57",
    "on_track": "#B1CEFB",
    "late": "#FFC95C",
    "stopped": "#CDD1D5",
}
"""Of a bar, by the state of its step; any other is empty."""


def draw_milestones(
    steps: Sequence[dict[str, Any]],
    *,
    as_of: date | None = None,
    standalone: bool = False,
    shape: Shape = ON_A_DESK,
) -> SafeString:
    """The steps over time; a step without dates has its row and no bar.

    A step may carry `status` with its `state_word`, and `moved`, the dates that were moved. The
    dashed line across is the day it is drawn for, where that lies within the time drawn.
    """
    days = [day for step in steps for day in _days(step)]
    first, last = (min(days), max(days)) if days else (date(2000, 1, 1), date(2001, 1, 1))
    if as_of and last < as_of <= last + (last - first) / 4:
        last = as_of
    span = max((last - first).days, 1)
    told = any(step.get("state_word") for step in steps)
    words = _("Milestones over time: %(count)s") % {"count": len(steps)}
    return format_html(
        '<svg{} class="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        "<title>{}</title><desc>{}</desc>{}{}{}</svg>",
        SafeString(' xmlns="http://www.w3.org/2000/svg"') if standalone else "",
        shape.name,
        shape.left + shape.wide + (shape.word_room if told else 12),
        TOP + shape.row * len(steps) + 6,
        words,
        words,
        _("One line for each milestone, from its start to its date. Dashed: the date was moved."),
        _grid(shape, first, last, span, len(steps)),
        format_html_join(
            "", "{}", ((_row(shape, n, step, first, span),) for n, step in enumerate(steps))
        ),
        _today(shape, as_of, first, last, span, len(steps)),
    )


def _days(step: dict[str, Any]) -> list[date]:
    found = [_day(step["from"], False)] if step["from"] else []
    ends = [step["due"], *(one["from"] for one in step.get("moved", ()))]
    return found + [_day(end, True) for end in ends if end]


def _day(text: str, end: bool) -> date:
    """The day a date is drawn at: a month or a year ends at its end."""
    found = PartialDate(text)
    if not end or found.day:
        return found.first_day
    month = found.month or 12
    return date(found.year, month, monthrange(found.year, month)[1])


def draw_both(steps: Sequence[dict[str, Any]], *, as_of: date | None = None) -> SafeString:
    """The chart for a page: one shape is shown on a phone, the other where there is room."""
    return format_html(
        "{}{}",
        draw_milestones(steps, as_of=as_of),
        draw_milestones(steps, as_of=as_of, shape=ON_A_PHONE),
    )


def _x(shape: Shape, day: date, first: date, span: int) -> float:
    return round(shape.left + shape.wide * (day - first).days / span, 1)


def _grid(shape: Shape, first: date, last: date, span: int, rows: int) -> SafeString:
    years = [year for year in range(first.year, last.year + 1) if date(year, 1, 1) >= first]
    bottom = TOP + shape.row * rows
    at = [(year, _x(shape, date(year, 1, 1), first, span)) for year in years]
    return format_html_join(
        "",
        '<path d="M{0} {1}V{2}" stroke="#CDD1D5"/>'
        '<text x="{5}" y="{3}" font-size="13" fill="#464C53" text-anchor="middle">{4}</text>',
        # The first year's number stays within the picture, beside its line.
        ((x, TOP - 6, bottom, TOP - 12, year, max(x, 17)) for year, x in at if span > 200),
    )


def _today(
    shape: Shape, as_of: date | None, first: date, last: date, span: int, rows: int
) -> SafeString:
    """The day the chart is drawn for, as a dashed line with its date at the foot of it."""
    if as_of is None or not first <= as_of <= last:
        return SafeString()
    x = _x(shape, as_of, first, span)
    return format_html(
        '<path d="M{0} {1}V{2}" stroke="#1E2124" stroke-width="1.5" stroke-dasharray="5 4"/>'
        "<title>{3}</title>",
        x,
        TOP - 6,
        TOP + shape.row * rows,
        spell(as_of.isoformat()),
    )


def _row(shape: Shape, n: int, step: dict[str, Any], first: date, span: int) -> SafeString:
    y = TOP + shape.row * n
    line = y + (14 if shape.head else 21)
    label = format_html(
        '<text x="0" y="{}" font-size="15" font-weight="700" fill="#052B57">{}</text>',
        line,
        step["label"],
    )
    word = format_html(
        '<text x="{}" y="{}" font-size="13" fill="#1E2124">{}</text>',
        shape.word,
        line,
        step.get("state_word") or "",
    )
    told = word if step.get("state_word") else ""
    if not (step["from"] or step["due"]):
        return format_html("{}{}", label, told)
    bar, ends = _bar(shape, y, step, first, span), _old_ends(shape, y, step, first, span)
    return format_html("{}{}{}{}", label, bar, ends, told)


def _bar(shape: Shape, y: float, step: dict[str, Any], first: date, span: int) -> SafeString:
    start = _x(shape, _day(step["from"] or step["due"], False), first, span)
    end = max(_x(shape, _day(step["due"] or step["from"], True), first, span), start + 6)
    top = y + shape.head + (0 if shape.head else 6)
    bar = format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="3" fill="{}" stroke="#052B57" '
        'stroke-width="1.5"/>',
        start,
        top,
        round(end - start, 1),
        shape.bar,
        FILLS.get(step.get("status") or "", "#fff"),
    )
    if not step["due"]:
        return bar
    dot = format_html('<circle cx="{}" cy="{}" r="4.5" fill="#052B57"/>', end, top + shape.bar / 2)
    return format_html("{}{}", bar, dot)


def _old_ends(shape: Shape, y: float, step: dict[str, Any], first: date, span: int) -> SafeString:
    """Where each date stood that was moved: a dashed box round the old end, which nothing hides."""
    return format_html_join(
        "",
        '<rect x="{}" y="{}" width="10" height="{}" rx="3" fill="none" stroke="#1E2124" '
        'stroke-width="1.5" stroke-dasharray="3 2"/>',
        (
            (
                _x(shape, _day(one["from"], True), first, span) - 5,
                y + shape.head + (-4 if shape.head else 2),
                shape.bar + 8,
            )
            for one in step.get("moved", ())
            if one["from"]
        ),
    )
