"""A co-chair's approval by document, whatever it approves: one officer enters it, another turns it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from madang.ballots.keys import chair_on, check_same_chair, turn
from madang.ballots.pending import officer
from madang.documents.keeping import keep_private
from madang.documents.rules.uploads import Upload
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.members.chairs import Chair


@dataclass(frozen=True)
class Paper:
    """An approval as it came: whose side, of which text, the document's number and its file."""

    side: str
    digest: str
    number: str
    file: Upload


def keep_approval(
    waiting: QuerySet[Any], paper: Paper, *, about: str, by: Actor, at: datetime, **of: Any
) -> Any:
    """Keep an approval for a second officer, beside those `waiting`; `of` is what it approves.

    Raises NotNow: ballots.entered_already. Raises NotValid: ballots.no_side, and what
    `check_upload` raises.
    """
    chair = chair_on(paper.side, at)
    if waiting.filter(side=paper.side, digest=paper.digest).exists():
        raise NotNow("ballots.entered_already")
    number = paper.number.strip()
    return waiting.model.objects.create(
        **of,
        side=paper.side,
        person=chair.person,
        digest=paper.digest,
        document=number,
        file=keep_private(paper.file, number=number, about=about, at=at),
        entered_by_id=officer(by),
        entered_at=at,
    )


def find_approval(waiting: QuerySet[Any], entry: int) -> Any:
    """Raises NotNow: ballots.nothing_pending."""
    found = waiting.filter(pk=entry).first()
    if found is None:
        raise NotNow("ballots.nothing_pending")
    return found


def turn_by_document(found: Any, what: str, *, by: Actor, at: datetime) -> tuple[Chair, int]:
    """Turn the key that an approval stands for: whose it is, and how many are turned now.

    Raises NotNow: ballots.chair_changed, ballots.key_turned. Raises NotValid: ballots.no_side.
    """
    chair = chair_on(found.side, at)
    check_same_chair(chair, found.person_id)
    turned = turn(what, chair, on=found.digest, document=found.document, file=found.file, at=at)
    found.confirmed_by_id, found.confirmed_at = by.account, at
    found.save()
    return chair, turned


def drop_approval(waiting: QuerySet[Any], entry: int, at: datetime) -> Any:
    """Drop one that is not confirmed. Raises NotNow: ballots.nothing_pending."""
    found = find_approval(waiting, entry)
    found.dropped_at = at
    found.save()
    return found
