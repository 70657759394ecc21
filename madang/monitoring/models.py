"""What became of the promises: what is reported of milestones, and the independent reviewer's codes."""

from datetime import date

from django.db import models

from madang.calls.models import ModerationStep
from madang.calls.rules.words import HiddenFor
from madang.documents.models import Document
from madang.drafting.models import Commitment, Milestone, SubCommitment
from madang.foundation.fields import DatedField, TextField
from madang.meetings.models import AgendaItem, Meeting
from madang.members.models import Seat, Source
from madang.monitoring.rules.assessing import AssessmentKind, AssessmentState
from madang.monitoring.rules.words import (
    Cause,
    CommentState,
    HandedOver,
    MilestoneStatus,
    Stance,
)
from madang.planning.models import Plan


def _words(enum: type) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in enum]  # type: ignore[attr-defined]


class ReviewCode(models.Model):
    """One result of the independent reviewer, in the reviewer's own word.

    Source of the measures: OGP's Independent Reporting Mechanism (docs/glossary.md).
    """

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="review_codes"
    )
    sub_commitment = models.ForeignKey(
        SubCommitment, on_delete=models.PROTECT, null=True, related_name="review_codes"
    )
    measure = models.CharField(max_length=30)
    value = models.CharField(max_length=100)
    text = TextField(null=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "measure"],
                condition=models.Q(sub_commitment=None),
                name="monitoring_code_once",
            ),
            models.UniqueConstraint(
                fields=["sub_commitment", "measure"], name="monitoring_sub_code_once"
            ),
        ]


class ReportingPeriod(models.Model):
    """A stretch of a plan's time of which whoever answers for its milestones is asked to tell.

    `starts` to `ends` are the days it covers. The letters go out on `asks_on` (`asked_at` once
    they have), the answers are due on `due_on`; all four are days. `silent_at` is when the clock
    said "no word" of those who had not answered, `closed_at` since when nothing more is taken.
    """

    acts_with = ("plan",)

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reporting_periods")
    number = models.PositiveSmallIntegerField()
    starts = DatedField(null=False)
    ends = DatedField(null=False)
    asks_on = DatedField(null=False)
    due_on = DatedField(null=False)
    asked_at = models.DateTimeField(null=True)
    silent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="monitoring_period_once_in_a_plan"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    ends__gt=models.F("starts"),
                    asks_on__gte=models.F("starts"),
                    due_on__gte=models.F("asks_on"),
                ),
                name="monitoring_period_forwards",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(asked_at__isnull=False),
                name="monitoring_closed_after_asking",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at", "asks_on"], name="monitoring_to_ask"),
            models.Index(fields=["closed_at", "due_on"], name="monitoring_to_watch"),
        ]

    @property
    def ref(self) -> str:
        return f"period:{self.plan.number}-{self.number}"

    @property
    def due_day(self) -> date:
        return date.fromisoformat(str(self.due_on))

    @property
    def asks_day(self) -> date:
        return date.fromisoformat(str(self.asks_on))


class Reports(models.QuerySet["MilestoneReport"]):
    """Reports in the order in which they were made."""

    def counting(self) -> "Reports":
        """Without those that another one corrects."""
        return self.filter(corrected_by=None)


