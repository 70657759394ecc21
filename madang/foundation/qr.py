"""A QR code of an address, drawn as inline SVG."""

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET = 4
"""Modules of white around it. Source: ISO/IEC 18004."""


def draw_qr(address: str, *, title: str) -> SafeString:
    """The drawing, black on white whatever the page's colours are, with `title` as its name."""
    rows = segno.make_qr(address, error="m").matrix
    side = len(rows) + 2 * QUIET
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    return format_html(
        '<svg class="qr" viewBox="0 0 {side} {side}" role="img" aria-label="{title}" '
        'xmlns="http://www.w3.org/2000/svg"><path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        '<path fill="#000" d="{path}"/></svg>',
        side=side,
        title=title,
        path=path,
    )
