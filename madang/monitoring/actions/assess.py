"""Self-assess a plan: begin a report, write in it, put it out for two weeks, publish it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import rfc8785
from django.db.models import Max
from django.utils import timezone

from madang.drafting.models import Commitment
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.foundation.texts import Text
from madang.members.models import Forum
from madang.monitoring.assessing import facts_of, report_digest, words_digest
from madang.monitoring.models import Assessment
from madang.monitoring.remarks import unanswered
from madang.monitoring.rules.assessing import (
    AssessmentState,
    check_can_publish,
    check_can_put_out,
    check_can_write,
    check_words,
    covered,
    read_until,
)
from madang.monitoring.rules.permissions import MAY
from madang.planning.models import Plan, PlanStatus
from madang.planning.reading import rewritten
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class AssessmentBegun(Event):
    """The secretariat began a self-assessment of a plan."""

    KIND: ClassVar[str] = "assessment.begun"

    number: int
    kind: str
    starts: str
    ends: str


@dataclass(frozen=True, kw_only=True)
class AssessmentWritten(Event):
    """Words were written into a self-assessment; the hash is of all of them."""

    KIND: ClassVar[str] = "assessment.written"

    sha256: str


@dataclass(frozen=True, kw_only=True)
class AssessmentPutOut(Event):
    """A self-assessment was put out to be read, with the facts of that day."""

    KIND: ClassVar[str] = "assessment.put_out"

    read_until: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class AssessmentPublished(Event):
    """A self-assessment was published as it was read."""

    KIND: ClassVar[str] = "assessment.published"

    sha256: str


@action("assessment.begin", may=MAY)
def begin_assessment(plan: Plan, *, kind: str, by: Actor, at: datetime) -> AssessmentBegun:
    """Begin a report of a kind; the days it covers follow from the kind and the plan's period.

    Raises NotNow: monitoring.plan_not_adopted, monitoring.nothing_over_yet,
    monitoring.assessment_there. Raises NotValid: monitoring.no_assessment_kind,
    monitoring.no_period_of_plan.
    """
    if plan.status != PlanStatus.PUBLISHED:
        raise NotNow("monitoring.plan_not_adopted")
    starts, ends = covered(kind, plan.starts, plan.ends, timezone.localdate(at))
    there = Assessment.objects.filter(plan=plan, kind=kind, starts=starts, ends=ends)
    if there.exists():
        raise NotNow("monitoring.assessment_there", number=there[0].number)
    last = Assessment.objects.filter(plan=plan).aggregate(most=Max("number"))["most"] or 0
    row = Assessment.objects.create(
        plan=plan, number=last + 1, kind=kind, starts=starts, ends=ends, begun_at=at
    )
    return AssessmentBegun(about=row.ref, number=row.number, kind=kind, starts=starts, ends=ends)


@action("assessment.write", may=MAY)
def write_assessment(
    assessment: Assessment,
    *,
    summary: Text,
    consulted: Text,
    lessons: Text,
    notes: Mapping[int, Text],
    base: str,
    by: Actor,
    at: datetime,
) -> AssessmentWritten:
    """Write the words of a report. `base` is the hash of the words its writer started from.

    Raises NotNow: monitoring.assessment_stands, monitoring.words_changed. Raises NotValid:
    monitoring.words_long.
    """
    check_can_write(assessment.state)
    if base != words_digest(assessment):
        raise NotNow("monitoring.words_changed")
    for field, text in (("summary", summary), ("consulted", consulted), ("lessons", lessons)):
        check_words(list(text.words.values()), field)
        setattr(assessment, field, rewritten(getattr(assessment, field), text))
    known = Commitment.objects.filter(plan=assessment.plan).values_list("number", flat=True)
    for number in known:
        text = notes.get(number, Text())
        check_words(list(text.words.values()), f"note-{number}")
    assessment.notes = {
        str(number): notes[number].kept() for number in known if notes.get(number, Text())
    }
    assessment.save()
    return AssessmentWritten(about=assessment.ref, sha256=words_digest(assessment))


@action("assessment.put_out", may=MAY)
def put_assessment_out(assessment: Assessment, *, by: Actor, at: datetime) -> AssessmentPutOut:
    """Put a report before everyone for two weeks. From now on neither facts nor words change.

    Raises NotNow: monitoring.assessment_stands, monitoring.summary_missing.
    """
    forum = Forum.objects.get(pk=1)
    there = [key for key, text in (assessment.summary or Text()).words.items() if text]
    check_can_put_out(assessment.state, languages=forum.languages, there=there)
    today = timezone.localdate(at)
    facts = facts_of(assessment.plan, str(assessment.starts), str(assessment.ends), today)
    assessment.facts = rfc8785.dumps(facts)
    assessment.state, assessment.put_out_at = AssessmentState.PUT_OUT, at
    assessment.read_until = read_until(today).isoformat()
    assessment.sha256 = report_digest(assessment)
    assessment.save()
    return AssessmentPutOut(
        about=assessment.ref, read_until=assessment.read_until, sha256=assessment.sha256
    )


@action("assessment.publish", may=MAY)
def publish_assessment(assessment: Assessment, *, by: Actor, at: datetime) -> AssessmentPublished:
    """Publish a report once everyone has had two weeks to read it.

    What was commented is answered first; the answers are public with it.

    Raises NotNow: monitoring.not_put_out, monitoring.still_read, monitoring.published_before,
    monitoring.comments_wait.
    """
    check_can_publish(
        assessment.state,
        assessment.read_until,
        timezone.localdate(at),
        waiting=unanswered(assessment).count(),
    )
    assessment.state, assessment.published_at = AssessmentState.PUBLISHED, at
    assessment.save()
    return AssessmentPublished(about=assessment.ref, sha256=assessment.sha256)


def words_of(assessment: Assessment) -> dict[str, Any]:
    """The words of a report by the names of their fields."""
    return {
        "summary": assessment.summary,
        "consulted": assessment.consulted,
        "lessons": assessment.lessons,
        **{f"note-{number}": Text.of(kept) for number, kept in assessment.notes.items()},
    }
