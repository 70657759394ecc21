"""Calls for proposals, what citizens proposed, and the answers they were given."""

from django.db import models

from madang.calls.rules.words import (
    CallStatus,
    Channel,
    HiddenFor,
    NotInPlan,
    Outcome,
    ProposalState,
)
from madang.documents.models import Document
from madang.foundation.fields import DatedField, TextField
from madang.members.models import Agency
from madang.planning.models import Area, Plan


def _words(enum: type) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in enum]  # type: ignore[attr-defined]


class Call(models.Model):
    """The call for proposals of a plan. Its window is half-open, `opens_at` to `closes_at`.

    `questions` and `criteria` are `[{key, text}]`, published before the window opens; `languages`
    are those one may propose in; `notice_reason` says why the timeline was public for less than
    the rule asks.
    """

    acts_with = ("plan",)

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="call")
    status = models.CharField(max_length=20, choices=_words(CallStatus))
    announced_at = models.DateTimeField(null=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    invitation = TextField(null=True)
    questions = models.JSONField(default=list)
    criteria = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    answer_by = DatedField()
    answer_at = TextField(null=True)
    notice_reason = TextField(null=True)
    reason = TextField(null=True)
    earlier = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="calls_has_a_window"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="ended") | models.Q(reason__isnull=False),
                name="calls_ended_with_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["closed", "ended"], closed_at__isnull=False)
                | models.Q(status__in=["announced", "open"], closed_at=None),
                name="calls_closed_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "opens_at"], name="calls_to_open"),
            models.Index(fields=["status", "closes_at"], name="calls_to_close"),
        ]

    @property
    def ref(self) -> str:
        return f"call:{self.plan.number}"


class Proposal(models.Model):
    """What someone proposed for a plan; its number is never reused.

    `title` and `text` are as typed, in `language`; `name` is how its author is called in public,
    empty for "a citizen". `title_only` keeps the text from the public at its author's wish.
    `platform` and `outside_number` say where an imported one came from. `nonce` is what makes a
    form sent twice the same proposal. `features` are its text's features for finding similar
    ones, made once at intake.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="proposals")
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=20, choices=_words(ProposalState), default=ProposalState.RECEIVED
    )
    language = models.CharField(max_length=3)
    title = models.CharField(max_length=300)
    text = models.TextField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120, default="")
    joint = models.JSONField(default=list)
    title_only = models.BooleanField(default=False)
    channel = models.CharField(max_length=20, choices=_words(Channel))
    platform = models.CharField(max_length=120, default="")
    outside_number = models.CharField(max_length=80, default="")
    supports_elsewhere = models.PositiveIntegerField(null=True)
    proposed_on = DatedField()
    received_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    outcome = models.CharField(max_length=20, choices=_words(Outcome), null=True)
    nonce = models.CharField(max_length=64)
    features = models.BinaryField(default=b"")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="calls_number_once_in_a_plan"),
            models.UniqueConstraint(fields=["plan", "nonce"], name="calls_one_proposal_a_nonce"),
            models.UniqueConstraint(
                fields=["plan", "platform", "outside_number"],
                condition=~models.Q(outside_number=""),
                name="calls_imported_once",
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "state", "number"], name="calls_list"),
            models.Index(fields=["plan", "outcome", "number"], name="calls_by_outcome"),
            models.Index(fields=["plan", "area", "number"], name="calls_by_area"),
        ]

    @property
    def label(self) -> str:
        """The number people use, `5-0412`: at least four digits after the plan's."""
        return f"{self.plan.number}-{self.number:04d}"

    @property
    def ref(self) -> str:
        return f"proposal:{self.label}"


class ProposalVersion(models.Model):
    """A proposal's title and text at one time; an edit adds one and leaves the others."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="calls_version_number")
        ]


class Contact(models.Model):
    """Where a proposal's author is written to. Never public; kept apart so that it can be erased."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="contact")
    email = models.EmailField(db_index=True)
    language = models.CharField(max_length=3)
    verified_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)


class Attachment(models.Model):
    """The file that came with a proposal. Who may read the proposal's words may have it.

    What its sender called it is not kept: a name of a file may be the name of a person.
    """

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="attachment")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")


class FileChange(models.Model):
    """That an author exchanged, added or took away the file of a proposal. The file before is
    withdrawn: nobody gets it here any more, and this row says that it was there."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="file_changes")
    before = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    after = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["changed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(before__isnull=False) | models.Q(after__isnull=False),
                name="calls_a_file_before_or_after",
            )
        ]


class Endorsement(models.Model):
    """Someone's support for a proposal. `person` is a keyed hash of an address, so that one
    person counts once; only who read a mailed code there is `verified`."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="endorsements")
    person = models.CharField(max_length=64)
    verified = models.BooleanField(default=False)
    endorsed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="calls_endorsed_once")
        ]


