"""The threshold line as SVG: how much came in, and the line it had to pass."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from madang.ballots.rules.working import Step

WIDE, HIGH, TOP = 600, 34, 30
INK, FILLED, LINE = "#1E2124", "#39506C", "#8A949E"


def draw_threshold(step: Step, words: str) -> SafeString:
    """One bar from nothing to the whole, filled as far as it came, with the line to pass across it."""
    reached = round(WIDE * step.part / step.whole, 1) if step.whole else 0
    mark = round(WIDE * step.at, 1)
    return format_html(
        '<svg class="threshold" viewBox="-2 0 {} {}" role="img" aria-label="{}"><title>{}</title><desc>{}</desc>'
        '<rect x="0" y="{}" width="{}" height="{}" fill="#fff" stroke="{}" stroke-width="2"/>'
        '<rect x="0" y="{}" width="{}" height="{}" fill="{}"/>'
        '<path d="M{} {}V{}" stroke="#fff" stroke-width="7"/>'
        '<path d="M{} {}V{}" stroke="{}" stroke-width="3"/>'
        '<text x="{}" y="20" font-size="18" text-anchor="middle" fill="{}">{} {}</text></svg>',
        *(WIDE + 4, TOP + HIGH + 10, words, words),
        _("The bar is as long as the part that was reached; the line is what was needed."),
        *(TOP, WIDE, HIGH, LINE),
        *(TOP, reached, HIGH, FILLED),
        *(mark, TOP - 4, TOP + HIGH + 6),
        *(mark, TOP - 4, TOP + HIGH + 6, INK),
        *(mark, INK, step.share.comparator.replace(">=", "≥"), step.least),
    )
