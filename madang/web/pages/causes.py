"""What was said of a draft, from which its writers choose what they change it for."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from madang.consultation.models import Comment
from madang.consultation.reading import opinions_on
from madang.consultation.rules.commenting import CommentState
from madang.consultation.words import SAID
from madang.drafting.models import Commitment, Suggestion
from madang.drafting.rules.suggesting import Fate
from madang.foundation.answers import said
from madang.foundation.refusals import NotValid
from madang.foundation.texts import Text
from madang.web.pages.two_tongues import Values

SHOWN = 40
"""How many comments and how many suggestions are listed, the newest of each."""


def causes_of(row: Commitment, values: Values) -> list[dict[str, Any]]:
    """Agencies' opinions, public comments and suggestions on a draft, each with its words."""
    chosen = chosen_in(values)
    found = [*_opinions(row), *_comments(row), *_suggestions(row)]
    return [{**one, "chosen": one["ref"] in chosen} for one in found]


def chosen_in(values: Values) -> list[str]:
    return list(dict.fromkeys(values.get("because", "").split()))


def check_listed(row: Commitment, chosen: Sequence[str]) -> None:
    """Raises NotValid: drafting.no_cause."""
    listed = {one["ref"] for one in causes_of(row, {})} if chosen else set()
    for ref in chosen:
        if ref not in listed:
            raise NotValid("drafting.no_cause", ref=ref[:60], field="because")


def _opinions(row: Commitment) -> list[dict[str, Any]]:
    return [
        {
            "ref": one.asked.ref,
            "who": f"{said(one.asked.agency.name)}: {SAID[one.stance]}",
            "texts": [text for text in (one.words, one.wording) if text],
        }
        for one in opinions_on(row)
    ]


def _comments(row: Commitment) -> list[dict[str, Any]]:
    rows = Comment.objects.filter(plan=row.plan, state=CommentState.PUBLIC)
    here = rows.filter(commitment=row) | rows.filter(commitment=None)
    return [
        {
            "ref": one.ref,
            "who": _("Comment %(number)s") % {"number": one.label},
            "texts": [Text({one.language: one.text})],
        }
        for one in here.select_related("plan").order_by("-number")[:SHOWN]
    ]


def _suggestions(row: Commitment) -> list[dict[str, Any]]:
    rows = Suggestion.objects.filter(commitment=row).exclude(fate=Fate.WITHDRAWN)
    found = []
    for one in rows.order_by("-number")[:SHOWN]:
        one.commitment = row
        who = _("Suggestion %(number)s") % {"number": one.number}
        language = one.piece.rpartition("/")[2]
        texts = [Text({language: one.wording}), Text({one.language: one.reason})]
        found.append({"ref": one.ref, "who": who, "texts": texts})
    return found
