"""How a commitment's text was written: what its paragraphs go back to, what was suggested."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import OuterRef
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.drafting.models import Suggestion
from madang.drafting.pages.suggestions import shown, suggestion_data
from madang.drafting.rules.diff import Path, folded
from madang.drafting.rules.paragraphs import paragraphs, piece_at, writable
from madang.drafting.words import FATES, ref_words, words_of
from madang.foundation.addresses import address_of
from madang.foundation.answers import Table, answer, said
from madang.members.models import Agency
from madang.plans.pages import data as shapes
from madang.taskforces.pages.data import counted

SUGGESTED = counted(Suggestion.objects.filter(commitment=OuterRef("pk")), "commitment")
"""How many suggestions were made to a commitment's text."""
SHOWN = 40
"""How many suggestions stand on the page, the newest first; its table has them all."""
BEGINS = 60
"""How much of a paragraph is quoted where it is named."""


def origins_shown(row: Any) -> list[dict[str, Any]]:
    """The paragraphs that go back to something, in the reader's language where it has them."""
    language = get_language() or "ko"
    texts = _texts(row)
    agencies = {one["agency"]: said(one["name"]) for one in row.opinion_rows}
    found = []
    for key, refs in row.origins.items():
        path = tuple(key.split("/"))
        if path[-1] != language and (*path[:-1], language) in texts:
            continue
        for place, words in enumerate(paragraphs(texts.get(path, ""))):
            if words and place < len(refs) and refs[place]:
                found.append(_origin(path, place, words, refs_shown(refs[place], agencies)))
    return found


def _texts(row: Any) -> dict[Path, str]:
    parts = {
        "title": row.title.kept(),
        "description": row.description.kept() if row.description else None,
        "problem": row.problem.kept() if row.problem else None,
        "template": row.template,
        "milestones": [
            {
                "label": step["label"],
                "title": step["title"].kept() if step["title"] else None,
                "output": step["output"].kept() if step["output"] else None,
            }
            for step in row.milestone_rows
        ],
    }
    keys = {tuple(key.split("/"))[-1] for key in row.origins} | {get_language() or "ko"}
    paths = writable(parts, sorted(keys))
    return {path: text for path in paths if (text := piece_at(parts, path))}


def _origin(path: Path, place: int, words: str, refs: list[dict[str, str]]) -> dict[str, Any]:
    begins = words if len(words) <= BEGINS else words[:BEGINS].rstrip() + "…"
    return {
        "where": words_of(path[:-1]),
        "language": path[-1],
        "paragraph": place + 1,
        "begins": begins,
        "refs": refs,
    }


def refs_shown(refs: Iterable[str], agencies: Mapping[str, str]) -> list[dict[str, str]]:
    """What a text goes back to, in words and with an address where it has a page."""
    return [{"words": ref_words(ref, agencies), "url": ref_address(ref)} for ref in refs]


def agencies_in(refs: Iterable[str]) -> dict[str, str]:
    """The names of the agencies whose opinions are among these, by slug; asked for if there are any."""
    slugs = {ref.rpartition(".")[2] for ref in refs if ref.startswith("opinion:")}
    rows = Agency.objects.filter(slug__in=slugs) if slugs else ()
    return {row.slug: said(row.name) for row in rows}


def ref_address(ref: str) -> str:
    """Where a ref leads: a suggestion to its row on the page of them."""
    kind, _sep, key = ref.partition(":")
    if kind != "suggestion":
        return address_of(ref)
    commitment, _dot, number = key.partition(".")
    plan, _dash, label = commitment.partition("-")
    return f"{reverse('draft.suggestions', args=[int(plan), int(label)])}#s-{number}"


def suggestions(request: Any, number: int, commitment: int, twin: str) -> HttpResponse:
    """Every suggestion to a commitment's text, with its reason and its fate."""
    row = shapes.find_commitment(number, commitment, request.actor)
    rows = list(Suggestion.objects.filter(commitment=row))
    data = {
        "plan": shapes.plan_line(row.plan),
        "number": row.number,
        "title": row.title,
        "suggestions": [_public(one) for one in rows],
    }

    def table() -> Table:
        headings = [
            _("Number"),
            _("For"),
            _("Paragraph"),
            _("Language"),
            _("Read before"),
            _("Suggested"),
            _("Reason"),
            _("What became of it"),
            _("Answer"),
            _("Made"),
            _("Answered"),
        ]
        return Table(
            f"plan-{number}-commitment-{commitment}-suggestions",
            headings,
            [
                [
                    one["number"],
                    words_of(tuple(one["piece"].split("/"))),
                    one["paragraph"],
                    one["language"],
                    one["original"],
                    one["wording"],
                    one["reason"],
                    FATES[one["fate"]],
                    one["answer"],
                    one["made_at"].isoformat(),
                    one["answered_at"].isoformat() if one["answered_at"] else "",
                ]
                for one in data["suggestions"]
            ],
        )

    newest = rows[::-1][:SHOWN]
    extra = {
        "rows": [_folded(shown(one)) for one in newest],
        "more": len(rows) > len(newest),
        "count": len(rows),
    }
    return answer(request, twin, "plans/suggestions.html", data, table=table, extra=extra)


def _folded(one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "runs": folded(one["runs"])}


def _public(row: Suggestion) -> dict[str, Any]:
    """The same in any language: the words for where it stands are the page's."""
    found = suggestion_data(row)
    found.pop("where")
    return found
