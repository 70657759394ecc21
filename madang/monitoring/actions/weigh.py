"""Second opinions on an update: members confirm or dispute it, look at its evidence; the forum
states its own view. None of them changes what was reported, and none is averaged with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db.models import Max
from django.utils import timezone

from madang.drafting.models import Milestone
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotAllowed, NotNow, NotValid
from madang.foundation.texts import Text
from madang.meetings.models import AgendaItem, Meeting
from madang.members.models import Seat, Side
from madang.monitoring.models import (
    Evidence,
    ForumView,
    MilestoneReport,
    Opinion,
    milestone_ref,
)
from madang.monitoring.rules.permissions import MAY
from madang.monitoring.rules.updating import MOST_TEXT, check_link
from madang.monitoring.rules.words import REPORTED, MilestoneStatus, Stance
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class UpdateWeighed(Event):
    """A member from civil society confirmed or disputed an update."""

    KIND: ClassVar[str] = "update.weighed"

    stance: str
    seat: str
    url: str


@dataclass(frozen=True, kw_only=True)
class EvidenceLooked(Event):
    """Someone opened a link given as evidence, and said whether it opened."""

    KIND: ClassVar[str] = "evidence.looked"

    position: int
    opens: bool


@dataclass(frozen=True, kw_only=True)
class ViewStated(Event):
    """The forum stated in a meeting how it sees a milestone itself, under `item` of its agenda."""

    KIND: ClassVar[str] = "view.stated"

    meeting: str
    item: int | None
    status: str


@action("update.weigh", may=MAY)
def weigh_update(
    report: MilestoneReport,
    *,
    stance: str,
    url: str = "",
    text: str = "",
    language: str = "ko",
    by: Actor,
    at: datetime,
) -> UpdateWeighed:
    """Confirm or dispute an update, for a seat of civil society; a dispute needs a link.

    Raises NotNow: monitoring.no_longer_counts, monitoring.weighed_so. Raises NotAllowed:
    monitoring.civil_society_weighs. Raises NotValid: monitoring.no_stance,
    monitoring.dispute_needs_link, monitoring.text_long, what `check_link` raises.
    """
    clock = report.status == MilestoneStatus.NO_WORD
    if clock or MilestoneReport.objects.filter(corrects=report).exists():
        raise NotNow("monitoring.no_longer_counts")
    if stance not in list(Stance):
        raise NotValid("monitoring.no_stance", field="stance")
    if stance == Stance.DISPUTED and not url:
        raise NotValid("monitoring.dispute_needs_link", field="url")
    if url:
        check_link(url)
    if len(text) > MOST_TEXT:
        raise NotValid("monitoring.text_long", most=MOST_TEXT, now=len(text), field="text")
    seat = _civil_seat(by)
    standing = Opinion.objects.filter(report=report, seat=seat, ended_at=None)
    said = Text({language: text}) if text else None
    now = standing.first()
    if now and (now.stance, now.url, now.text) == (stance, url, said):
        raise NotNow("monitoring.weighed_so")
    standing.update(ended_at=at)
    Opinion.objects.create(report=report, seat=seat, stance=stance, url=url, text=said, made_at=at)
    return UpdateWeighed(about=report.ref, stance=stance, seat=seat.number, url=url)


def _civil_seat(by: Actor) -> Seat:
    seats = Seat.objects.filter(number__in=by.seats, seat_class__side=Side.CIVIL_SOCIETY)
    seat = seats.order_by("position").first()
    if seat is None:
        raise NotAllowed("monitoring.civil_society_weighs")
    return seat


@action("evidence.look", may=MAY)
def look_at_evidence(evidence: Evidence, *, opens: bool, by: Actor, at: datetime) -> EvidenceLooked:
    """Say whether a link opened when one opened it; the newest look counts.

    Raises NotValid: monitoring.not_a_link.
    """
    if not evidence.url:
        raise NotValid("monitoring.not_a_link")
    evidence.opens, evidence.looked_at, evidence.looked_by = opens, at, by.label
    evidence.save(update_fields=["opens", "looked_at", "looked_by"])
    return EvidenceLooked(about=evidence.report.ref, position=evidence.position, opens=opens)


@action("view.state", may=MAY)
def state_view(
    step: Milestone, *, meeting: str, status: str, text: Text, by: Actor, at: datetime
) -> ViewStated:
    """Enter how the forum itself saw a milestone in a meeting that was held.

    Where the milestone stood on that meeting's agenda, the view hangs on its item.

    Raises NotValid: monitoring.no_status, monitoring.view_missing, monitoring.no_meeting.
    """
    if status not in REPORTED:
        raise NotValid("monitoring.no_status", field="status")
    if not text or any(len(words or "") > 2000 for words in text.words.values()):
        raise NotValid("monitoring.view_missing", most=2000, field="text")
    today = timezone.localdate(at).isoformat()
    held = Meeting.objects.filter(address=meeting, starts__lte=today).first()
    if held is None:
        raise NotValid("monitoring.no_meeting", field="meeting")
    most = ForumView.objects.filter(milestone=step).aggregate(most=Max("number"))["most"] or 0
    ref = milestone_ref(Milestone.objects.select_related("commitment__plan").get(pk=step.pk))
    item = AgendaItem.objects.filter(meeting=held, about=ref, taken_off_at=None).first()
    ForumView.objects.create(
        milestone=step,
        number=most + 1,
        meeting=held,
        item=item,
        status=status,
        text=text,
        stated_at=at,
    )
    return ViewStated(
        about=ref, meeting=held.ref, item=item.number if item else None, status=status
    )
