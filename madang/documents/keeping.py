"""Keeping a file that was handed in: an approval, evidence, what came with a proposal."""

from dataclasses import dataclass
from datetime import datetime

from madang.documents.files import keep_bytes
from madang.documents.models import Document
from madang.documents.rules.uploads import Upload, check_upload
from madang.foundation.texts import Text


@dataclass(frozen=True)
class Kept:
    """A file whose bytes are kept already, and that has no row yet.

    Writing ten megabytes to a disk takes long, and in an act all others wait for it.
    """

    sha256: str
    media_type: str
    ending: str
    size: int


def keep_attached(file: Kept, *, number: str, about: str, at: datetime) -> Document:
    """The document of a file that someone attached to what is at `about`.

    Who may have it is asked where it hangs; by its hash alone nobody gets it.
    """
    kept, _ = Document.objects.get_or_create(
        sha256=file.sha256,
        defaults={
            "name": f"attachment{file.ending}",
            "media_type": file.media_type,
            "size": file.size,
            "title": Text({"ko": f"{number}에 붙은 파일", "en": f"File that came with {number}"}),
            "about": about,
            "public": False,
            "kept_at": at,
        },
    )
    return kept


def keep_evidence(file: Kept, *, number: str, about: str, at: datetime) -> Document:
    """The document of a file that shows that a milestone stands as was said; everyone may have it."""
    kept, _ = Document.objects.get_or_create(
        sha256=file.sha256,
        defaults={
            "name": f"evidence-{number}{file.ending}",
            "media_type": file.media_type,
            "size": file.size,
            "title": Text({"ko": f"{number}의 증빙", "en": f"Evidence for {number}"}),
            "about": about,
            "kept_at": at,
        },
    )
    return kept


def keep_private(upload: Upload, *, number: str, about: str, at: datetime) -> Document:
    """Keep an approval that was handed in as a file. Its number and hash are public, it is not.

    An approval carries signatures, extensions and names of officials who have no part in the
    forum, and nobody checks a scan for them (SECURITY §1.1, A7: minimisation). Who has the paper
    can compare it with the hash. The same bytes that are public already stay public.

    Raises what `check_upload` raises.
    """
    media_type, ending = check_upload(upload)
    kept, _ = Document.objects.get_or_create(
        sha256=keep_bytes(upload.content),
        defaults={
            "name": f"approval{ending}",
            "media_type": media_type,
            "size": len(upload.content),
            "title": Text({"ko": f"승인 문서 {number}", "en": f"Approval {number}"}),
            "about": about,
            "public": False,
            "kept_at": at,
        },
    )
    return kept
