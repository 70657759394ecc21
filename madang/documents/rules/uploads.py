"""What file may be handed in beside an approval: a scan or a print, of a bounded size."""

from dataclasses import dataclass

from madang.foundation.refusals import NotValid

LARGEST = 10 * 1024 * 1024
"""The most bytes of a file. Source: SECURITY.md, uploads."""
KINDS = {
    b"%PDF-": ("application/pdf", ".pdf"),
    b"\x89PNG\r\n\x1a\n": ("image/png", ".png"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg"),
}
"""How the files begin that are taken, with the media type and the ending of each."""


@dataclass(frozen=True)
class Upload:
    """A file as it was handed in; its name is the sender's and decides nothing."""

    name: str
    content: bytes


def check_upload(upload: Upload) -> tuple[str, str]:
    """The media type and the ending of a file, by its first bytes and not by its name.

    Raises NotValid: documents.no_file, documents.file_too_large, documents.file_kind.
    """
    if not upload.content:
        raise NotValid("documents.no_file", field="file")
    if len(upload.content) > LARGEST:
        raise NotValid("documents.file_too_large", most=LARGEST // 1024**2, field="file")
    for beginning, kind in KINDS.items():
        if upload.content.startswith(beginning):
            return kind
    raise NotValid("documents.file_kind", field="file")
