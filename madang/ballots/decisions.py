"""The decision paper of a ballot: what it is called, and where it is once it was set."""

from functools import lru_cache
from typing import Any

from django.urls import reverse

from madang.ballots.models import Ballot
from madang.documents.models import Document


def decision_name(ballot: Ballot, language: str) -> str:
    """The file's name: meeting, round where there was more than one, language."""
    again = f"-{ballot.round}" if ballot.round > 1 else ""
    return f"decision-{ballot.meeting.address}{again}-{language}.pdf"


def decision_papers(ballot: Ballot, state: tuple[int, str]) -> list[dict[str, Any]]:
    """The decision paper in each language, Korean first; empty until it was set."""
    return [
        {
            "language": row.language,
            "sha256": row.sha256,
            "size": row.size,
            "url": reverse("ballot.decision", args=[ballot.meeting.address, row.language]),
        }
        for row in _kept_at(state, ballot.ref)
        if row.name == decision_name(ballot, row.language or "")
    ]


@lru_cache(maxsize=64)
def _kept_at(state: tuple[int, str], ref: str) -> list[Document]:
    """The papers about a ballot at a state of the record: none comes without an entry."""
    kept = Document.objects.filter(about=ref, withdrawn_at=None, language__isnull=False)
    return list(kept.order_by("-language"))