class MilestoneReport(models.Model):
    """What was said of a milestone, once; nothing is ever written over.

    `said_on` is the day it was said, `made_at` the moment it was entered here. `status` is null
    where the source's own word, `status_as_in_source`, fits none of ours. `new_due` moves the
    date; the milestone's own stays, and `old_due` is the one that held until then. `text` is in
    `language` first. `reported_by` is an office (`agency:moef`, `clock`, `loader`). The report it
    `corrects` no longer counts and stays to be read. `nonce` makes a form sent twice one report.
    """

    acts_with = ("milestone__commitment__plan",)

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=20, choices=_words(MilestoneStatus), null=True)
    status_as_in_source = models.CharField(max_length=200, default="")
    said_on = DatedField(null=False)
    text = TextField(null=True)
    language = models.CharField(max_length=3, default="")
    done_on = DatedField()
    old_due = DatedField()
    new_due = DatedField()
    cause = models.CharField(max_length=30, choices=_words(Cause), null=True)
    reason = TextField(null=True)
    reported_by = models.CharField(max_length=80)
    period = models.ForeignKey(
        ReportingPeriod, on_delete=models.PROTECT, null=True, related_name="reports"
    )
    made_at = models.DateTimeField()
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    nonce = models.CharField(max_length=64, default="")

    objects = Reports.as_manager()

    class Meta:
        ordering = ["milestone", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "number"], name="monitoring_report_number"
            ),
            models.UniqueConstraint(
                fields=["milestone", "nonce"],
                condition=~models.Q(nonce=""),
                name="monitoring_one_report_a_form",
            ),
            models.UniqueConstraint(
                fields=["milestone", "period"],
                condition=models.Q(status="no_word"),
                name="monitoring_no_word_once_a_period",
            ),
            models.CheckConstraint(
                condition=models.Q(status__isnull=False) | ~models.Q(status_as_in_source=""),
                name="monitoring_says_something",
            ),
            # What a source says may lack a cause; what is said here may not.
            models.CheckConstraint(
                condition=~models.Q(status__in=["late", "stopped"], source=None)
                | models.Q(cause__isnull=False),
                name="monitoring_late_for_a_cause",
            ),
        ]
        indexes = [
            models.Index(fields=["period", "milestone"], name="monitoring_of_a_period"),
            models.Index(fields=["-made_at"], name="monitoring_newest"),
        ]

    @property
    def ref(self) -> str:
        return f"{milestone_ref(self.milestone)}:{self.number}"


class Evidence(models.Model):
    """What shows that a report is so: a link, a file, or what a source says of it in words.

    Nothing here opens a link by itself. `looked_by` is the office of whoever opened it last, on
    `looked_at`, and `opens` whether it opened.
    """

    acts_with = ("report__milestone__commitment__plan",)

    report = models.ForeignKey(MilestoneReport, on_delete=models.PROTECT, related_name="evidence")
    position = models.PositiveSmallIntegerField()
    url = models.CharField(max_length=600, default="")
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="evidence"
    )
    words = TextField(null=True)
    opens = models.BooleanField(null=True)
    looked_at = models.DateTimeField(null=True)
    looked_by = models.CharField(max_length=80, default="")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "position"], name="monitoring_evidence_place"
            ),
            models.CheckConstraint(
                condition=~models.Q(url="")
                | models.Q(document__isnull=False)
                | models.Q(words__isnull=False),
                name="monitoring_evidence_is_something",
            ),
            models.CheckConstraint(
                condition=models.Q(opens=None, looked_at=None)
                | models.Q(opens__isnull=False, looked_at__isnull=False),
                name="monitoring_looked_at_a_time",
            ),
        ]


class Opinion(models.Model):
    """What a member says of a report: it is so, or it is not, with a link that shows it.

    One stands for a seat at a time; one that was changed stays, with its end.
    """

    report = models.ForeignKey(MilestoneReport, on_delete=models.PROTECT, related_name="opinions")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=10, choices=_words(Stance))
    text = TextField(null=True)
    url = models.CharField(max_length=600, default="")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "seat"],
                condition=models.Q(ended_at=None),
                name="monitoring_one_opinion_a_seat",
            ),
            models.CheckConstraint(
                condition=~models.Q(stance="disputed") | ~models.Q(url=""),
                name="monitoring_disputed_with_a_link",
            ),
        ]


class ForumView(models.Model):
    """How the forum itself sees a milestone, as it said in a meeting; beside what was reported.

    `item` is what it was about on that meeting's agenda, where it stood on it.
    """

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="forum_views")
    number = models.PositiveSmallIntegerField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="views")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, related_name="views")
    status = models.CharField(max_length=20, choices=_words(MilestoneStatus))
    text = TextField()
    stated_at = models.DateTimeField()

    class Meta:
        ordering = ["milestone", "number"]
        constraints = [
            models.UniqueConstraint(fields=["milestone", "number"], name="monitoring_view_number")
        ]


class UpdateDraft(models.Model):
    """An update that was typed and shared inside a body, and not posted. Forgotten once it was.

    `fields` is what was typed; `by` the address of whoever typed it.
    """

    machinery = True

    task = models.CharField(max_length=80, unique=True)
    fields = models.JSONField()
    by = models.EmailField()
    made_at = models.DateTimeField()


class UpdateSheet(models.Model):
    """A sheet of updates that came back, shown and not confirmed yet. Forgotten some days later."""

    machinery = True

    period = models.ForeignKey(ReportingPeriod, on_delete=models.CASCADE, related_name="+")
    holder = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    lines = models.JSONField()
    seen = models.JSONField(default=dict)
    """By label how each step stood when the sheet came back, for a sheet that does not say it."""
    made_at = models.DateTimeField(db_index=True)
    kept_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]


