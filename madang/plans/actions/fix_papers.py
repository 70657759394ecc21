"""Set an edition's papers and fix them by their hash."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from madang.documents.files import keep_bytes
from madang.documents.models import Document
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.members.models import Forum
from madang.plans.models import Edition, Paper
from madang.plans.papers.paper_data import paper_data
from madang.plans.papers.setting import LANGUAGES, set_plan
from madang.plans.rules.permissions import MAY
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class PapersFixed(Event):
    """The papers of an edition were set; each is known by its hash from now on."""

    KIND: ClassVar[str] = "papers.fixed"

    papers: list[dict[str, Any]]


@action("papers.fix", may=MAY)
def fix_papers(
    edition: Edition, *, made: dict[str, bytes] | None = None, by: Actor, at: datetime
) -> PapersFixed:
    """Keep the plan as a PDF in each language of the papers, once an edition.

    `made` are the papers by language where `set_papers` has set them already: setting takes
    seconds, in which nobody else could write.

    Raises NotNow: plans.papers_fixed.
    """
    if edition.papers.exists():
        raise NotNow("plans.papers_fixed")
    papers = []
    for language, content in (made or set_papers(edition)).items():
        number = edition.plan.number
        document, _ = Document.objects.get_or_create(
            sha256=keep_bytes(content),
            defaults={
                "name": f"plan-{number}-{language}.pdf",
                "media_type": "application/pdf",
                "size": len(content),
                "title": edition.plan.title,
                "language": language,
                "about": edition.plan.ref,
                "kept_at": at,
            },
        )
        Paper.objects.create(edition=edition, language=language, document=document)
        papers.append({"language": language, "sha256": document.sha256, "bytes": len(content)})
    return PapersFixed(about=edition.plan.ref, papers=papers)


def set_papers(edition: Edition) -> dict[str, bytes]:
    """The plan as a PDF in each language of the papers. Nothing is kept of it here."""
    forum = Forum.objects.select_related("body").get(pk=1)
    data = paper_data(edition)
    return {language: set_plan(data, forum, language) for language in LANGUAGES}
