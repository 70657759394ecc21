"""The forum as it is read by every page, with what many pages need beside it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from madang.foundation.gathering import Gathered
from madang.members.models import Forum, SeatClass, Source, Term

_SHARED: Any = Forum.objects.select_related("body").annotate(
    source_rows=Gathered(
        Source.objects.all(),
        key="key",
        title="title",
        publisher="publisher",
        url="url",
        dated="dated",
        note="note",
    ),
    class_rows=Gathered(
        SeatClass.objects.all(), key="key", side="side", prefix="prefix", name="name"
    ),
    term_rows=Gathered(Term.objects.all(), number="number", starts="starts", seats="seats"),
)


@dataclass(frozen=True)
class Shared:
    """The forum, every source by its key, the kinds of seats, and of each term its seats."""

    forum: Forum
    sources: dict[str, Source]
    classes: list[SeatClass]
    terms: list[Term]


@lru_cache(maxsize=2)
def shared_at(state: tuple[int, str]) -> Shared:
    """What pages share, as of a state of the record: one query, kept until something is done."""
    forum = _SHARED.get(pk=1)
    return Shared(
        forum,
        sources={row["key"]: Source(**row) for row in forum.source_rows},
        classes=[SeatClass(**row) for row in forum.class_rows],
        terms=[Term(**row) for row in forum.term_rows],
    )


def forum_at(state: tuple[int, str]) -> Forum:
    """The forum as of a state of the record."""
    return shared_at(state).forum
