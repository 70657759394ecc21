"""The shapes of the forum, its rules and its terms."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, FilteredRelation
from django.urls import reverse

from madang.foundation.refusals import NotFound
from madang.foundation.texts import Text
from madang.members.chairs import stand_ins_on
from madang.members.models import (
    Body,
    CoChair,
    Forum,
    Holding,
    RulesVersion,
    Seat,
    SeatClass,
    Source,
    StandIn,
    Term,
    lasting,
)


def _words(kept: Any) -> Text | None:
    return Text.of(kept) if kept else None


def terms_in_order() -> list[Term]:
    return list(Term.objects.select_related("body"))


def shown_term(terms: list[Term]) -> Term | None:
    """The newest term whose seats are all known: the one the seat chart can show."""
    known = [
        term for term in terms if term.seats and all(s["count"] is not None for s in term.seats)
    ]
    return known[-1] if known else None


def seat_counts(term: Term | None) -> dict[str, int | None]:
    return {seats["class"]: seats["count"] for seats in term.seats} if term else {}


def _body(body: Body) -> dict[str, Any]:
    return {
        "slug": body.slug,
        "name": body.name,
        "basis": body.basis,
        "from": body.starts,
        "to": body.ends,
        "seats": body.seats,
        "note": body.note,
        "source": body.source_id,
    }


def _chair(chair: Any, stand_in: StandIn | None) -> dict[str, Any]:
    return {
        "side": chair.side,
        "by": chair.by,
        "office": chair.office,
        "seat": chair.seat.number if chair.seat else None,
        "person": chair.person,
        "stand_in": stand_in
        and {
            "seat": stand_in.seat.number,
            "person": stand_in.person.name,
            "from": stand_in.starts,
            "basis": stand_in.basis,
            "document": stand_in.document,
        },
        "source": chair.source_id,
    }


def _term(term: Term) -> dict[str, Any]:
    return {
        "number": term.number,
        "from": term.starts,
        "to": term.ends,
        "body": {"slug": term.body.slug, "name": term.body.name},
        "seats": term.seats,
        "note": term.note,
        "source": term.source_id,
        "url": reverse("term", args=[term.number]),
    }


def _function(function: dict[str, Any]) -> dict[str, Any]:
    deeds = [{**deed, "text": _words(deed["text"])} for deed in function["deeds"]]
    return {**function, "text": _words(function["text"]), "deeds": deeds}


def _basis(forum: Forum) -> dict[str, Any] | None:
    """What a file tells of the legal basis, or the one line that was typed at the desk."""
    if kept := forum.legal_basis:
        # A basis loaded before it could say what it sets up has no such key.
        texts = {key: _words(kept.get(key)) for key in ("title", "kind", "sets_up")}
        return {**kept, **texts}
    body = forum.body
    if body is None or not body.basis:
        return None
    unknown = {"kind": None, "number": None, "date": None, "sets_up": None}
    return {"title": body.basis, **unknown, "source": body.source_id}


def forum_data(forum: Forum, *, on: str) -> dict[str, Any]:
    """The forum: its basis, functions, history, seats as of the shown term, co-chairs on a day."""
    terms = terms_in_order()
    term = shown_term(terms)
    # A chair stays on the page when nobody sits in its seat.
    holder = FilteredRelation("seat__holdings", condition=lasting(on, "seat__holdings__"))
    chairs = (
        CoChair.objects.select_related("seat")
        .annotate(holder=holder)
        .annotate(person=F("holder__person__name"))
        .order_by("-holder__starts")
    )
    held = {chair.side: chair for chair in reversed(chairs)}
    standing = {one.chair.side: one for one in stand_ins_on(on)}
    basis = _basis(forum)
    appointed = forum.appointed_by
    return {
        "name": forum.name,
        "seats": seat_counts(term),
        "co_chairs": [
            _chair(chair, standing.get(side)) for side, chair in sorted(held.items(), reverse=True)
        ],
        "legal_basis": basis,
        "appointed_by": appointed and {**appointed, "office": _words(appointed["office"])},
        "term": term.number if term else None,
        "as_of": term.starts if term else None,
        "functions": [_function(function) for function in forum.functions],
        "bodies": [_body(body) for body in Body.objects.all()],
        "terms": [_term(one) for one in terms],
        "practice": forum.practice,
    }


def rules_data() -> dict[str, Any]:
    """The rules by the day from which they are in force, newest first.

    Where that day is itself one of the figures nobody has seen, the day is that of their issue.
    """
    return {
        "versions": [
            {
                "title": version.title,
                **_since(version),
                "source": version.source_id,
                "figures": [
                    {
                        **figure,
                        "title": _words(figure["title"]),
                        "text": _words(figure["text"]),
                        "note": _words(figure["note"]),
                    }
                    for figure in version.figures
                ],
            }
            for version in RulesVersion.objects.all()
        ]
    }


def _since(version: RulesVersion) -> dict[str, str | None]:
    unseen = any(one["key"] == "in-force" and not one["figure"] for one in version.figures)
    day = version.in_force_from
    return {"in_force_from": None if unseen else day, "issued_on": day if unseen else None}


def terms_data() -> dict[str, Any]:
    return {"terms": [_term(term) for term in terms_in_order()]}


def find_term(number: int) -> Term:
    """Raises NotFound: members.no_term."""
    term = Term.objects.filter(number=number).select_related("body").first()
    if term is None:
        raise NotFound(
            "members.no_term", number=number, nearest=[reverse("terms"), reverse("forum")]
        )
    return term


def term_data(term: Term, classes: Iterable[SeatClass]) -> dict[str, Any]:
    """A term: its seats by class and, seat by seat, who held it, as far as recorded."""
    holdings: dict[int, list[Holding]] = {}
    for holding in term.holdings.select_related("person").order_by("starts", "pk"):
        holdings.setdefault(holding.seat_id, []).append(holding)
    counts = seat_counts(term)
    seats = [
        seat
        for seat in Seat.objects.select_related("seat_class", "cochair")
        if seat.position <= (counts.get(seat.seat_class.key) or 0)
    ]
    return {
        **_term(term),
        "classes": [
            {
                "key": kind.key,
                "side": kind.side,
                "name": kind.name,
                "count": counts.get(kind.key),
                "source": next((s["source"] for s in term.seats if s["class"] == kind.key), None),
            }
            for kind in classes
        ],
        "holdings": [_seat(seat, holdings.get(seat.pk, [])) for seat in seats],
    }


def _seat(seat: Seat, holdings: list[Holding]) -> dict[str, Any]:
    return {
        "seat": seat.number,
        "class": seat.seat_class.key,
        "side": seat.seat_class.side,
        "co_chair": hasattr(seat, "cochair"),
        "held": [
            {
                "person": holding.person.name if holding.person else None,
                "organisation": holding.person.organisation if holding.person else None,
                "office": holding.office,
                "from": holding.starts,
                "to": holding.ends,
                "source": holding.source_id,
            }
            for holding in holdings
        ],
    }


def sources_data() -> dict[str, Any]:
    return {
        "sources": [
            {
                "key": source.key,
                "title": source.title,
                "publisher": source.publisher,
                "url": source.url,
                "dated": source.dated,
                "note": source.note,
            }
            for source in Source.objects.all()
        ]
    }
