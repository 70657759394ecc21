"""Ballots: what was asked, of whom, under which rules, and what came of it."""

from django.db import models
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import Exact

from madang.ballots.rules.rounds import ref_of
from madang.ballots.rules.words import BallotStatus, Channel, Choice, Outcome, WrittenReason
from madang.documents.models import Document
from madang.foundation.fields import DatedField, TextField
from madang.meetings.models import Meeting, Way
from madang.members.models import Pending, Person, Seat, Side, Source


def _words(enum: type) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in enum]  # type: ignore[attr-defined]


class Ballot(models.Model):
    """A round of the question put to the vote at a meeting. `decides` is a ref such as `plan:5`.

    A ballot held here has a window of moments, `opens_at` to `closes_at`, half-open; one known
    from a source alone (`recorded`) has the source's dates, `starts` to `ends`. `papers` is
    `[{ref, title, sha256}]`; `rules` and the roll are frozen at opening; `digest` is what a key
    signs: question, papers, rules, roll and window.
    """

    acts_with = ("meeting",)

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="ballots")
    round = models.PositiveSmallIntegerField(default=1)
    question = TextField()
    decides = models.CharField(max_length=80, db_index=True)
    way = models.CharField(max_length=20, choices=Way)
    status = models.CharField(max_length=20, choices=_words(BallotStatus))
    starts = DatedField()
    ends = DatedField()
    window_source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    note = TextField(null=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    papers = models.JSONField(default=list)
    written_reason = models.CharField(max_length=20, choices=_words(WrittenReason), null=True)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    rules = models.JSONField(null=True)
    digest = models.CharField(max_length=64, default="")
    counts = models.JSONField(null=True)
    outcome = models.CharField(max_length=20, choices=_words(Outcome), null=True)
    detail = models.CharField(max_length=20, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "round"], name="ballots_round_once_a_meeting"
            ),
            models.CheckConstraint(
                condition=models.Q(status="closed", outcome__isnull=False, closed_at__isnull=False)
                | (~models.Q(status="closed") & models.Q(outcome=None, closed_at=None)),
                name="ballots_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(status="recorded")
                | models.Q(opens_at__isnull=False, closes_at__gt=models.F("opens_at")),
                name="ballots_held_here_has_a_window",
            ),
        ]
        indexes = [models.Index(fields=["status", "closes_at"], name="ballots_due")]

    @property
    def ref(self) -> str:
        return ref_of(self.meeting.address, self.round)

    @property
    def label(self) -> str:
        """Meeting and round, `8-1`, as receipts, codes and letters name it."""
        return f"{self.meeting.address}-{self.round}"

    def has_on_roll(self, account: int) -> bool:
        """Whether the account's person stands on the roll, which there is from the opening on."""
        return self.roll.filter(person__account=account).exists()


def ref_in_sql(of: type[models.F] = models.F) -> models.Case:
    """`Ballot.ref` as the database makes it; `of` is F, or OuterRef for that of an outer query."""
    words = models.CharField()
    first = Concat(models.Value("ballot:"), of("meeting__address"), output_field=words)
    further = Concat(first, models.Value("."), Cast(of("round"), words), output_field=words)
    return models.Case(models.When(Exact(of("round"), 1), then=first), default=further)


class RollSeat(models.Model):
    """A seat entitled to vote in a ballot and who held it when the ballot opened."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="roll")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["seat__seat_class__position", "seat__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "seat"], name="ballots_seat_once_on_the_roll")
        ]


class Vote(models.Model):
    """One answer of a seat. The last one before the close counts; none is overwritten.

    `entry` is the number of the record's entry that holds the choice as a salted commitment.
    `nonce` is what makes a retried request the same vote.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="votes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    choice = models.CharField(max_length=10, choices=_words(Choice))
    reason = models.TextField(default="")
    channel = models.CharField(max_length=10, choices=_words(Channel), default=Channel.SITE)
    cast_at = models.DateTimeField()
    nonce = models.CharField(max_length=64)

    class Meta:
        ordering = ["seat", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "seat", "version"], name="ballots_one_vote_a_version"
            ),
            models.UniqueConstraint(fields=["ballot", "nonce"], name="ballots_one_vote_a_nonce"),
            models.CheckConstraint(
                condition=~models.Q(choice="no") | ~models.Q(reason=""),
                name="ballots_no_with_a_reason",
            ),
        ]


class Key(models.Model):
    """A co-chair's key, turned on the exact text that `digest` stands for.

    `what` is a ref, such as `ballot:8`. A voided key stays, with the time. `document` is the
    number of the approval where the key was turned by document, and `file` the approval itself.
    `stands_in`: the person stood in for a vacant chair, and `seat` is the person's own.
    """

    what = models.CharField(max_length=80)
    side = models.CharField(max_length=20, choices=Side)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    turned_at = models.DateTimeField()
    document = models.CharField(max_length=80, default="")
    file = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    stands_in = models.BooleanField(default=False)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["turned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["what", "side"],
                condition=models.Q(voided_at=None),
                name="ballots_one_key_a_side",
            ),
            models.UniqueConstraint(
                fields=["what", "person"],
                condition=models.Q(voided_at=None),
                name="ballots_two_keys_two_persons",
            ),
        ]


class SentBack(models.Model):
    """A co-chair's reason for not turning a key; the secretariat reads it beside the draft."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="sent_back")
    side = models.CharField(max_length=20, choices=Side)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-sent_at", "-pk"]


class Reminder(models.Model):
    """One round of letters to those who had not answered, counted from 1."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="reminders")
    number = models.PositiveSmallIntegerField()
    seats = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "number"], name="ballots_one_reminder_a_number"
            )
        ]


class PendingKey(Pending):
    """A co-chair's approval by document, of the text that `digest` stands for.

    `person` is who sat in the chair, or stood in for it, when it was entered.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="pending_keys")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    side = models.CharField(max_length=20, choices=Side)
    digest = models.CharField(max_length=64)
    file = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")


class PendingVote(Pending):
    """A seat's answer by letter or telephone."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="pending_votes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=_words(Choice))
    reason = models.TextField(default="")
    channel = models.CharField(max_length=10, choices=_words(Channel))


class PendingCodes(Pending):
    """Seats that are to get a printed code; `document` is the number of the note of who asked."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="pending_codes")
    seats = models.JSONField()
