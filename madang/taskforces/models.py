"""Groups, how their members sort proposals, and the candidates that come of it."""

from django.db import models

from madang.calls.models import Proposal
from madang.foundation.fields import DatedField, TextField
from madang.members.models import Person
from madang.planning.models import Plan
from madang.taskforces.rules.words import CandidateStatus, Choice, Grade, Side, Tie


def _words(enum: type) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in enum]  # type: ignore[attr-defined]


class Group(models.Model):
    """One of the groups of a plan's task force, with its scope."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="groups")
    number = models.PositiveSmallIntegerField()
    name = TextField()
    scope = TextField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="taskforces_group_number_in_a_plan"
            )
        ]

    @property
    def label(self) -> str:
        """What stands in its desk's address, `5-2`: groups of several plans do not clash."""
        return f"{self.plan.number}-{self.number}"

    @property
    def ref(self) -> str:
        return f"group:{self.label}"

    def is_worked_on_by(self, person: str) -> bool:
        """Whether the person of a slug works in this group now."""
        return self.members.filter(person__slug=person, left_at=None).exists()


class GroupMember(models.Model):
    """Who works in a group; may be no member of the forum."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="groups")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=models.Q(left_at=None),
                name="taskforces_once_in_a_group",
            )
        ]


class GroupMeeting(models.Model):
    """A meeting of a group: when and where it is, what is on it, later what came of it."""

    acts_with = ("group__plan",)

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    held_on = DatedField(null=False)
    place = models.CharField(max_length=200, default="")
    agenda = TextField()
    notes = TextField(null=True)
    called_at = models.DateTimeField()
    noted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-held_on", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="taskforces_meeting_number")
        ]

    def is_worked_on_by(self, person: str) -> bool:
        """Whether the person of a slug works in the group now."""
        return self.group.is_worked_on_by(person)


class Homework(models.Model):
    """What a group does until a day: read, ask, write. Done with a time, or late in the open."""

    acts_with = ("group__plan",)

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="homework")
    number = models.PositiveSmallIntegerField()
    task = TextField()
    due = DatedField(null=False)
    given_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due", "number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="taskforces_homework_number")
        ]

    def is_worked_on_by(self, person: str) -> bool:
        """Whether the person of a slug works in the group now."""
        return self.group.is_worked_on_by(person)


class Candidate(models.Model):
    """What may become a commitment: a problem and a promise, grown from proposals."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="candidates")
    number = models.PositiveIntegerField()
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="candidates")
    status = models.CharField(
        max_length=20, choices=_words(CandidateStatus), default=CandidateStatus.OPEN
    )
    title = TextField()
    problem = TextField(null=True)
    promise = TextField(null=True)
    grade = models.CharField(max_length=10, choices=_words(Grade), null=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="taskforces_candidate_number_in_a_plan"
            )
        ]
        indexes = [models.Index(fields=["plan", "status", "number"], name="taskforces_candidates")]

    @property
    def ref(self) -> str:
        return f"candidate:{self.plan.number}-{self.number}"

    def is_worked_on_by(self, person: str) -> bool:
        """Whether the person of a slug works in the candidate's group now."""
        return self.group.is_worked_on_by(person)


class CandidateVersion(models.Model):
    """What a candidate said at one time; writing it adds one and leaves the others.

    `office` is where it was written from, as the record says it; empty where that was not kept.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = TextField()
    problem = TextField(null=True)
    promise = TextField(null=True)
    grade = models.CharField(max_length=10, choices=_words(Grade), null=True)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    office = models.CharField(max_length=60, default="")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "number"], name="taskforces_version_number"
            )
        ]


class CandidateTie(models.Model):
    """That a candidate came out of another, by merging or splitting. Never taken away."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="ties")
    other = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="ties_back")
    kind = models.CharField(max_length=20, choices=_words(Tie))
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "other", "kind"], name="taskforces_tied_once"
            )
        ]


class Placement(models.Model):
    """Where a proposal lies: in the queue of a group, later with what was decided about it.

    `choice` is empty while it waits; `candidate` stands with "join" and "new". `together` says
    that two members chose differently, so that the group looks at it together; `settled` that
    they did.
    """

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="placement")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="placements")
    choice = models.CharField(max_length=20, choices=_words(Choice), null=True)
    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, null=True, related_name="placements"
    )
    body = models.CharField(max_length=200, default="")
    together = models.BooleanField(default=False)
    settled = models.BooleanField(default=False)
    placed_at = models.DateTimeField()
    sorted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(choice__in=["join", "new"], candidate__isnull=False)
                | models.Q(choice=None)
                | ~models.Q(choice__in=["join", "new"]),
                name="taskforces_joined_to_something",
            ),
            models.CheckConstraint(
                condition=models.Q(choice=None, sorted_at=None)
                | models.Q(choice__isnull=False, sorted_at__isnull=False, together=False),
                name="taskforces_sorted_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "choice", "proposal"], name="taskforces_queue"),
            models.Index(fields=["candidate", "proposal"], name="taskforces_of_a_candidate"),
        ]

    def is_worked_on_by(self, person: str) -> bool:
        """Whether the person of a slug works now in the group it lies with."""
        return self.group.is_worked_on_by(person)

    def is_marked_by(self, person: str) -> bool:
        """Whether a mark of the person of a slug stands, in whichever group it was made."""
        rows = Mark.objects.filter(proposal=self.proposal_id, undone_at=None)
        return rows.filter(person__slug=person).exists()


class Mark(models.Model):
    """A member's choice for a proposal. Hidden from the others until two have spoken.

    An undone mark stays, with the time.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="marks")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="marks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=20, choices=_words(Choice))
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.TextField(default="")
    marked_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["marked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "person"],
                condition=models.Q(undone_at=None),
                name="taskforces_one_mark_a_person",
            )
        ]


class Origin(models.Model):
    """The thread from a proposal into a candidate. It may end, with a time; it is never deleted."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="origins")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="origins")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=20, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "candidate"],
                condition=models.Q(ended_at=None),
                name="taskforces_one_thread",
            )
        ]
        indexes = [models.Index(fields=["candidate", "proposal"], name="taskforces_origins")]


class Score(models.Model):
    """A member's points for a candidate on one published criterion, 0 to 5."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="scores")
    criterion = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()
    scored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "criterion", "person"], name="taskforces_scored_once"
            ),
            models.CheckConstraint(
                condition=models.Q(points__lte=5), name="taskforces_points_to_five"
            ),
        ]


class Argument(models.Model):
    """A point for or against a candidate. There are no threads of replies under it."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="arguments")
    side = models.CharField(max_length=5, choices=_words(Side))
    text = models.TextField()
    language = models.CharField(max_length=3)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
