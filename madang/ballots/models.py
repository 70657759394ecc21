"""Ballots: what was asked, of whom, under which rules, and what came of it."""

from django.db import models

from madang.foundation.fields import DatedField, TextField
from madang.meetings.models import Meeting, Way
from madang.members.models import Source


class BallotStatus(models.TextChoices):
    """`recorded` is a ballot known from a source alone: nothing of it happened here."""

    RECORDED = "recorded"


class Ballot(models.Model):
    """A question put to the vote at a meeting. `decides` is a ref such as `plan:5`.

    Rules, roll, counts and outcome of a recorded ballot are null where no source gives them.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="ballots")
    round = models.PositiveSmallIntegerField(default=1)
    question = TextField()
    decides = models.CharField(max_length=80, db_index=True)
    way = models.CharField(max_length=20, choices=Way)
    status = models.CharField(max_length=20, choices=BallotStatus)
    starts = DatedField()
    ends = DatedField()
    window_source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    note = TextField(null=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "round"], name="ballots_round_once_a_meeting"
            )
        ]

    @property
    def ref(self) -> str:
        return f"ballot:{self.meeting.address}"
