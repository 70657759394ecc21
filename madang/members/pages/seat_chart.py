"""The seat chart as SVG: government squares, civil society circles, co-chairs ringed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from madang.members.rules.seating import SEAT, Place, seat_places

COLOURS = {"government": "#39506C", "civil_society": "#7A3E9D"}


@dataclass(frozen=True)
class Drawn:
    """A seat to draw: its side, whether it is ex officio (outlined), a co-chair's (ringed)."""

    side: str
    outlined: bool = False
    ringed: bool = False
    title: str = ""


def seats_to_draw(classes: Sequence[dict], chairs: Sequence[dict]) -> list[Drawn]:
    """Seats in the order of the arc: government from the left, civil society after it.

    A co-chair whose seat is not recorded is marked on the first seat of the side; the page says so.
    """
    drawn: list[Drawn] = []
    for side in ("government", "civil_society"):
        ringed = {c["seat"] for c in chairs if c["side"] == side and c["seat"]}
        unknown = any(c["side"] == side and not c["seat"] for c in chairs)
        first = True
        for kind in (k for k in classes if k["side"] == side):
            for n in range(1, (kind["count"] or 0) + 1):
                number = f"{kind['prefix']}-{n}"
                ring = number in ringed or (unknown and first)
                drawn.append(Drawn(side, kind["ex_officio"], ring, number))
                first = False
    return drawn


def draw_seats(seats: Sequence[Drawn], *, standalone: bool = False) -> SafeString:
    """The chart, complete with title and description, for a page or as a file of its own."""
    places = seat_places(len(seats))
    if not places:
        return SafeString("")
    reach = max(max(abs(p.x), abs(p.y)) for p in places) + SEAT + 8
    government = sum(seat.side == "government" for seat in seats)
    words = _("Government %(government)s, civil society %(civil)s, together %(all)s seats") % {
        "government": government,
        "civil": len(seats) - government,
        "all": len(seats),
    }
    return format_html(
        '<svg{} class="seat-chart" viewBox="{} {} {} {}" role="img" aria-label="{}"><title>{}</title>{}</svg>',
        SafeString(' xmlns="http://www.w3.org/2000/svg"') if standalone else "",
        round(-reach, 1),
        round(-reach, 1),
        round(2 * reach, 1),
        round(reach + SEAT + 8, 1),
        words,
        words,
        format_html_join(
            "", "{}", ((_seat(seat, place),) for seat, place in zip(seats, places, strict=True))
        ),
    )


def _seat(seat: Drawn, place: Place) -> SafeString:
    colour = COLOURS[seat.side]
    fill = "#fff" if seat.outlined else colour
    half = SEAT - (1 if seat.outlined else 0)
    stroke = format_html(' stroke="{}" stroke-width="2.5"', colour) if seat.outlined else ""
    if seat.side == "government":
        shape = format_html(
            '<rect x="{}" y="{}" width="{}" height="{}" rx="2" fill="{}"{}/>',
            round(place.x - half, 1),
            round(place.y - half, 1),
            2 * half,
            2 * half,
            fill,
            stroke,
        )
    else:
        shape = format_html(
            '<circle cx="{}" cy="{}" r="{}" fill="{}"{}/>', place.x, place.y, half, fill, stroke
        )
    if not seat.ringed:
        return shape
    ring = format_html(
        '<circle cx="{}" cy="{}" r="{}" fill="none" stroke="#1E2124" stroke-width="2"/>',
        place.x,
        place.y,
        SEAT + 5,
    )
    return format_html("{}{}", shape, ring)
