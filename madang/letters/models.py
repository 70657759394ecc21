"""The outbox, mailed codes, task links and who follows what: once, for all that asks or tells."""

from django.db import models


class LetterStatus(models.TextChoices):
    """Where a letter is on its way."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class Letter(models.Model):
    """A letter written in an act's transaction and sent by the worker after it.

    `reason` names why it was written (`ballot:7-1:opened:gov-3`); no reason is served twice.
    Its delivery is no act of the forum.
    """

    machinery = True

    to = models.EmailField()
    language = models.CharField(max_length=3)
    kind = models.CharField(max_length=60)
    reason = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    status = models.CharField(max_length=10, choices=LetterStatus, default=LetterStatus.WAITING)
    written_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, default="")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-written_at", "-id"]
        indexes = [models.Index(fields=["status", "next_try_at"], name="letters_due")]


class MailedCode(models.Model):
    """Six digits mailed to an address for one purpose; only their keyed hash is kept."""

    machinery = True

    email = models.EmailField()
    purpose = models.CharField(max_length=80)
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["email", "purpose", "-sent_at"], name="letters_code_lookup")
        ]


class PrintedCode(models.Model):
    """Eight digits on paper for one task of one seat, good once; only their keyed hash is kept."""

    machinery = True

    task = models.CharField(max_length=80)
    holder = models.CharField(max_length=80)
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["task", "holder", "-made_at"], name="letters_printed")]


class Following(models.Model):
    """An address that wants a letter when something changes about a ref (`commitment:5-6`).

    Nothing is sent to it before `confirmed_at`. Whoever stops is forgotten with the address.
    """

    machinery = True

    about = models.CharField(max_length=80)
    email = models.EmailField()
    language = models.CharField(max_length=3)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["about", "email"], name="letters_follows_once")
        ]
        indexes = [models.Index(fields=["email", "-asked_at"], name="letters_follows_of")]


class TaskLink(models.Model):
    """A link for one task of one seat, body or address. Opening it does nothing.

    Only the hash of its token is kept. `task` and `holder` are refs (`ballot:7-1`, `seat:gov-3`).
    """

    machinery = True

    token_hash = models.CharField(max_length=64, unique=True)
    task = models.CharField(max_length=80)
    holder = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["task", "holder"], name="letters_link_of_a_task")]
