"""Editions: the plan as it was adopted and published, and its papers."""

from django.db import models

from madang.documents.models import Document
from madang.drafting.models import CommitmentVersion
from madang.members.models import Pending, Person, Side
from madang.planning.models import Plan


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
