"""Suggest another wording for a paragraph, answer a suggestion, take one's own back."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Max

from madang.drafting.actions.write import check_stands
from madang.drafting.models import Commitment, CommitmentVersion, Suggestion
from madang.drafting.rules.diff import Path
from madang.drafting.rules.draft import check_direction
from madang.drafting.rules.paragraphs import (
    key_of,
    paragraphs,
    piece_at,
    place_of,
    with_paragraph,
    with_piece,
)
from madang.drafting.rules.permissions import MAY
from madang.drafting.rules.rewriting import draft_of_wording
from madang.drafting.rules.suggesting import Fate, check_answer, check_suggestion, check_wording
from madang.drafting.rules.wording import fingerprint
from madang.drafting.saving import check_open, save_text
from madang.drafting.versions import as_it_reads, read_version
from madang.foundation.actors import Actor
from madang.foundation.pasted import tidied
from madang.foundation.refusals import NotNow
from madang.planning.reading import draft_ref
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class SuggestionMade(Event):
    """Another wording was suggested for a paragraph of a draft; words and reason are committed."""

    KIND: ClassVar[str] = "suggestion.made"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"wording", "reason"})

    suggestion: int
    piece: str
    place: int
    wording: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SuggestionAnswered(Event):
    """A suggestion was accepted, accepted in part or declined; `version` came of it, if any did."""

    KIND: ClassVar[str] = "suggestion.answered"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"reason"})

    suggestion: int
    fate: str
    version: int | None
    sha256: str | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class SuggestionWithdrawn(Event):
    """Whoever made a suggestion took it back; it stays readable."""

    KIND: ClassVar[str] = "suggestion.withdrawn"

    suggestion: int


@action("suggestion.make", may=MAY)
def make_suggestion(
    commitment: Commitment,
    *,
    path: Path,
    place: int,
    base: str,
    wording: str,
    reason: str,
    language: str,
    by: Actor,
    at: datetime,
) -> SuggestionMade:
    """Suggest how a paragraph should read, and why; an empty wording takes it out.

    `base` is the fingerprint of the text in which the paragraph was read, `language` that of the
    reason.

    Raises NotNow: drafting.paragraph_changed, drafting.is_withdrawn, and what a plan that is
    closed to writing answers; NotFound: drafting.no_piece; NotValid: what `check_suggestion`
    raises, drafting.turns_direction.
    """
    check_stands(commitment)
    check_open(commitment.plan, at)
    wording, reason = _clean(wording, "wording"), _clean(reason, "reason")
    now = json.loads(as_it_reads(commitment))
    read = text_at(commitment, base) or now
    original = _paragraph(read, path, place)
    found = place_of(piece_at(now, path), original, place)
    if found is None:
        raise NotNow("drafting.paragraph_changed", field="wording")
    check_suggestion(original, wording, reason)
    rows = Suggestion.objects.filter(commitment=commitment)
    number = (rows.aggregate(most=Max("number"))["most"] or 0) + 1
    Suggestion.objects.create(
        commitment=commitment,
        number=number,
        piece=key_of(path),
        place=found,
        original=original,
        wording=wording,
        reason=reason,
        language=language,
        account_id=by.account,
        office=by.label,
        made_at=at,
    )
    return SuggestionMade(
        about=draft_ref(commitment.plan, commitment.number),
        suggestion=number,
        piece=key_of(path),
        place=found,
        wording=wording,
        reason=reason,
    )


def text_at(commitment: Commitment, base: str) -> Any:
    """The wording that has a fingerprint, among those kept; None where none has."""
    rows = CommitmentVersion.objects.filter(commitment=commitment, sha256=base)
    kept = rows.first()
    return read_version(kept) if kept else None


def _paragraph(parts: Any, path: Path, place: int) -> str:
    """Raises NotFound: drafting.no_piece; NotNow: drafting.paragraph_changed."""
    there = paragraphs(piece_at(parts, path))
    if not 0 <= place < len(there):
        raise NotNow("drafting.paragraph_changed", field="wording")
    return there[place]


def _clean(text: str, field: str) -> str:
    check_direction(text, field=field)
    return tidied(text).text.strip()


@action("suggestion.answer", may=MAY)
def answer_suggestion(
    suggestion: Suggestion,
    *,
    fate: str,
    answer: str,
    language: str,
    wording: str | None = None,
    base: str = "",
    by: Actor,
    at: datetime,
) -> SuggestionAnswered:
    """Say what becomes of a suggestion, and write it into the text where it is taken.

    Taken in part, the paragraph reads `wording` from now on; `base` is the fingerprint of the
    text the answerer saw. What is declined leaves the text as it is.

    Raises NotNow: drafting.answered_already, drafting.own_suggestion,
    drafting.paragraph_gone, drafting.changed_meanwhile, drafting.is_withdrawn, and what a plan
    that is closed to writing answers; NotFound: drafting.no_piece; NotValid: drafting.no_answer,
    drafting.reason_short, drafting.reason_long, drafting.wording_long, drafting.no_title,
    drafting.step_without_title, drafting.turns_direction.
    """
    commitment = suggestion.commitment
    check_stands(commitment)
    check_open(commitment.plan, at)
    answer = _clean(answer, "answer")
    own = by.account is not None and suggestion.account_id == by.account
    check_answer(suggestion.fate, answer, chosen=fate, own=own)
    version = None
    if fate != Fate.DECLINED:
        version = _take(suggestion, fate, wording, base, by, at)
    suggestion.fate, suggestion.answer, suggestion.answer_language = fate, answer, language
    suggestion.answered_by, suggestion.answered_at = by.label, at
    suggestion.version = version
    suggestion.save()
    return SuggestionAnswered(
        about=draft_ref(commitment.plan, commitment.number),
        suggestion=suggestion.number,
        fate=fate,
        version=version.number if version else None,
        sha256=version.sha256 if version else None,
        reason=answer or None,
    )


def _take(
    suggestion: Suggestion, fate: str, wording: str | None, base: str, by: Actor, at: datetime
) -> CommitmentVersion | None:
    """Put the suggested words, or those agreed on, where the paragraph stands now."""
    commitment = suggestion.commitment
    current = as_it_reads(commitment)
    parts = json.loads(current)
    path = tuple(suggestion.piece.split("/"))
    piece = piece_at(parts, path)
    place = place_of(piece, suggestion.original, suggestion.place)
    new = suggestion.wording
    if fate == Fate.PARTLY:
        new = _clean(wording or "", "wording")
        check_wording(new)
        if base != fingerprint(current):
            raise NotNow("drafting.changed_meanwhile", field="wording")
        if place is None:
            # The answerer has seen both and says how the paragraph that stands there now reads.
            place = min(suggestion.place, len(paragraphs(piece)) - 1)
    elif place is None:
        raise NotNow("drafting.paragraph_gone", field="answer")
    suggestion.settled = new
    changed = with_piece(parts, path, with_paragraph(piece, place, new))
    try:
        return save_text(
            commitment,
            draft_of_wording(changed),
            base=fingerprint(current),
            because=[suggestion.ref],
            by=by,
            at=at,
        )
    except NotNow as refusal:
        # The text said so already: nothing to write, and the answer still stands.
        if refusal.code != "drafting.nothing_changed":
            raise
        return None


@action("suggestion.withdraw", may=MAY)
def withdraw_suggestion(suggestion: Suggestion, *, by: Actor, at: datetime) -> SuggestionWithdrawn:
    """Take one's own suggestion back while it waits; it stays readable.

    Raises NotNow: drafting.answered_already, and what a plan that is closed to writing answers.
    """
    check_open(suggestion.commitment.plan, at)
    if suggestion.fate is not None:
        raise NotNow("drafting.answered_already")
    suggestion.fate, suggestion.answered_at = Fate.WITHDRAWN, at
    suggestion.answered_by = by.label
    suggestion.save(update_fields=["fate", "answered_at", "answered_by"])
    commitment = suggestion.commitment
    about = draft_ref(commitment.plan, commitment.number)
    return SuggestionWithdrawn(about=about, suggestion=suggestion.number)
