"""The pages of the forum itself."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.foundation.answers import Table, answer, said
from madang.members.forum import shared_at
from madang.members.pages import data as shapes
from madang.members.pages.figures import figure_words
from madang.members.pages.seat_chart import draw_seats, seats_to_draw

State = tuple[int, str]
SIDES = {"government": gettext_lazy("Government"), "civil_society": gettext_lazy("Civil society")}


def classes_of(state: State, counts: dict[str, int | None]) -> list[dict[str, Any]]:
    """The forum's kinds of seats with their counts in a composition."""
    return [
        {
            "key": kind.key,
            "side": kind.side,
            "prefix": kind.prefix,
            "name": kind.name,
            "count": counts.get(kind.key),
            "ex_officio": kind.key == "ex_officio",
        }
        for kind in shared_at(state).classes
    ]


@dataclass(frozen=True)
class Seated:
    """The composition the seat chart shows: that of the newest term whose seats are all known."""

    term: int | None
    as_of: str | None
    counts: dict[str, int | None]
    classes: list[dict[str, Any]]


def seated_at(state: State) -> Seated:
    """The shown composition as of a state of the record."""
    term = shapes.shown_term(shared_at(state).terms)
    counts = shapes.seat_counts(term)
    return Seated(
        term=term.number if term else None,
        as_of=term.starts if term else None,
        counts=counts,
        classes=classes_of(state, counts),
    )


def forum(request: Any, twin: str) -> HttpResponse:
    today = timezone.localdate(request.at).isoformat()
    data = shapes.forum_data(request.forum, on=today)
    classes = classes_of(request.state, data["seats"])
    seats = seats_to_draw(classes, data["co_chairs"])

    def table() -> Table:
        headings = [_("Kind of seat"), _("Side"), _("Seats"), _("As of")]
        rows = [[said(k["name"]), SIDES[k["side"]], k["count"], data["as_of"]] for k in classes]
        return Table("forum-seats", headings, rows)

    extra = {
        "classes": classes,
        "chart": draw_seats(seats),
        "undrawn": not seats,
        "sides": SIDES,
        "total": len(seats),
        "unseated_chairs": any(not chair["seat"] for chair in data["co_chairs"]),
        "later": [t for t in data["terms"] if data["term"] and t["number"] > data["term"]],
    }
    return answer(
        request,
        twin,
        "members/forum.html",
        data,
        table=table,
        drawing=lambda: draw_seats(seats, standalone=True),
        extra=extra,
    )


def rules(request: HttpRequest, twin: str) -> HttpResponse:
    data = shapes.rules_data()
    for version in data["versions"]:
        for figure in version["figures"]:
            figure["words"] = figure_words(figure["figure"])

    def table() -> Table:
        headings = [
            _("In force from"),
            _("Issued on"),
            _("Rule"),
            _("Figure"),
            _("Text"),
            _("Source"),
            _("Note"),
        ]
        rows = [
            [
                version["in_force_from"],
                version["issued_on"],
                said(figure["title"]),
                figure["words"],
                said(figure["text"]),
                figure["source"],
                said(figure["note"]),
            ]
            for version in data["versions"]
            for figure in version["figures"]
        ]
        return Table("forum-rules", headings, rows)

    return answer(request, twin, "members/rules.html", data, table=table)


def terms(request: Any, twin: str) -> HttpResponse:
    data = shapes.terms_data()
    kinds = {kind.key: kind.name for kind in shared_at(request.state).classes}

    def table() -> Table:
        headings = [
            _("Term"),
            _("From"),
            _("To"),
            *(said(name) for name in kinds.values()),
            _("Source"),
        ]
        rows = [
            [
                t["number"],
                t["from"],
                t["to"],
                *(
                    next((s["count"] for s in t["seats"] if s["class"] == key), None)
                    for key in kinds
                ),
                t["source"],
            ]
            for t in data["terms"]
        ]
        return Table("forum-terms", headings, rows)

    return answer(request, twin, "members/terms.html", data, table=table, extra={"kinds": kinds})


def term(request: Any, number: int, twin: str) -> HttpResponse:
    row = shapes.find_term(number)
    data = shapes.term_data(row, shared_at(request.state).classes)
    chairs = [
        {"side": seat["side"], "seat": seat["seat"]}
        for seat in data["holdings"]
        if seat["co_chair"]
    ]
    classes = classes_of(request.state, shapes.seat_counts(row))
    whole = bool(classes) and all(kind["count"] is not None for kind in classes)

    def drawing(**options: Any) -> Any:
        return draw_seats(seats_to_draw(classes, chairs), **options) if whole else ""

    def table() -> Table:
        headings = [
            _("Seat"),
            _("Side"),
            _("Name"),
            _("Organisation"),
            _("Office"),
            _("From"),
            _("To"),
        ]
        return Table(f"term-{number}", headings, _held_rows(data["holdings"]))

    extra = {"chart": drawing(), "undrawn": not whole, "sides": SIDES, "whole": whole}
    extra["named"] = any(held["person"] for seat in data["holdings"] for held in seat["held"])
    return answer(
        request,
        twin,
        "members/term.html",
        data,
        table=table,
        drawing=lambda: drawing(standalone=True),
        extra=extra,
    )


def _held_rows(seats: list[dict[str, Any]]) -> list[list[Any]]:
    return [
        [
            seat["seat"],
            SIDES[seat["side"]],
            said(held["person"]),
            said(held["organisation"]),
            said(held["office"]),
            held["from"],
            held["to"],
        ]
        for seat in seats
        for held in (
            seat["held"] or [dict.fromkeys(("person", "organisation", "office", "from", "to"))]
        )
    ]


def sources(request: HttpRequest, twin: str) -> HttpResponse:
    data = shapes.sources_data()

    def table() -> Table:
        headings = [_("Key"), _("Title"), _("Publisher"), _("Address"), _("Date"), _("Note")]
        rows = [
            [
                s["key"],
                said(s["title"]),
                said(s["publisher"]),
                s["url"],
                s["dated"],
                said(s["note"]),
            ]
            for s in data["sources"]
        ]
        return Table("sources", headings, rows)

    return answer(request, twin, "members/sources.html", data, table=table)
