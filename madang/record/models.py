"""The tables of the public record. No other room touches them."""

from django.db import models


class Head(models.Model):
    """The one row that gives the next number; locked while an entry is appended."""

    log = models.CharField(max_length=200, default="")
    size = models.BigIntegerField(default=0)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="record_one_head"),
            models.CheckConstraint(
                condition=models.Q(size__gte=0), name="record_size_not_negative"
            ),
        ]


class Entry(models.Model):
    """One act, as the bytes that were hashed."""

    index = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=80)
    at = models.DateTimeField()
    leaf = models.BinaryField()
    leaf_hash = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["-index"]
        indexes = [
            models.Index(fields=["kind", "-index"], name="record_by_kind"),
            models.Index(fields=["about", "-index"], name="record_by_subject"),
        ]


class Node(models.Model):
    """A complete subtree above the leaves: its level (from 1), number and hash."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "index"], name="record_one_node_a_place")
        ]


class Opening(models.Model):
    """What a commitment in an entry stands for, and the salt that shows it.

    Erasing a person erases rows here; the entry stays.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="openings")
    field = models.CharField(max_length=60)
    key = models.BinaryField(max_length=32)
    value = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "field"], name="record_one_opening_a_field")
        ]
