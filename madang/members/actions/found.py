"""Set up the forum of an installation that holds none yet: its name, its seats, its rules."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow
from madang.foundation.texts import Text
from madang.members.models import Body, Forum, RulesVersion, Seat, SeatClass, Source, Term
from madang.members.rules.founding import CLASSES, RULES, Founding, check_founding, figures
from madang.members.rules.permissions import MAY
from madang.record.acting import action
from madang.record.events import Event

SOURCE = "founding"
"""The key of the source that the forum's name, seats and rules are taken from."""


@dataclass(frozen=True, kw_only=True)
class ForumFounded(Event):
    """An installation's forum was set up with its seats and rules."""

    KIND: ClassVar[str] = "forum.founded"

    name: dict[str, object]
    seats: dict[str, int]
    rules: dict[str, Any]
    in_force_from: str
    source: str


@action("forum.found", may=MAY)
def found_forum(forum: Forum, *, given: Founding, by: Actor, at: datetime) -> ForumFounded:
    """Set the forum up, once: its body, its numbered seats, its first term, the rules in force.

    Raises NotNow: members.already_founded. Raises NotValid: those of `check_founding`.
    """
    if forum.loaded_at:
        raise NotNow("members.already_founded")
    check_founding(given)
    languages = [key for key in ("ko", "en") if given.name.words.get(key)]
    source = Source.objects.create(
        key=SOURCE,
        title=_in_each(languages, given.source),
        position=Source.objects.count(),
    )
    body = Body.objects.create(
        slug="forum",
        name=given.name,
        basis=_in_each(languages, given.basis) if given.basis else None,
        starts=given.in_force_from,
        seats=sum(given.seats.values()),
        source=source,
    )
    kept = [_kept(figure, languages) for figure in figures(given, SOURCE)]
    RulesVersion.objects.create(
        title=_words(languages, {"ko": "포럼의 규정", "en": "The forum’s rules"}),
        in_force_from=given.in_force_from,
        source=source,
        figures=kept,
    )
    _make_seats(given, languages)
    Term.objects.create(
        number=1,
        body=body,
        starts=given.in_force_from,
        seats=[
            {"class": key, "count": given.seats.get(key, 0), "source": SOURCE} for key in CLASSES
        ],
        source=source,
    )
    forum.name, forum.languages, forum.body, forum.loaded_at = given.name, languages, body, at
    forum.save()
    return ForumFounded(
        about="forum",
        name=given.name.kept(),
        seats={key: given.seats.get(key, 0) for key in CLASSES},
        rules={figure["key"]: figure["figure"] for figure in kept},
        in_force_from=given.in_force_from,
        source=given.source,
    )


def _make_seats(given: Founding, languages: list[str]) -> None:
    for place, (key, (prefix, side, name)) in enumerate(CLASSES.items()):
        kind = SeatClass.objects.create(
            key=key, prefix=prefix, side=side, name=_words(languages, name), position=place
        )
        Seat.objects.bulk_create(
            Seat(number=f"{prefix}-{n}", seat_class=kind, position=n)
            for n in range(1, given.seats.get(key, 0) + 1)
        )


def _words(languages: list[str], words: dict[str, str]) -> Text:
    return Text({key: words[key] for key in languages})


def _in_each(languages: list[str], words: str) -> Text:
    """Words that were typed once, under the forum's first language."""
    return Text({key: words if key == languages[0] else None for key in languages})


def _kept(figure: dict[str, Any], languages: list[str]) -> dict[str, Any]:
    assert figure["key"] in RULES
    return {**figure, "title": _words(languages, figure["title"]).kept()}
