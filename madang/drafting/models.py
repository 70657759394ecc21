"""Commitments, their versions and their milestones."""

from django.db import models

from madang.drafting.rules.suggesting import Fate
from madang.foundation.fields import DatedField, TextField
from madang.members.models import Account, Agency, Person, Side, Source
from madang.planning.models import Plan, Vision
from madang.taskforces.models import Candidate, Group


class Commitment(models.Model):
    """A promise of the plan. Its number is the one people use; outside ids are beside it.

    `template` holds the answers to the further questions of OGP's template, by their keys
    (`rules.draft.TEMPLATE`); what is not answered has no key. `group` drafts it; `origins` are
    the refs each paragraph of its text goes back to (`rules.origins`).
    """

    acts_with = ("plan", "group")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="commitments")
    number = models.PositiveSmallIntegerField()
    title = TextField()
    vision = models.ForeignKey(
        Vision, on_delete=models.PROTECT, null=True, related_name="commitments"
    )
    description = TextField(null=True)
    problem = TextField(null=True)
    template = models.JSONField(default=dict)
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, related_name="commitments"
    )
    origins = models.JSONField(default=dict)
    starts = DatedField()
    ends = DatedField()
    period_source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    note = TextField(null=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    reason = TextField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="drafting_number_once_in_a_plan"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | models.Q(reason__isnull=False),
                name="drafting_withdrawn_with_a_reason",
            ),
        ]

    @property
    def ref(self) -> str:
        return f"commitment:{self.plan.number}-{self.number}"

    def is_led_by(self, person: str) -> bool:
        """Whether the person of a slug leads the writing of it for a side now."""
        return self.co_leads.filter(person__slug=person, ended_at=None).exists()

    def is_worked_on_by(self, person: str) -> bool:
        """Whether the person of a slug works now in the group that drafts it."""
        return self.group is not None and self.group.is_worked_on_by(person)


class SubCommitment(models.Model):
    """A part of a commitment that others count by itself: 2.1 and 2.2."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="sub_commitments"
    )
    label = models.CharField(max_length=20)
    title = TextField(null=True)
    position = models.PositiveSmallIntegerField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "label"], name="drafting_sub_label")
        ]


class Lead(models.Model):
    """An agency that answers for a commitment, or for one part of it.

    `as_in_source` is the source's spelling where it is not the agency's name.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="leads")
    sub_commitment = models.ForeignKey(
        SubCommitment, on_delete=models.PROTECT, null=True, related_name="leads"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="leads")
    position = models.PositiveSmallIntegerField()
    as_in_source = models.CharField(max_length=200, null=True)
    unit = TextField(null=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "agency"],
                condition=models.Q(sub_commitment=None),
                name="drafting_lead_once",
            ),
            models.UniqueConstraint(
                fields=["sub_commitment", "agency"], name="drafting_sub_lead_once"
            ),
        ]


class Identifier(models.Model):
    """What others call the commitment, such as OGP's KR0056; redirects to it."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="identifiers")
    sub_commitment = models.ForeignKey(
        SubCommitment, on_delete=models.PROTECT, null=True, related_name="identifiers"
    )
    scheme = models.CharField(max_length=20)
    value = models.CharField(max_length=40)
    note = TextField(null=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)

    class Meta:
        ordering = ["value"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="drafting_identifier_once")
        ]


class Milestone(models.Model):
    """A step with an output and a date: 6.2, or 4.1.1 under a sub-commitment.

    `numbered_here` says that the plan gives it no number, and the label is this installation's.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="milestones")
    sub_commitment = models.ForeignKey(
        SubCommitment, on_delete=models.PROTECT, null=True, related_name="milestones"
    )
    label = models.CharField(max_length=20)
    numbered_here = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()
    title = TextField()
    output = TextField(null=True)
    starts = DatedField()
    due = DatedField()
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, related_name="milestones"
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "label"], name="drafting_milestone_label")
        ]


class CommitmentVersion(models.Model):
    """A commitment's whole text at one time, as canonical JSON with its SHA-256.

    `office` is the seat or office it was written in, as the record says it; `because` are the
    refs of what it was written for, such as a suggestion.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    office = models.CharField(max_length=60, default="")
    because = models.JSONField(default=list)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="drafting_version_number")
        ]


class GrownFrom(models.Model):
    """The thread from a candidate to a commitment, and to the milestone where it leads to one.

    It may end, with a time; it is never deleted. A milestone that its writers take out of a draft
    takes the end of the thread with it, not the thread.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="grown_from")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="grown")
    milestone = models.ForeignKey(
        Milestone, on_delete=models.SET_NULL, null=True, related_name="grown_from"
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "candidate"],
                condition=models.Q(ended_at=None),
                name="drafting_one_thread",
            )
        ]


class CoLead(models.Model):
    """Who leads the writing of a commitment for a side: one of the government's, one of civil
    society's. It may end, with a time; it is never deleted.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="co_leads")
    side = models.CharField(max_length=20, choices=Side)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "side"],
                condition=models.Q(ended_at=None),
                name="drafting_one_lead_a_side",
            )
        ]


class Suggestion(models.Model):
    """Another wording for a paragraph, with its reason, and what became of it.

    `piece` is the path of the text (`milestones/6.2/title/ko`), `place` the paragraph's place in
    it when the suggestion was made, `original` how it read then. `settled` is how it reads since
    the answer, `version` the version that came of that.
    """

    acts_with = ("commitment__plan", "commitment__group")

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="suggestions")
    number = models.PositiveIntegerField()
    piece = models.CharField(max_length=80)
    place = models.PositiveSmallIntegerField()
    original = models.TextField()
    wording = models.TextField()
    reason = models.TextField()
    language = models.CharField(max_length=3)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    office = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    fate = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in Fate], null=True
    )
    answer = models.TextField(default="")
    answer_language = models.CharField(max_length=3, default="")
    answered_by = models.CharField(max_length=60, default="")
    answered_at = models.DateTimeField(null=True)
    settled = models.TextField(null=True)
    version = models.ForeignKey(
        CommitmentVersion, on_delete=models.PROTECT, null=True, related_name="suggestions"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "number"], name="drafting_suggestion_number"
            ),
            models.CheckConstraint(
                condition=models.Q(fate=None, answered_at=None)
                | models.Q(fate__isnull=False, answered_at__isnull=False),
                name="drafting_answered_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["commitment", "fate", "number"], name="drafting_suggestions")
        ]

    @property
    def ref(self) -> str:
        return f"suggestion:{self.commitment.plan.number}-{self.commitment.number}.{self.number}"

    def is_led_by(self, person: str) -> bool:
        """Whether the person of a slug leads the writing of its commitment now."""
        return self.commitment.is_led_by(person)
