"""Reading a consultation: requests with where each agency stands, and what was said of a draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import translation

from madang.consultation.models import Asked, Opinion, Request
from madang.consultation.rules.answering import Answer, SheetKnown
from madang.consultation.rules.asking import standing_of
from madang.consultation.rules.words import Stance, Standing
from madang.consultation.words import STANCES
from madang.drafting.models import Commitment
from madang.foundation.refusals import NotFound
from madang.foundation.tables import plain_word
from madang.foundation.texts import Text, tongue_of


@dataclass(frozen=True)
class Place:
    """One agency's place in a request, for one draft: its answers in order, and where it stands."""

    asked: Asked
    opinions: list[Opinion]
    standing: Standing

    @property
    def newest(self) -> Opinion | None:
        return self.opinions[-1] if self.opinions else None

    @property
    def is_owed(self) -> bool:
        """Whether an answer is still wanted."""
        return self.standing in (Standing.WAITING, Standing.OVERDUE, Standing.VERY_OVERDUE)

    @property
    def version(self) -> int:
        """The number of the version that the draft reads as now."""
        newest = self.asked.commitment.versions.first()
        return newest.number if newest else self.asked.version


def request_at(ref: str) -> Request:
    """The request of a ref (`request:2-1`), with its plan.

    Raises NotFound: consultation.no_request.
    """
    plan, _dash, number = ref.removeprefix("request:").partition("-")
    rows = Request.objects.select_related("plan")
    known = plan.isascii() and plan.isdigit() and number.isascii() and number.isdigit()
    found = rows.filter(plan__number=plan, number=number).first() if known else None
    if found is None:
        raise NotFound("consultation.no_request", label=f"{plan}-{number}"[:20])
    return found


def places(rows: QuerySet[Asked], at: datetime) -> list[Place]:
    """Places with their answers: two queries however many there are."""
    rows = rows.select_related("request__plan", "agency", "commitment__plan").prefetch_related(
        Prefetch("opinions", to_attr="answers")
    )
    return [_place(one, at) for one in rows]


def places_of(request: Request, at: datetime, agency: str = "") -> list[Place]:
    """A request's places: each agency's, or one agency's alone."""
    rows = Asked.objects.filter(request=request).prefetch_related("commitment__milestones")
    return places(rows.filter(agency__slug=agency) if agency else rows, at)


def _place(asked: Any, at: datetime) -> Place:
    first = asked.answers[0].made_at if asked.answers else None
    request = asked.request
    standing = standing_of(
        request.due_at, answered_at=first, withdrawn=request.withdrawn_at is not None, at=at
    )
    return Place(asked, list(asked.answers), standing)


def opinions_on(*commitments: Commitment) -> list[Opinion]:
    """What agencies said of drafts, the newest answer of each request, in the order they came."""
    rows = Opinion.objects.filter(asked__commitment__in=commitments, newest=True)
    beside = ("asked__agency", "asked__request__plan", "asked__commitment__plan")
    return list(rows.select_related(*beside))


def sheet_known(found: Iterable[Place], plan: int) -> SheetKnown:
    """What an agency's sheet is read against."""
    here = list(found)
    stances = {plain_word(one): one.value for one in Stance}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            stances |= {plain_word(str(STANCES[one])): one.value for one in Stance}
    return SheetKnown(
        plan=plan,
        numbers={one.asked.commitment.number for one in here},
        stances=stances,
        given={one.asked.commitment.number: answer_of(one.newest) for one in here if one.newest},
    )


def answer_of(opinion: Opinion) -> Answer:
    """A kept answer as it was given."""
    return Answer(
        commitment=opinion.asked.commitment.number,
        stance=opinion.stance,
        words=_only(opinion.words),
        wording=_only(opinion.wording),
        reference=opinion.reference,
        version=opinion.version,
    )


def _only(text: Text | None) -> str:
    """The words of a text that has one language."""
    return next((one for one in text.words.values() if one), "") if text else ""


def in_its_tongue(words: str, languages: list[str]) -> Text | None:
    """Words under the language they are written in; none where there are none."""
    if not words:
        return None
    language = tongue_of(words)
    return Text({language if language in languages else languages[0]: words})
