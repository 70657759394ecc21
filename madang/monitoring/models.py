"""What became of the promises: what is reported of milestones, and the independent reviewer's codes."""

from django.db import models

from madang.documents.models import Document
from madang.drafting.models import Commitment, Milestone, SubCommitment
from madang.foundation.fields import DatedField, TextField
from madang.members.models import Source
from madang.monitoring.rules.assessing import AssessmentKind, AssessmentState
from madang.monitoring.rules.words import Cause, MilestoneStatus
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
        ordering = ["position"]
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
    they have), the answers are due on `due_on`; all four are days. `closed_at` is since when
    nothing more is taken for it.
    """

    acts_with = ("plan",)

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reporting_periods")
    number = models.PositiveSmallIntegerField()
    starts = DatedField(null=False)
    ends = DatedField(null=False)
    asks_on = DatedField(null=False)
    due_on = DatedField(null=False)
    asked_at = models.DateTimeField(null=True)
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
