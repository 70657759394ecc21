"""Meetings of the forum and of the bodies before it."""

from django.db import models

from madang.foundation.fields import DatedField, TextField
from madang.members.models import Body, Source


class Way(models.TextChoices):
    """How a meeting decides."""

    IN_WRITING = "in_writing"
    SITTING = "sitting"


class Meeting(models.Model):
    """A meeting, numbered within its body.

    `address` is its word in `/meetings/<address>/`: the number, or the body and the number
    where an earlier body had a meeting of that number.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField()
    address = models.SlugField(max_length=80, unique=True)
    title = TextField()
    way = models.CharField(max_length=20, choices=Way)
    starts = DatedField()
    ends = DatedField()
    held_source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    note = TextField(null=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-starts", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "number"], name="meetings_number_once_in_a_body"
            )
        ]

    @property
    def ref(self) -> str:
        return f"meeting:{self.address}"


class AgendaItem(models.Model):
    """What is put on the agenda of a meeting that is still to come, in the order it was put there.

    `about` is the ref of what it is about (`milestone:1-2.4`), or empty. One that was taken off
    stays, with the moment.
    """

    acts_with = ("meeting",)

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    number = models.PositiveSmallIntegerField()
    about = models.CharField(max_length=80, default="")
    title = TextField()
    put_at = models.DateTimeField()
    taken_off_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="meetings_item_number"),
            models.UniqueConstraint(
                fields=["meeting", "about"],
                condition=models.Q(taken_off_at=None) & ~models.Q(about=""),
                name="meetings_on_the_agenda_once",
            ),
        ]