class ModerationStep(models.Model):
    """A step of moderation, in the order taken; none is ever undone, only followed by another.

    `second` is the office of the second person where two are needed.
    """

    reason = models.CharField(max_length=20, choices=_words(HiddenFor), null=True)
    note = models.TextField(default="")
    first = models.CharField(max_length=80)
    second = models.CharField(max_length=80, default="")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Moderation(ModerationStep):
    """A step on a proposal."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="moderations")
    state = models.CharField(max_length=20, choices=_words(ProposalState))

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=models.Q(done_at=None),
                name="calls_one_step_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="hidden") | models.Q(reason__isnull=False),
                name="calls_hidden_for_a_reason",
            ),
        ]


class Reply(models.Model):
    """The answer to a proposal: outcome, reason, text and who answered, in `round` 1, or 2 after
    a re-examination.

    `written_at` is when it was last saved, `published_at` when its author and everyone could read
    it. `subject` is the candidate or commitment it speaks of, as a ref; `place` where it was
    passed on to; `line` is a line to this author alone, read by everyone.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="replies")
    round = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=20, choices=_words(Outcome))
    reason = models.CharField(max_length=20, choices=_words(NotInPlan), null=True)
    text = TextField()
    line = models.TextField(default="")
    place = models.CharField(max_length=200, default="")
    subject = models.CharField(max_length=80, default="")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    written_by = models.CharField(max_length=80)
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    helped = models.BooleanField(null=True)

    class Meta:
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "round"], name="calls_one_reply_a_round"),
            models.CheckConstraint(
                condition=~models.Q(outcome="not_in_plan") | models.Q(reason__isnull=False),
                name="calls_not_in_plan_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["published_at"], name="calls_replies_published")]


class Reexamination(models.Model):
    """That an author asked, once, for the answer to be looked at again."""

    proposal = models.OneToOneField(
        Proposal, on_delete=models.PROTECT, related_name="reexamination"
    )
    text = models.TextField()
    asked_at = models.DateTimeField()


class Intake(models.Model):
    """A proposal on its way: typed and not yet sent. Forgotten a day later.

    `token_hash` is that of the address under which its author goes on; `fields` is what was typed.
    """

    machinery = True

    token_hash = models.CharField(max_length=64, unique=True)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    fields = models.JSONField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)


class WaitingFile(models.Model):
    """A file on its way with a proposal: looked at, not sent yet. Forgotten a day later.

    `name` is what its sender calls it, shown to them alone; `content` what is to be kept of it.
    """

    machinery = True

    token_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    ending = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    ends_at = models.DateTimeField(db_index=True)


class ImportState(models.TextChoices):
    """How far a list is: read, checked row by row, shown, and kept once that was confirmed."""

    READING = "reading"
    CHECKING = "checking"
    READY = "ready"
    KEEPING = "keeping"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class ImportedList(models.Model):
    """A list of proposals on its way in. What it holds is forgotten some days later.

    `content` is the file as it came, until its rows stand beside it; `account` whoever sent it.
    `counts` are rows by what becomes of them; `problem` is `{code, facts}` of what stopped it.
    Until `busy_until` one worker has it in its hands.
    """

    machinery = True

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    account = models.PositiveBigIntegerField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    platform = models.CharField(max_length=120, default="")
    content = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.READING)
    total = models.PositiveIntegerField(default=0)
    checked = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    first = models.PositiveIntegerField(null=True)
    last = models.PositiveIntegerField(null=True)
    problem = models.JSONField(null=True)
    made_at = models.DateTimeField()
    busy_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["state", "busy_until"], name="calls_lists_to_work_on")]


class ImportedRow(models.Model):
    """A row of such a list: its cells, and once it was checked its state and what was read."""

    machinery = True

    list = models.ForeignKey(ImportedList, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    state = models.CharField(max_length=10, default="")
    line = models.JSONField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["list", "number"], name="calls_row_once_in_a_list")
        ]
        indexes = [models.Index(fields=["list", "state", "number"], name="calls_rows_by_state")]


class ReplySheet(models.Model):
    """A sheet of answers that came back, shown and not confirmed yet. Forgotten some days later.

    `lines` is what was read in each row; `kept_at` when its answers were written.
    """

    machinery = True

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    agency = models.CharField(max_length=60, default="")
    name = models.CharField(max_length=200)
    lines = models.JSONField()
    made_at = models.DateTimeField(db_index=True)
    kept_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]


class Press(models.Model):
    """That something was sent from a place: what counts for its limits. Forgotten a day later.

    `place` is a keyed hash of a shortened network address; nobody can read the address from it.
    """

    machinery = True

    what = models.CharField(max_length=20)
    place = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["place", "what", "at"], name="calls_presses")]
