"""What agencies said of a commitment's draft, beside its text."""

from typing import Any

from django.db.models import OuterRef

from madang.consultation.models import Opinion
from madang.consultation.words import CHANNELS, SAID
from madang.drafting.models import Commitment
from madang.foundation.gathering import Gathered

OF_COMMITMENT = Gathered(
    Opinion.objects.filter(asked__commitment=OuterRef("pk"), newest=True).order_by("made_at"),
    agency="asked__agency__slug",
    name="asked__agency__name",
    request="asked__request__number",
    due_on="asked__request__due_on",
    stance="stance",
    words="words",
    wording="wording",
    reference="reference",
    version="version",
    late="late",
    channel="channel",
    document="document",
    made_at="made_at",
)
"""The newest answer of each agency to each request about a commitment, in the order they came."""


def opinions_of(commitment: Commitment) -> list[dict[str, Any]]:
    """What agencies said of one commitment's draft, in the reader's words."""
    row: Any = Commitment.objects.annotate(opinion_rows=OF_COMMITMENT).get(pk=commitment.pk)
    return opinions_shown(row.opinion_rows)


def opinions_shown(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same in the reader's words."""
    return [{**one, "said": SAID[one["stance"]], "how": CHANNELS[one["channel"]]} for one in rows]
