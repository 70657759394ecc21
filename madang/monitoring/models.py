"""What became of the promises. So far: the independent reviewer's codes."""

from django.db import models

from madang.drafting.models import Commitment, SubCommitment
from madang.foundation.fields import TextField
from madang.members.models import Source


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