def milestone_ref(step: Milestone) -> str:
    """How refs name a milestone: `milestone:5-6.2`."""
    return f"milestone:{step.commitment.plan.number}-{step.label}"


class Assessment(models.Model):
    """A plan's self-assessment: facts that are gathered, words that its writers add to them.

    `starts` to `ends` are the days it covers. Of a draft the facts are those of the moment; from
    `put_out_at` on `facts` holds them, and nothing of it changes. `notes` is by the commitment's
    number. It is read until `read_until` before it may be published.
    """

    acts_with = ("plan",)

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="assessments")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=_words(AssessmentKind))
    starts = DatedField(null=False)
    ends = DatedField(null=False)
    state = models.CharField(
        max_length=20, choices=_words(AssessmentState), default=AssessmentState.DRAFT
    )
    summary = TextField(null=True)
    consulted = TextField(null=True)
    lessons = TextField(null=True)
    notes = models.JSONField(default=dict)
    facts = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, default="")
    begun_at = models.DateTimeField()
    put_out_at = models.DateTimeField(null=True)
    read_until = DatedField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="monitoring_assessment_number"),
            models.CheckConstraint(
                condition=models.Q(state="draft", put_out_at=None)
                | models.Q(
                    ~models.Q(state="draft"),
                    put_out_at__isnull=False,
                    facts__isnull=False,
                    read_until__isnull=False,
                ),
                name="monitoring_put_out_with_its_facts",
            ),
            models.CheckConstraint(
                condition=models.Q(state="published", published_at__isnull=False)
                | (~models.Q(state="published") & models.Q(published_at=None)),
                name="monitoring_published_at_a_time",
            ),
        ]

    @property
    def ref(self) -> str:
        return f"assessment:{self.plan.number}-{self.number}"


class HandoverPack(models.Model):
    """Everything known of a commitment on a day, in one file, for whoever takes it over."""

    acts_with = ("commitment__plan",)

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="handover_packs"
    )
    number = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=30, choices=_words(HandedOver))
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="monitoring_pack_number")
        ]


class Remark(models.Model):
    """What anyone said of a milestone, or of a self-assessment that lies open; after a mailed code.

    The address is not kept. One that may hold personal data waits for a look; one that is hidden
    leaves its number and the reason. `answer` is public with the report it was said to. `nonce`
    makes a form sent twice one remark.
    """

    acts_with = ("milestone__commitment__plan", "assessment__plan")

    milestone = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, null=True, related_name="remarks"
    )
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, null=True, related_name="remarks"
    )
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=_words(CommentState))
    language = models.CharField(max_length=3)
    name = models.CharField(max_length=120, default="")
    text = models.TextField()
    reason = models.CharField(max_length=20, choices=_words(HiddenFor), null=True)
    nonce = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    answer = TextField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(milestone__isnull=False, assessment=None)
                | models.Q(milestone=None, assessment__isnull=False),
                name="monitoring_remark_on_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=[what, field], name=f"monitoring_remark_{field}_{what}"
                )
                for what in ("milestone", "assessment")
                for field in ("number", "nonce")
            ),
            models.CheckConstraint(
                condition=~models.Q(state="hidden") | models.Q(reason__isnull=False),
                name="monitoring_hidden_for_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(answer__isnull=True, answered_at=None)
                | models.Q(
                    answer__isnull=False, answered_at__isnull=False, assessment__isnull=False
                ),
                name="monitoring_answered_at_a_time",
            ),
        ]

    @property
    def ref(self) -> str:
        if self.milestone:
            return f"{milestone_ref(self.milestone)}:comment-{self.number}"
        assert self.assessment
        return f"{self.assessment.ref}:comment-{self.number}"


class RemarkModeration(ModerationStep):
    """A step of moderation on a comment."""

    remark = models.ForeignKey(Remark, on_delete=models.PROTECT, related_name="moderations")
    state = models.CharField(max_length=20, choices=_words(CommentState))

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["remark"],
                condition=models.Q(done_at=None),
                name="monitoring_one_step_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="hidden") | models.Q(reason__isnull=False),
                name="monitoring_moderated_for_a_reason",
            ),
        ]
