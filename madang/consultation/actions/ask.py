"""Ask agencies about drafts, side by side; and withdraw the question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from django.db.models import Max
from django.utils import timezone

from madang.consultation.models import Asked, Request
from madang.consultation.reading import in_its_tongue
from madang.consultation.rules.asking import NOTE_MOST, WHY_LEAST, WHY_MOST, check_request
from madang.consultation.rules.permissions import MAY
from madang.drafting.models import Commitment
from madang.drafting.rules.wording import fingerprint
from madang.drafting.versions import as_it_reads, keep_version
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow, NotValid
from madang.members.focal import focal_point_of
from madang.members.models import Agency, Forum
from madang.planning.models import Plan
from madang.planning.rules.writing import check_can_write
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class BodiesAsked(Event):
    """Agencies were asked what they say to drafts; `versions` are the wordings they were asked about."""

    KIND: ClassVar[str] = "consultation.asked"

    number: int
    bodies: list[str]
    versions: dict[str, int]
    due_on: str


@dataclass(frozen=True, kw_only=True)
class QuestionWithdrawn(Event):
    """A question to agencies was withdrawn. What they had said stays."""

    KIND: ClassVar[str] = "consultation.withdrawn"

    reason: str


@action("consultation.ask", may=MAY)
def ask_bodies(
    plan: Plan,
    *,
    commitments: Sequence[int],
    bodies: Sequence[str],
    due_on: str,
    note: str = "",
    why_shorter: str = "",
    by: Actor,
    at: datetime,
) -> BodiesAsked:
    """Ask each of these agencies about each of these drafts, all until the same day.

    Raises NotNow: consultation.asked_already, and what a plan that is closed to writing answers.
    Raises NotValid: consultation.no_draft, consultation.no_body, consultation.nobody_there,
    consultation.note_long, and what `check_request` raises.
    """
    today = timezone.localdate(at).isoformat()
    check_can_write(plan.status, frozen_by=plan.frozen_by, starts=plan.starts, today=today)
    check_request(commitments, bodies, due_on=due_on, today=today, why_shorter=why_shorter)
    if len(note) > NOTE_MOST:
        raise NotValid("consultation.note_long", most=NOTE_MOST, field="note")
    drafts, agencies = _drafts(plan, commitments), _bodies(bodies)
    languages = Forum.objects.get(pk=1).languages
    request = Request(
        plan=plan,
        number=(plan.requests.aggregate(most=Max("number"))["most"] or 0) + 1,
        note=in_its_tongue(note, languages),
        asked_at=at,
        due_on=due_on,
        due_at=day_after(due_on),
        why_shorter=in_its_tongue(why_shorter, languages),
    )
    _check_is_new(request, drafts, agencies)
    request.save()
    versions = {draft.number: _version(draft, at) for draft in drafts}
    Asked.objects.bulk_create(
        Asked(request=request, agency=agency, commitment=draft, version=versions[draft.number])
        for agency in agencies
        for draft in drafts
    )
    _check_someone_answers(request)
    return BodiesAsked(
        about=request.ref,
        number=request.number,
        bodies=[agency.slug for agency in agencies],
        versions={str(number): version for number, version in versions.items()},
        due_on=due_on,
    )


@action("consultation.withdraw", may=MAY)
def withdraw_question(
    request: Request, *, reason: str, by: Actor, at: datetime
) -> QuestionWithdrawn:
    """Withdraw a question, for a reason that everyone reads. What was said stays.

    Raises NotNow: consultation.withdrawn. Raises NotValid: consultation.no_reason.
    """
    if request.withdrawn_at:
        raise NotNow("consultation.withdrawn")
    if not WHY_LEAST <= len(reason) <= WHY_MOST:
        raise NotValid("consultation.no_reason", least=WHY_LEAST, most=WHY_MOST, field="reason")
    request.withdrawn_at = at
    request.reason = in_its_tongue(reason, Forum.objects.get(pk=1).languages)
    request.save()
    return QuestionWithdrawn(about=request.ref, reason=reason)


def day_after(day: str) -> datetime:
    """The moment after a day has ended in the forum's time zone."""
    following = date.fromisoformat(day) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(following, time()))


def _drafts(plan: Plan, numbers: Sequence[int]) -> list[Commitment]:
    rows = Commitment.objects.filter(plan=plan, withdrawn_at=None, number__in=numbers)
    found = list(rows.select_related("plan"))
    for number in set(numbers) - {one.number for one in found}:
        raise NotValid("consultation.no_draft", number=number, field="commitments")
    return found


def _bodies(slugs: Sequence[str]) -> list[Agency]:
    found = list(Agency.objects.filter(slug__in=slugs))
    for slug in set(slugs) - {one.slug for one in found}:
        raise NotValid("consultation.no_body", value=slug[:60], field="bodies")
    return found


def _check_is_new(request: Request, drafts: list[Commitment], agencies: list[Agency]) -> None:
    """A form sent twice asks once."""
    told = {(one.pk, draft.pk) for one in agencies for draft in drafts}
    same = Request.objects.filter(
        plan=request.plan, due_on=request.due_on, withdrawn_at=None, asked__isnull=False
    )
    for other in same.distinct().prefetch_related("asked"):
        if told == {(one.agency_id, one.commitment_id) for one in other.asked.all()} and (
            other.note == request.note
        ):
            raise NotNow("consultation.asked_already", number=other.number)


def _check_someone_answers(request: Request) -> None:
    missing = {}
    for one in request.asked.select_related("agency", "commitment__plan"):
        if focal_point_of(one.agency, one.commitment.ref) is None:
            missing[one.agency.slug] = one.agency.name.say("ko").words
    if missing:
        names = ", ".join(missing.values())
        raise NotValid("consultation.nobody_there", names=names, field="bodies")


def _version(draft: Commitment, at: datetime) -> int:
    """The number of the version that a draft reads as now; one that was never kept is kept now."""
    text = as_it_reads(draft)
    last = draft.versions.first()
    if last and last.sha256 == fingerprint(text):
        return last.number
    return keep_version(draft, text, at=at).number
