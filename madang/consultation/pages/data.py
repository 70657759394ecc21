"""The shapes of a draft before the public and of the comments on it: one for page and data alike."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from madang.calls.pages.data import find_plan, plan_head
from madang.calls.rules.personal import personal_data
from madang.consultation.comment_words import WAITING, WITHDRAWN
from madang.consultation.comments import SEEN
from madang.consultation.models import (
    Comment,
    CommentModeration,
    CommentRound,
    EarlierWords,
    PublicText,
)
from madang.consultation.rules.commenting import CommentState, Fate, RoundStatus
from madang.drafting.models import CommitmentVersion
from madang.drafting.rules.diff import changes
from madang.drafting.versions import read_version
from madang.drafting.words import words_of
from madang.foundation.gathering import Gathered
from madang.foundation.refusals import NotFound
from madang.foundation.texts import Text
from madang.members.models import Agency
from madang.planning.models import Vision

_ROUNDS: QuerySet[Any] = (
    CommentRound.objects.exclude(status=RoundStatus.CALLED_OFF)
    .select_related("plan")
    .annotate(
        vision_rows=Gathered(Vision.objects.filter(plan=OuterRef("plan")), key="key", text="text")
    )
)
"""The windows of a plan with its visions, the newest first."""


def find_rounds(number: int) -> list[Any]:
    """The windows for comments of a plan that everyone knows of: one query.

    Raises NotFound: calls.no_call, consultation.comment_no_draft.
    """
    found = list(_ROUNDS.filter(plan__number=number).order_by("-number"))
    plan = found[0].plan if found else find_plan(number)
    if not found or plan.is_hidden or plan.withdrawn_at:
        nearest = [reverse("plan", args=[number]), reverse("plans")]
        raise NotFound("consultation.comment_no_draft", number=number, nearest=nearest)
    return found


def round_data(found: CommentRound) -> dict[str, Any]:
    """A window as everyone reads it."""
    return {
        "number": found.number,
        "status": found.status,
        "announced_at": found.announced_at,
        "opens_at": found.opens_at,
        "closes_at": found.closes_at,
        "closed_at": found.closed_at,
        "answer_by": found.answer_by,
        "invitation": found.invitation,
        "languages": found.languages,
        "short_reason": found.short_reason,
        "reason": found.reason,
    }


# --- the texts -----------------------------------------------------------------------------------


class Texts:
    """What a round put before the public: for each commitment the first text, and the newest."""

    def __init__(self, found: CommentRound, commitment: int | None = None) -> None:
        rows = PublicText.objects.filter(round=found).select_related("version__commitment")
        if commitment is not None:
            rows = rows.filter(version__commitment__number=commitment)
        self.first: dict[int, CommitmentVersion] = {}
        self.changed: dict[int, CommitmentVersion] = {}
        shown = found.status in SEEN
        for row in rows.order_by("version__number") if shown else rows.none():
            put = self.changed if row.changed else self.first
            put[row.version.commitment.number] = row.version

    @property
    def numbers(self) -> list[int]:
        return sorted(self.first.keys() | self.changed.keys())

    def newest(self, number: int) -> CommitmentVersion:
        return self.changed.get(number) or self.first[number]


def text_line(texts: Texts, number: int, plan: int) -> dict[str, Any]:
    """A commitment of the draft in a line."""
    newest = texts.newest(number)
    changed = texts.changed.get(number)
    return {
        "number": number,
        "title": Text.of(read_version(newest)["title"]),
        "version": texts.first[number].number if number in texts.first else None,
        "changed_to": changed.number if changed else None,
        "sha256": newest.sha256,
        "url": reverse("draft.commitment", args=[plan, number]),
    }


def text_data(version: CommitmentVersion, visions: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """A version of a commitment, whole: one query, for the agencies' names."""
    parts = read_version(version)
    slugs = {lead["agency"] for lead in parts["leads"]}
    slugs |= {step["agency"] for step in parts["milestones"]}
    agencies = {row.slug: row.name for row in Agency.objects.filter(slug__in=slugs - {None})}
    named = {one["key"]: one["text"] for one in visions}
    leads = list(dict.fromkeys(lead["agency"] for lead in parts["leads"]))
    return {
        "version": version.number,
        "sha256": version.sha256,
        "made_at": version.made_at,
        "title": Text.of(parts["title"]),
        "vision": named.get(parts["vision"]),
        "description": _text(parts["description"]),
        "problem": _text(parts["problem"]),
        "template": {key: Text.of(text) for key, text in parts.get("template", {}).items()},
        "period": parts["period"] if any(parts["period"].values()) else None,
        "lead_agencies": [{"slug": slug, "name": agencies.get(slug)} for slug in leads],
        "milestones": [
            {
                "label": step["label"],
                "title": Text.of(step["title"]),
                "output": _text(step["output"]),
                "from": step["from"],
                "due": step["due"],
                "agency": {"slug": step["agency"], "name": agencies.get(step["agency"])}
                if step["agency"]
                else None,
            }
            for step in parts["milestones"]
        ],
    }


def _text(kept: Any) -> Text | None:
    return Text.of(kept) if kept else None


def what_changed(old: CommitmentVersion | None, new: CommitmentVersion | None) -> Any:
    """What differs between two texts, piece by piece; None where there are not two."""
    if old is None or new is None:
        return None
    return [
        {
            "path": list(change.path),
            "where": words_of(change.path),
            "runs": [{"mark": run.mark.value, "words": run.words} for run in change.runs],
        }
        for change in changes(read_version(old), read_version(new))
    ]


# --- comments ------------------------------------------------------------------------------------

