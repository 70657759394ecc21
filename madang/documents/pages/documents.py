"""The pages of documents."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from madang.documents.files import path_of
from madang.documents.models import Document
from madang.foundation.answers import Table, answer, said
from madang.foundation.refusals import Gone, NotAllowed, NotFound


def documents(request: HttpRequest, twin: str) -> HttpResponse:
    rows = list(Document.objects.filter(withdrawn_at=None, public=True))
    data = {
        "documents": [
            {
                "title": row.title,
                "name": row.name,
                "media_type": row.media_type,
                "size": row.size,
                "language": row.language,
                "sha256": row.sha256,
                "about": row.about,
                "kept_at": row.kept_at,
                "url": reverse("document", args=[row.sha256]),
            }
            for row in rows
        ]
    }

    def table() -> Table:
        headings = [_("Title"), _("File"), _("Language"), _("Bytes"), _("Kept at (UTC)"), "SHA-256"]
        cells = [
            [said(row.title), row.name, row.language, row.size, row.kept_at.isoformat(), row.sha256]
            for row in rows
        ]
        return Table("documents", headings, cells)

    return answer(request, twin, "documents/documents.html", data, table=table)


def document(request: HttpRequest, sha256: str) -> HttpResponse:
    """The file itself, always as a download: whatever is in it, it runs nothing here."""
    row = Document.objects.filter(sha256=sha256).first()
    if row is None:
        raise NotFound("documents.not_here", nearest=[reverse("documents")])
    if not row.public:
        raise NotAllowed("documents.not_public", sha256=row.sha256)
    if row.withdrawn_at:
        on = timezone.localdate(row.withdrawn_at).isoformat()
        raise Gone("documents.withdrawn", name=row.name, on=on, why=said(row.reason))
    return file_answer(row)


def file_answer(row: Document, *, attached: bool = True) -> HttpResponse:
    """A document's bytes, as a download or in place; they may load and run nothing.

    Raises NotFound: documents.lost, with the hash by which the file can be known elsewhere.
    """
    try:
        content = path_of(row.sha256).read_bytes()
    except FileNotFoundError:
        raise NotFound("documents.lost", name=row.name, sha256=row.sha256) from None
    response = HttpResponse(content, content_type=row.media_type)
    response["Content-Length"] = str(len(content))
    response["Content-Disposition"] = content_disposition_header(attached, row.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["ETag"] = f'"{row.sha256}"'
    response["Cache-Control"] = "public, max-age=300"
    return response
