"""The plan, its direction and its timeline."""

from typing import Any

from django.db import models
from django.db.models.functions import Cast, Concat

from madang.foundation.fields import DatedField, TextField
from madang.members.models import Source


class PlanStatus(models.TextChoices):
    """How far a plan is in this installation.

    `recorded`: known from a source alone. A plan made here is `preparing`, seen by members and
    the secretariat. Once `announced`, everyone sees its outline: title, period, areas, timeline,
    and what was proposed for it. Its commitments are drafts until it is put `before_forum`; from
    then on everyone sees them, also while they are written on after a vote that failed.
    """

    RECORDED = "recorded"
    PREPARING = "preparing"
    ANNOUNCED = "announced"
    BEFORE_FORUM = "before_forum"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


DRAFTS = (PlanStatus.PREPARING, PlanStatus.ANNOUNCED)
"""While a plan stands here, its commitments are read by members and the secretariat alone."""


class Plan(models.Model):
    """An open government action plan. There is one row for it from its first day.

    `totals` are counts on the way from ideas to commitments, `[{key, count, about, label, note,
    source}]`, as sources give them, and what the reviewer counted afterwards; `links` is `[{title, url, source}]`; `missing` are the
    sentences that say what is not recorded and who could supply it; `adoption` is what a source
    says of how the plan was adopted; `announced_at` is since when everyone reads its timeline.
    """

    number = models.PositiveSmallIntegerField(unique=True)
    title = TextField()
    identifier = models.CharField(max_length=40, null=True)
    starts = DatedField()
    ends = DatedField()
    period_source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=20, choices=PlanStatus, default=PlanStatus.RECORDED)
    summary = TextField(null=True)
    direction_note = TextField(null=True)
    adoption = models.JSONField(null=True)
    totals = models.JSONField(default=list)
    links = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    frozen_by = models.CharField(max_length=80, null=True)
    announced_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason = TextField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    status="withdrawn", withdrawn_at__isnull=False, reason__isnull=False
                )
                | (~models.Q(status="withdrawn") & models.Q(withdrawn_at=None)),
                name="planning_withdrawn_with_time_and_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(frozen_by=None)
                | ~models.Q(status__in=["preparing", "announced"]),
                name="planning_what_is_voted_on_is_seen",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="announced") | models.Q(announced_at__isnull=False),
                name="planning_announced_at_a_time",
            ),
        ]

    @property
    def ref(self) -> str:
        return f"plan:{self.number}"

    @property
    def is_hidden(self) -> bool:
        """Whether members and the secretariat alone know of it as yet."""
        return self.status == PlanStatus.PREPARING

    @property
    def is_draft(self) -> bool:
        """Whether members and the secretariat alone may read its commitments as yet."""
        return self.status in DRAFTS

    @classmethod
    def drafts_at(cls, ref: Any) -> models.QuerySet["Plan"]:
        """The plan, its commitments drafts, whose ref, such as `plan:6`, stands in a field of an outer query."""
        number = Cast("number", models.CharField())
        drafts = cls.objects.filter(status__in=DRAFTS)
        return drafts.annotate(at=Concat(models.Value("plan:"), number)).filter(at=ref)


class Area(models.Model):
    """An area of the plan's basic direction."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="areas")
    position = models.PositiveSmallIntegerField()
    text = TextField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="planning_area_place")
        ]


class Vision(models.Model):
    """A heading under which the plan lists its commitments.

    `as_in_source` is the source's own wording where it was cut, lost or spelt oddly.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="visions")
    key = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    text = TextField()
    as_in_source = TextField(null=True)
    note = TextField(null=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="planning_vision_key")]


class StageKey(models.TextChoices):
    """The stages of a plan's cycle, in order."""

    PLANNING = "planning"
    CALL = "call"
    TASK_FORCE = "task_force"
    DECISION = "decision"
    IMPLEMENTATION = "implementation"
    ASSESSMENT = "assessment"


class Stage(models.Model):
    """A stage with what was announced and what happened.

    `announced` and `actual` are lists of `{from, to, source, note}`; more than one stands where
    sources disagree, and the first is the one shown first.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="stages")
    key = models.CharField(max_length=20, choices=StageKey)
    position = models.PositiveSmallIntegerField()
    text = TextField(null=True)
    announced = models.JSONField(default=list)
    actual = models.JSONField(default=list)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="planning_stage_key")]
