"""What is said of drafts: by agencies that were asked, and by everyone while the plan lies open."""

from typing import Any

from django.db import models

from madang.calls.models import ModerationStep
from madang.calls.rules.words import Channel as CameBy
from madang.consultation.rules.answering import REFERENCE_MOST
from madang.consultation.rules.commenting import CommentState, Fate, RoundStatus
from madang.consultation.rules.words import Channel, Stance, Step
from madang.drafting.models import Commitment, CommitmentVersion
from madang.foundation.fields import TextField
from madang.members.models import Agency
from madang.planning.models import Plan


def _words(enum: type) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in enum]  # type: ignore[attr-defined]


# --- comments on the draft plan ------------------------------------------------------------------


class CommentRound(models.Model):
    """A window in which everyone reads a plan's draft and may comment on it; half-open.

    `short_reason` says why it is shorter than the rule asks, `reason` why its close was put off,
    or why it was called off.
    """

    acts_with = ("plan",)

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="comment_rounds")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=20, choices=_words(RoundStatus))
    announced_at = models.DateTimeField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    answer_by = models.CharField(max_length=10)
    invitation = TextField(null=True)
    languages = models.JSONField(default=list)
    short_reason = TextField(null=True)
    reason = TextField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="consultation_round_number_in_a_plan"
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(status__in=["announced", "open"]),
                name="consultation_one_window_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="consultation_has_a_window",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="called_off") | models.Q(reason__isnull=False),
                name="consultation_called_off_with_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(status="closed", closed_at__isnull=False)
                | (~models.Q(status="closed") & models.Q(closed_at=None)),
                name="consultation_closed_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "opens_at"], name="consultation_to_open"),
            models.Index(fields=["status", "closes_at"], name="consultation_to_close"),
        ]

    @property
    def ref(self) -> str:
        return f"comments:{self.plan.number}-{self.number}"


class PublicText(models.Model):
    """A version of a commitment that was put before the public, and is read by everyone since.

    First what the comments are about; then, with their answers, what changed because of them.
    Later versions stay with the writers until they are put out in turn.
    """

    round = models.ForeignKey(CommentRound, on_delete=models.PROTECT, related_name="texts")
    version = models.ForeignKey(
        CommitmentVersion, on_delete=models.PROTECT, related_name="put_before_the_public"
    )
    changed = models.BooleanField(default=False)
    put_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "version"], name="consultation_text_once_in_a_round"
            )
        ]


class Comment(models.Model):
    """What someone wrote about a commitment as it stood in the draft, or about the whole draft.

    `version` is the text it is about. `name` is how its author is called in public, empty for
    "a citizen". `nonce` is what makes a form sent twice the same comment. `edits` is how often its
    author changed it; `said_on` the day one came that the secretariat entered.
    """

    acts_with = ("round__plan", "commitment")

    round = models.ForeignKey(CommentRound, on_delete=models.PROTECT, related_name="comments")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField()
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, related_name="comments"
    )
    version = models.ForeignKey(
        CommitmentVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=20, choices=_words(CommentState))
    language = models.CharField(max_length=3)
    text = models.TextField()
    name = models.CharField(max_length=120, default="")
    received_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    nonce = models.CharField(max_length=64)
    edits = models.PositiveSmallIntegerField(default=0)
    channel = models.CharField(max_length=20, choices=_words(CameBy), default="form")
    said_on = models.CharField(max_length=10, default="")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="consultation_comment_number_in_a_plan"
            ),
            models.UniqueConstraint(
                fields=["plan", "nonce"], name="consultation_one_comment_a_nonce"
            ),
        ]
        indexes = [models.Index(fields=["state", "received_at"], name="consultation_comments_held")]

    @property
    def label(self) -> str:
        """The number people use, `2-12`: the plan's and its own."""
        return f"{self.plan.number}-{self.number}"

    @property
    def ref(self) -> str:
        return f"comment:{self.label}"


class EarlierWords(models.Model):
    """What a comment said before its author changed it, for the `number`th time, and when.

    `held` is whether what took its place waited for a look.
    """

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="earlier")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    name = models.CharField(max_length=120, default="")
    held = models.BooleanField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "number"], name="consultation_earlier_words_once"
            )
        ]


class CommentContact(models.Model):
    """Where a comment's author is written to. Never public; apart, so that it can be erased."""

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="contact")
    email = models.EmailField(db_index=True)
    language = models.CharField(max_length=3)
    stopped_at = models.DateTimeField(null=True)


