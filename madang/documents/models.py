"""Papers and files, known by the SHA-256 of their bytes."""

from django.db import models

from madang.foundation.fields import TextField


class Document(models.Model):
    """A file under `DATA/files/<sha256>`; the same bytes are one document.

    One that is not `public` may hold personal data: its number and hash are shown, not its bytes.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    title = TextField()
    language = models.CharField(max_length=3, null=True)
    about = models.CharField(max_length=80, db_index=True)
    public = models.BooleanField(default=True)
    kept_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    reason = TextField(null=True)

    class Meta:
        ordering = ["-kept_at", "-id"]

    @property
    def ref(self) -> str:
        return f"document:{self.sha256}"
