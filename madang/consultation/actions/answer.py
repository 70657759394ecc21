"""What an agency says: by its own page or sheet, or entered by the secretariat from its letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from madang.consultation.models import Asked, Opinion, Request
from madang.consultation.reading import answer_of, in_its_tongue
from madang.consultation.rules.answering import REFERENCE_MOST, Answer, check_answer
from madang.consultation.rules.asking import is_late
from madang.consultation.rules.permissions import MAY
from madang.consultation.rules.words import Channel
from madang.documents.files import canonical_digest
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow, NotValid
from madang.members.models import Forum
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class OpinionsGiven(Event):
    """An agency said what it thinks of drafts; `said` holds for each its stance and its answer's hash."""

    KIND: ClassVar[str] = "opinion.given"

    agency: str
    channel: str
    late: bool
    said: list[dict[str, Any]]
    document: str = ""


@action("opinion.give", may=MAY)
def give_opinions(
    request: Request, *, answers: Sequence[Answer], channel: str, by: Actor, at: datetime
) -> OpinionsGiven:
    """Say what the actor's own agency thinks of drafts it was asked about; a later answer replaces none.

    What comes after the window is kept and marked late. Raises NotNow: consultation.withdrawn,
    consultation.said_already. Raises NotValid: consultation.nothing_said,
    consultation.row_not_asked, and what `check_answer` raises.
    """
    assert by.agency
    return _give(request, by.agency, answers, channel=channel, document="", at=at)


@action("opinion.enter", may=MAY)
def enter_opinions(
    request: Request,
    *,
    agency: str,
    answers: Sequence[Answer],
    document: str,
    by: Actor,
    at: datetime,
) -> OpinionsGiven:
    """Enter what an agency said on paper or by a sheet in its own mail; it shows as entered.

    `document` is the number of its letter. Raises NotValid: consultation.no_document, and what
    `give_opinions` raises.
    """
    if not 1 <= len(document) <= REFERENCE_MOST:
        raise NotValid("consultation.no_document", most=REFERENCE_MOST, field="document")
    return _give(request, agency, answers, channel=Channel.OFFICE, document=document, at=at)


def _give(
    request: Request,
    agency: str,
    answers: Sequence[Answer],
    *,
    channel: str,
    document: str,
    at: datetime,
) -> OpinionsGiven:
    if request.withdrawn_at:
        raise NotNow("consultation.withdrawn")
    if not answers:
        raise NotValid("consultation.nothing_said", field="main")
    rows = Asked.objects.filter(request=request, agency__slug=agency)
    asked = {one.commitment.number: one for one in rows.select_related("commitment")}
    languages, said = Forum.objects.get(pk=1).languages, []
    for answer in answers:
        check_answer(answer)
        if answer.commitment not in asked:
            raise NotValid("consultation.row_not_asked", value=answer.commitment, field="main")
        opinion = _next(asked[answer.commitment], answer, languages)
        if opinion:
            opinion.late = is_late(request.due_at, at)
            opinion.channel, opinion.document, opinion.made_at = channel, document, at
            opinion.save()
            said.append(_said(answer.commitment, opinion))
    if not said:
        raise NotNow("consultation.said_already")
    return OpinionsGiven(
        about=request.ref,
        agency=agency,
        channel=channel,
        late=is_late(request.due_at, at),
        said=said,
        document=document,
    )


def _next(asked: Asked, answer: Answer, languages: list[str]) -> Opinion | None:
    """The agency's next answer to a draft; none where it says what the newest says."""
    last = asked.opinions.filter(newest=True).first()
    if last:
        last.asked = asked
        if answer_of(last) == answer:
            return None
        Opinion.objects.filter(pk=last.pk).update(newest=False)
    return Opinion(
        asked=asked,
        number=last.number + 1 if last else 1,
        stance=answer.stance,
        words=in_its_tongue(answer.words, languages),
        wording=in_its_tongue(answer.wording, languages),
        reference=answer.reference,
        version=_version_said_to(asked, answer),
    )


def _version_said_to(asked: Asked, answer: Answer) -> int:
    """The version the agency had before it; the newest where that isn't known."""
    versions = asked.commitment.versions
    if answer.version and versions.filter(number=answer.version).exists():
        return answer.version
    newest = versions.first()
    return newest.number if newest else asked.version


def _said(commitment: int, opinion: Opinion) -> dict[str, Any]:
    return {
        "commitment": commitment,
        "stance": opinion.stance,
        "number": opinion.number,
        "sha256": canonical_digest(opinion.said()),
    }
