"""Editions: the plan as it was adopted and published, its papers, and how it is changed."""

from django.db import models

from madang.documents.models import Document
from madang.drafting.models import Commitment, CommitmentVersion
from madang.foundation.fields import DatedField, TextField
from madang.members.models import Pending, Person, Side, Source
from madang.planning.models import Plan
from madang.plans.rules.amending import ChangeKind, ChangeState


def _words(enum: type) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in enum]  # type: ignore[attr-defined]


class Edition(models.Model):
    """A plan's adopted text: which version of each commitment, and by which ballot.

    `adopted_by` is the ballot's ref where one is known, `loaded_from` the SHA-256 of the forum
    file where the edition came from one. `sha256` is over the canonical list of its versions.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    adopted_by = models.CharField(max_length=80, null=True)
    loaded_from = models.CharField(max_length=64, null=True)
    versions = models.ManyToManyField(CommitmentVersion, related_name="editions")
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plans_edition_number")
        ]

    @property
    def ref(self) -> str:
        return f"edition:{self.plan.number}-{self.number}"


class PendingEditionKey(Pending):
    """A co-chair's approval by document of a plan's next edition; `digest` is what a key to it signs.

    `person` is who sat in the chair, or stood in for it, when it was entered.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="pending_keys")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=20, choices=Side)
    digest = models.CharField(max_length=64)
    file = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")


class Paper(models.Model):
    """An edition as a document, in one language."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="papers")
    language = models.CharField(max_length=3)
    document = models.ForeignKey(Document, on_delete=models.PROTECT)

    class Meta:
        ordering = ["-language"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "language"], name="plans_paper_a_language")
        ]


class ChangeRequest(models.Model):
    """A request to change a commitment of an adopted plan: before, after, why, and what came of it.

    `base` is the version it starts from and `text` the whole wording after it, as canonical JSON
    with its SHA-256. `decided_by` is the ref of the ballot or meeting that decided it, or empty
    where the two keys alone do. In force it has made a version and an edition.
    """

    acts_with = ("plan",)

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="changes")
    number = models.PositiveSmallIntegerField()
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20, choices=_words(ChangeKind))
    base = models.ForeignKey(CommitmentVersion, on_delete=models.PROTECT, related_name="+")
    text = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    reason = TextField()
    decided_by = models.CharField(max_length=80, default="")
    late = models.BooleanField(default=False)
    state = models.CharField(
        max_length=20, choices=_words(ChangeState), default=ChangeState.WAITING
    )
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    dropped_for = TextField(null=True)
    version = models.OneToOneField(
        CommitmentVersion, on_delete=models.PROTECT, null=True, related_name="change"
    )
    edition = models.OneToOneField(
        Edition, on_delete=models.PROTECT, null=True, related_name="change"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plans_change_number"),
            models.UniqueConstraint(
                fields=["commitment"],
                condition=models.Q(state="waiting"),
                name="plans_one_change_waits",
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", settled_at=None, edition=None)
                | models.Q(state="in_force", settled_at__isnull=False, edition__isnull=False)
                | models.Q(
                    state="dropped",
                    settled_at__isnull=False,
                    dropped_for__isnull=False,
                    edition=None,
                ),
                name="plans_change_settled_as_it_says",
            ),
        ]

    @property
    def ref(self) -> str:
        return f"change:{self.plan.number}-{self.number}"


class PendingChangeKey(Pending):
    """A co-chair's approval by document of a change; `digest` is what a key to it signs.

    `person` is who sat in the chair, or stood in for it, when it was entered.
    """

    change = models.ForeignKey(ChangeRequest, on_delete=models.PROTECT, related_name="pending_keys")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=20, choices=Side)
    digest = models.CharField(max_length=64)
    file = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")


class AmendmentRule(models.Model):
    """What may be changed of an adopted plan, until when or by whom, as a source says it.

    `key` is one of `rules.amending.RuleKey`; rules of a key follow one another in time.
    """

    key = models.CharField(max_length=60)
    title = TextField()
    figure = models.JSONField(null=True)
    text = TextField(null=True)
    note = TextField(null=True)
    starts = DatedField()
    ends = DatedField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT)

    class Meta:
        ordering = ["key", "starts"]
        constraints = [
            models.UniqueConstraint(fields=["key", "starts"], name="plans_rule_once_a_day")
        ]