_HIDDEN = CommentModeration.objects.filter(
    comment=OuterRef("pk"), state=CommentState.HIDDEN, done_at__isnull=False
)
COMMENTS: QuerySet[Any] = (
    Comment.objects.annotate(hidden_for=Subquery(_HIDDEN.order_by("-done_at").values("reason")[:1]))
    .select_related("plan", "commitment", "version", "answer__version__commitment")
    .defer("version__text", "answer__version__text")
)
"""Comments with what is shown of each, its answer included."""


WITH_STEPS = COMMENTS.annotate(
    step_rows=Gathered(
        CommentModeration.objects.filter(comment=OuterRef("pk"), done_at__isnull=False),
        state="state",
        reason="reason",
        done_at="done_at",
    ),
    earlier_rows=Gathered(
        EarlierWords.objects.filter(comment=OuterRef("pk")),
        number="number",
        text="text",
        name="name",
        held="held",
        changed_at="changed_at",
    ),
)
"""The same with the steps of moderation, and what a comment said before it was changed."""


def steps_of(row: Any) -> list[dict[str, Any]]:
    """What happened to a comment, in its order; who took a step is never a name."""
    received = {"key": "received", "at": row.received_at, "reason": None}
    found = [received]
    if row.published_at == row.received_at:
        found.append({"key": "public", "at": row.published_at, "reason": None})
    before = CommentState.PUBLIC if len(found) == 2 else CommentState.RECEIVED
    for at, step in sorted(
        [*((one["done_at"], one) for one in row.step_rows), *_edits(row)], key=lambda pair: pair[0]
    ):
        if step["state"] is None:
            found.append({"key": "edited", "at": at, "reason": None})
            before = CommentState.RECEIVED if step["held"] else CommentState.PUBLIC
            continue
        # One that was asked for and refused leaves the comment as it was.
        if step["state"] not in (before, CommentState.RECEIVED):
            found.append({"key": step["state"], "at": at, "reason": step["reason"]})
        before = step["state"]
    answer = getattr(row, "answer", None)
    if answer and answer.published_at:
        found.append({"key": "answered", "at": answer.published_at, "reason": None})
    return sorted(found, key=lambda step: step["at"])


def _edits(row: Any) -> list[tuple[Any, dict[str, Any]]]:
    return [(one["changed_at"], {"state": None, **one}) for one in row.earlier_rows]


def earlier_of(row: Any) -> list[dict[str, Any]]:
    """What a comment said before its author changed it, the newest first, while all may read it.

    What may have been taken out because it is personal is not shown by way of the difference.
    """
    if row.state != CommentState.PUBLIC:
        return []
    return [
        {
            "text": None if personal_data(one["text"], one["name"]) else one["text"],
            "until": one["changed_at"],
        }
        for one in reversed(row.earlier_rows)
    ]


def fate_of(row: Comment) -> str:
    """What became of a comment as everyone knows it."""
    answer = getattr(row, "answer", None)
    if answer and answer.published_at:
        return answer.fate
    return WITHDRAWN if row.state == CommentState.WITHDRAWN else WAITING


def comment_data(row: Any) -> dict[str, Any]:
    """A comment as everyone reads it; of one that is not public, what may be told of it."""
    public, plan = row.state == CommentState.PUBLIC, row.plan.number
    return {
        "number": row.number,
        "label": row.label,
        "state": row.state,
        "hidden_for": row.hidden_for if row.state == CommentState.HIDDEN else None,
        "commitment": row.commitment.number if row.commitment else None,
        "version": row.version.number if row.version else None,
        "text": row.text if public else None,
        "language": row.language,
        "name": (row.name or None) if public else None,
        "channel": row.channel,
        "received": row.said_on or timezone.localdate(row.received_at).isoformat(),
        "published_at": row.published_at,
        "fate": fate_of(row),
        "answer": _answer(row, plan),
        "url": reverse("draft.comment", args=[plan, row.number]),
    }


def _answer(row: Comment, plan: int) -> dict[str, Any] | None:
    answer = getattr(row, "answer", None)
    if answer is None or answer.published_at is None:
        return None
    changed = answer.version
    return {
        "fate": answer.fate,
        "reason": answer.reason,
        "changed": {
            "commitment": changed.commitment.number,
            "version": changed.number,
            "url": reverse("draft.commitment", args=[plan, changed.commitment.number]) + "#changed",
        }
        if changed
        else None,
        "published_at": answer.published_at,
    }


class Tally:
    """How many comments there are, by commitment and by what became of them: one query."""

    def __init__(self, rows: QuerySet[Comment, Any]) -> None:
        known = Q(answer__published_at__isnull=False)
        counted = rows.order_by().values_list("commitment__number", "answer__fate", "state")
        grouped = counted.annotate(count=Count("pk"), answered=Count("pk", filter=known))
        self.by_commitment: dict[int | None, int] = {}
        self.fates: dict[str, int] = dict.fromkeys((WAITING, *map(str, Fate), WITHDRAWN), 0)
        for commitment, fate, state, count, answered in grouped:
            self.by_commitment[commitment] = self.by_commitment.get(commitment, 0) + count
            gone = state == CommentState.WITHDRAWN
            self.fates[WITHDRAWN if gone else WAITING] += count - answered
            if answered:
                self.fates[fate] += answered
        self.all = sum(self.by_commitment.values())

    @property
    def answered(self) -> int:
        return self.all - self.fates[WAITING] - self.fates[WITHDRAWN]

    def data(self) -> dict[str, Any]:
        return {"all": self.all, "answered": self.answered, "fates": self.fates}


def draft_head(found: CommentRound) -> dict[str, Any]:
    return {**plan_head(found.plan), "draft": reverse("draft", args=[found.plan.number])}
