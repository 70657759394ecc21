"""What is read of comments by more than one: refs, hashes, the window that holds, their texts."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from madang.consultation.models import Comment, CommentRound, PublicText
from madang.consultation.rules.commenting import RoundStatus, takes_comments, window_on
from madang.documents.files import canonical_digest
from madang.drafting.models import CommitmentVersion
from madang.drafting.versions import read_version
from madang.foundation.figures import Figure
from madang.foundation.refusals import NotFound
from madang.foundation.texts import Text
from madang.members.models import RulesVersion
from madang.planning.models import Plan

SEEN = (RoundStatus.OPEN, RoundStatus.CLOSED)
"""The rounds whose texts everyone reads."""


def window_for(opens_at: datetime) -> Figure:
    """The window that holds for comments that open then."""
    day = timezone.localdate(opens_at).isoformat()
    version = RulesVersion.objects.filter(in_force_from__lte=day).order_by("-in_force_from").first()
    return window_on(day, version.figures if version else [])


def round_of(plan: Plan) -> CommentRound | None:
    """The plan's newest round that was not called off."""
    rows = CommentRound.objects.filter(plan=plan).exclude(status=RoundStatus.CALLED_OFF)
    return rows.select_related("plan").order_by("-number").first()


def is_open(found: CommentRound | None, at: datetime) -> bool:
    """Whether anyone may comment now."""
    return found is not None and takes_comments(found.status, closes_at=found.closes_at, at=at)


def versions_put_out(found: CommentRound, *, changed: bool = False) -> dict[int, CommitmentVersion]:
    """What a round put before the public, by the commitment's number.

    With `changed` what came out with the answers, the newest of each; else what the comments are
    about.
    """
    rows = PublicText.objects.filter(round=found, changed=changed).select_related(
        "version__commitment"
    )
    return {
        row.version.commitment.number: row.version
        for row in rows.order_by("version__commitment__number", "version__number")
    }


def newer_versions(found: CommentRound) -> list[CommitmentVersion]:
    """The versions of the plan's commitments that were written since the round opened."""
    put = {row.commitment_id: row.number for row in versions_put_out(found).values()}
    rows = CommitmentVersion.objects.filter(
        commitment__plan=found.plan_id, commitment__withdrawn_at=None
    )
    rows = rows.select_related("commitment").order_by("commitment__number", "-number")
    return [row for row in rows if row.number > put.get(row.commitment_id, 0)]


def title_of(version: CommitmentVersion) -> Text:
    """What a commitment was called in a version. Its row may be further than the public is."""
    return Text.of(read_version(version)["title"])


def round_digest(found: CommentRound) -> str:
    """The hash of what a round says."""
    return canonical_digest(
        {
            "opens_at": found.opens_at.isoformat(),
            "closes_at": found.closes_at.isoformat(),
            "answer_by": found.answer_by,
            "invitation": found.invitation.kept() if found.invitation else None,
            "languages": found.languages,
        }
    )


def texts_digest(versions: dict[int, CommitmentVersion]) -> str:
    """One hash over the texts that are put before the public, in the order of their numbers."""
    return canonical_digest([[n, row.number, row.sha256] for n, row in sorted(versions.items())])


def text_digest(text: str) -> str:
    """The hash of a comment's words."""
    return canonical_digest({"text": text})


def find_comment(plan: int, number: int) -> Comment:
    """Raises NotFound: consultation.comment_no_comment."""
    rows = Comment.objects.filter(plan__number=plan, number=number)
    found = rows.select_related("round__plan", "plan", "commitment", "version").first()
    if found is None:
        raise NotFound("consultation.comment_no_comment", label=f"{plan}-{number}")
    return found


def comment_at(ref: str) -> Comment:
    """The comment a ref (`comment:2-12`) stands for, with its plan and contact."""
    plan, _dash, number = ref.removeprefix("comment:").partition("-")
    rows: Any = Comment.objects.select_related(
        *("plan", "commitment", "version", "contact", "round")
    )
    found: Comment = rows.get(plan__number=int(plan), number=int(number))
    return found
