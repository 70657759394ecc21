"""The decision paper of a ballot: what it is called, and where it is once it was set."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from madang.ballots.models import Ballot


def decision_name(ballot: Ballot, language: str) -> str:
    """The file's name: meeting, round where there was more than one, language."""
    again = f"-{ballot.round}" if ballot.round > 1 else ""
    return f"decision-{ballot.meeting.address}{again}-{language}.pdf"


def decision_papers(ballot: Ballot, kept: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Of the documents about the ballot, its decision paper in each language."""
    return [
        {
            "language": row["language"],
            "sha256": row["sha256"],
            "size": row["size"],
            "url": reverse(
                "ballot.round.decision",
                args=[ballot.meeting.address, ballot.round, row["language"]],
            ),
        }
        for row in kept
        if row["name"] == decision_name(ballot, row["language"])
    ]
