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
    """A seat to draw: its side, whether it is ex officio (outlined), a co-chair's (ringed).

    With a `mark` of MARKS the seat is drawn open, and the mark says how it answered a ballot.
    """

    side: str
    outlined: bool = False
    ringed: bool = False
    title: str = ""
    mark: str = ""


MARKS = {
    "yes": '<circle cx="{x}" cy="{y}" r="4.5" fill="{colour}"/>',
    "no": '<path d="M{x} {y}m-4.5-4.5l9 9m0-9l-9 9" stroke="{colour}" stroke-width="2.5"/>',
    "abstain": '<path d="M{x} {y}m-5 0h10" stroke="{colour}" stroke-width="2.5"/>',
    "recused": '<circle cx="{x}" cy="{y}" r="4" fill="none" stroke="{colour}" stroke-width="1.8"/>'
    '<path d="M{x} {y}m-5 5l10-10" stroke="{colour}" stroke-width="1.8"/>',
    # Shut: the seat has answered, and what it answered is nobody's to know before the close.
    "answered": '<path d="M{x} {y}m0-5l5 5-5 5-5-5z" fill="none" stroke="{colour}" stroke-width="1.8"/>',
    "not_returned": "",
}
"""What stands in a seat, by its answer; shapes, so that no colour is needed to tell them apart."""


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


def draw_seats(seats: Sequence[Drawn], *, standalone: bool = False, words: str = "") -> SafeString:
    """The chart, complete with title and description, for a page or as a file of its own.

    `words` say what it shows; without them, how many seats each side has.
    """
    places = seat_places(len(seats))
    if not places:
        return SafeString("")
    reach = max(max(abs(p.x), abs(p.y)) for p in places) + SEAT + 8
    government = sum(seat.side == "government" for seat in seats)
    words = words or _(
        "Government %(government)s, civil society %(civil)s, together %(all)s seats"
    ) % {
        "government": government,
        "civil": len(seats) - government,
        "all": len(seats),
    }
    return format_html(
        '<svg{} class="seat-chart" viewBox="{} {} {} {}" role="img" aria-label="{}"><title>{}</title><desc>{}</desc>{}</svg>',
        SafeString(' xmlns="http://www.w3.org/2000/svg"') if standalone else "",
        round(-reach, 1),
        round(-reach, 1),
        round(2 * reach, 1),
        round(reach + SEAT + 8, 1),
        words,
        words,
        _(
            "A half circle of seats: squares are the government’s, circles civil society’s. A ring around a seat: a co-chair."
        ),
        format_html_join(
            "", "{}", ((_seat(seat, place),) for seat, place in zip(seats, places, strict=True))
        ),
    )


def _seat(seat: Drawn, place: Place) -> SafeString:
    colour = COLOURS[seat.side]
    hollow = seat.outlined or bool(seat.mark)
    fill = "#fff" if hollow else colour
    half = SEAT - (1 if hollow else 0)
    stroke = _outline(seat, colour) if hollow else SafeString("")
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
    if seat.mark:
        drawn = format_html(MARKS[seat.mark], x=place.x, y=place.y, colour=colour)
        shape = format_html("<g><title>{}</title>{}{}</g>", seat.title, shape, drawn)
    if not seat.ringed:
        return shape
    ring = format_html(
        '<circle cx="{}" cy="{}" r="{}" fill="none" stroke="#1E2124" stroke-width="2"/>',
        place.x,
        place.y,
        SEAT + 5,
    )
    return format_html("{}{}", shape, ring)


def _outline(seat: Drawn, colour: str) -> SafeString:
    if seat.mark == "not_returned":
        return format_html(' stroke="{}" stroke-width="1.8" stroke-dasharray="2 3"', colour)
    return format_html(' stroke="{}" stroke-width="{}"', colour, 1.5 if seat.mark else 2.5)
