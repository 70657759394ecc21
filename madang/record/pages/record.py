"""The pages of the record: every act, and the proof that it stands there."""

import json
from dataclasses import asdict
from typing import Any

from django.db.models import OuterRef
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.foundation.answers import Table, answer
from madang.foundation.gathering import Gathered
from madang.foundation.refusals import NotFound, NotValid
from madang.record import log
from madang.record.models import Entry, Opening
from madang.record.pages.words import KINDS

A_PAGE = 50
_ENTRIES = Entry.objects.annotate(
    kept_rows=Gathered(Opening.objects.filter(entry=OuterRef("pk")), field="field")
)
"""Entries with the fields whose openings are still kept."""


def _line(entry: Entry) -> dict[str, Any]:
    said = log.said(entry)
    return {
        "index": entry.index,
        "at": said["at"],
        "moment": entry.at,
        "kind": entry.kind,
        "about": entry.about,
        "by": said["d"].get("by"),
        "leaf_hash": bytes(entry.leaf_hash).hex(),
        "url": reverse("entry", args=[entry.index]),
    }


def record(request: HttpRequest, twin: str) -> HttpResponse:
    size = request.state[0]  # type: ignore[attr-defined]
    before = _before(request, size)
    entries = list(log.entries().filter(index__lt=before)[:A_PAGE])
    lines = [_line(entry) for entry in entries]
    last = entries[-1].index if entries else 0
    data = {
        "size": size,
        "root": log.root(size).hex(),
        "entries": [{k: v for k, v in line.items() if k != "moment"} for line in lines],
        "older": f"{reverse('record')}?before={last}" if last > 0 else None,
    }

    def table() -> Table:
        headings = [_("Entry"), _("When (UTC)"), _("Act"), _("About"), _("By"), _("Leaf hash")]
        keys = ("index", "at", "kind", "about", "by", "leaf_hash")
        return Table("record", headings, [[line[key] for key in keys] for line in lines])

    extra = {"lines": lines, "kinds": KINDS, "newest": before >= size}
    filters = ("before",)
    return answer(
        request, twin, "record/record.html", data, table=table, filters=filters, extra=extra
    )


def _before(request: HttpRequest, size: int) -> int:
    given = request.GET.get("before", str(size))
    if not given.isascii() or not given.isdigit() or len(given) > 15:
        raise NotValid("record.bad_page", value=given[:40])
    return int(given)


def entry(request: HttpRequest, index: int, twin: str) -> HttpResponse:
    found: Any = _ENTRIES.filter(index=index).first()
    size = request.state[0]  # type: ignore[attr-defined]
    if found is None:
        raise NotFound("record.no_entry", index=index, size=size, nearest=[reverse("record")])
    said = log.said(found)
    proof = log.prove(index, size)
    kept = {opening["field"] for opening in found.kept_rows}
    entries = log.opened(found.kind, about=found.about)
    opened = entries[index].openings if index in entries else {}
    data = {
        "index": index,
        "leaf": bytes(found.leaf).decode(),
        "leaf_hash": bytes(found.leaf_hash).hex(),
        "says": said,
        "openings": {
            field: {"open": field in kept, **(asdict(opened[field]) if field in opened else {})}
            for field in said["c"]
        },
        "proof": {
            "size": proof.size,
            "root": proof.root.hex(),
            "path": [step.hex() for step in proof.path],
        },
    }
    extra = {
        "kind": KINDS.get(found.kind, found.kind),
        "moment": found.at,
        "facts": _facts(said["d"]),
        "committed": [
            (field, value, field in kept, opened.get(field)) for field, value in said["c"].items()
        ],
        "earlier": index - 1 if index else None,
        "later": index + 1 if index + 1 < size else None,
    }
    return answer(request, twin, "record/entry.html", data, extra=extra)


def _facts(clear: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for key, value in clear.items()
    ]