class CommentModeration(ModerationStep):
    """A step of moderation on a comment."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="moderations")
    state = models.CharField(max_length=20, choices=_words(CommentState))

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment"],
                condition=models.Q(done_at=None),
                name="consultation_one_step_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="hidden") | models.Q(reason__isnull=False),
                name="consultation_hidden_for_a_reason",
            ),
        ]


class CommentAnswer(models.Model):
    """What became of a comment and why; `version` is the text that changed because of it.

    Until `published_at` the secretariat alone reads it.
    """

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="answer")
    fate = models.CharField(max_length=20, choices=_words(Fate))
    reason = TextField()
    version = models.ForeignKey(
        CommitmentVersion, on_delete=models.PROTECT, null=True, related_name="answers_to_comments"
    )
    written_by = models.CharField(max_length=80)
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(fate="not_taken_up") | models.Q(version=None),
                name="consultation_what_is_not_taken_up_changes_nothing",
            )
        ]


# --- agencies that are asked ----------------------------------------------------------------------


class Request(models.Model):
    """A question to one or several agencies about one or several drafts, side by side.

    `due_on` is the last day for an answer, `due_at` the moment after it; `why_shorter` stands
    where the window is shorter than the rule's.
    """

    acts_with = ("plan",)

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="requests")
    number = models.PositiveSmallIntegerField()
    note = TextField(null=True)
    asked_at = models.DateTimeField()
    due_on = models.CharField(max_length=10)
    due_at = models.DateTimeField()
    why_shorter = TextField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason = TextField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="consultation_number_in_plan"),
            models.CheckConstraint(
                condition=models.Q(due_at__gt=models.F("asked_at")),
                name="consultation_due_after_asked",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | models.Q(reason__isnull=False),
                name="consultation_withdrawn_with_a_reason",
            ),
        ]

    @property
    def ref(self) -> str:
        return f"request:{self.plan.number}-{self.number}"

    @property
    def label(self) -> str:
        return f"{self.plan.number}-{self.number}"

    def asks(self, agency: str) -> bool:
        """Whether it goes to this agency."""
        return self.asked.filter(agency__slug=agency).exists()


class Asked(models.Model):
    """That an agency was asked about a draft, in the wording it had then."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="asked")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="asked")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="asked")
    version = models.PositiveIntegerField()

    class Meta:
        ordering = ["agency__position", "commitment__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "agency", "commitment"], name="consultation_asked_once"
            )
        ]

    @property
    def ref(self) -> str:
        """What an agency said to a draft: `opinion:2-6.finance`, beside the draft's text."""
        return f"opinion:{self.commitment.plan.number}-{self.commitment.number}.{self.agency.slug}"


class Opinion(models.Model):
    """What an agency said to a draft. A later answer stands beside the earlier, the newest counts.

    `version` is the commitment's version it was said to. `document` is the number of the letter
    from which the secretariat entered it, where it did.
    """

    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, related_name="opinions")
    number = models.PositiveSmallIntegerField()
    stance = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Stance])
    words = TextField(null=True)
    wording = TextField(null=True)
    reference = models.CharField(max_length=REFERENCE_MOST, default="")
    version = models.PositiveIntegerField()
    late = models.BooleanField()
    channel = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Channel])
    document = models.CharField(max_length=REFERENCE_MOST, default="")
    made_at = models.DateTimeField()
    newest = models.BooleanField(default=True)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["asked", "number"], name="consultation_answer_number"),
            models.UniqueConstraint(
                fields=["asked"],
                condition=models.Q(newest=True),
                name="consultation_one_newest_answer",
            ),
            models.CheckConstraint(
                condition=models.Q(stance__in=[one.value for one in Stance]),
                name="consultation_known_stance",
            ),
            models.CheckConstraint(
                condition=models.Q(stance="accept") | models.Q(words__isnull=False),
                name="consultation_no_without_words",
            ),
            models.CheckConstraint(
                condition=~models.Q(channel="office") | ~models.Q(document=""),
                name="consultation_entered_from_a_document",
            ),
        ]

    def said(self) -> dict[str, Any]:
        """What it says, as plain values."""
        return {
            "stance": self.stance,
            "words": self.words.kept() if self.words else None,
            "wording": self.wording.kept() if self.wording else None,
            "reference": self.reference,
        }


class Delegate(models.Model):
    """A colleague of the same agency to whom its focal point passed a request, with a link of their own.

    The agency answers as one: whoever sends first or last, each answer is kept and the newest counts.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="delegates")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    email = models.EmailField()
    language = models.CharField(max_length=3, default="ko")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "agency", "email"], name="consultation_delegate_once"
            )
        ]

    @property
    def holder(self) -> str:
        return f"delegate:{self.pk}"


class Reminder(models.Model):
    """That those who have not answered were written to: once for each step, by hand once a day."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="reminders")
    step = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Step])
    day = models.CharField(max_length=10, default="")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "step", "day"], name="consultation_one_reminder_a_step"
            )
        ]
