"""What may be corrected in a forum that stands: name, basis and seats; rules; who sits where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from madang.foundation.dates import is_a_day
from madang.foundation.refusals import NotNow, NotValid
from madang.foundation.texts import Text
from madang.members.rules.founding import MOST_SEATS, RULES
from madang.members.rules.roll import MOST, is_email

KEPT = "kept"
"""The answer that leaves a figure as it is: one that none of the offered answers says."""


# --- name, legal basis, seats ---------------------------------------------------------------------


@dataclass(frozen=True)
class Naming:
    """How the forum is called and what it stands on.

    `since` is the day from which it is so; "" where it was written wrongly from the start.
    `seats` is None where the number of seats is not given here.
    """

    name: Text
    basis: str
    since: str
    source: str
    seats: Mapping[str, int] | None = None


def check_naming(
    given: Naming, *, began: str | None, today: str, filled: Mapping[str, int]
) -> None:
    """Whether a forum whose present name began at `began` can be called so.

    `filled` is the highest place of each kind of seat in which somebody sits.

    Raises NotValid: members.no_forum_name, members.not_a_day, members.not_after,
    members.still_to_come, members.no_source, members.no_seats, members.too_many_seats,
    members.seats_filled.
    """
    if not given.name:
        raise NotValid("members.no_forum_name", field="name")
    if given.since:
        _check_day(given.since, "since", after=began)
        if given.since > today:
            raise NotValid("members.still_to_come", field="since")
    if not given.source:
        raise NotValid("members.no_source", field="source")
    if given.seats is not None:
        _check_seats(given.seats, filled)


def _check_seats(seats: Mapping[str, int], filled: Mapping[str, int]) -> None:
    if sum(seats.values()) < 1:
        raise NotValid("members.no_seats", field="seats")
    if sum(seats.values()) > MOST_SEATS:
        raise NotValid("members.too_many_seats", field="seats", most=MOST_SEATS)
    for kind, place in filled.items():
        if place > seats.get(kind, 0):
            raise NotValid("members.seats_filled", field="seats", place=place)


def _check_day(text: str, field: str, *, after: str | None) -> None:
    if not is_a_day(text):
        raise NotValid("members.not_a_day", field=field)
    if after and text <= after:
        raise NotValid("members.not_after", field=field, day=after)


def day_before(day: str) -> str:
    """The day before a day: the last of what ended when another thing began."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


# --- rules ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Revision:
    """New rules in force from a day, with where they stand; a rule of "" is not decided."""

    rules: Mapping[str, str]
    in_force_from: str
    source: str


def chosen_answer(figure: Mapping[str, Any] | None, rule: str) -> str:
    """Which of a rule's offered answers a figure is: "" for none, KEPT for one of its own."""
    if figure is None:
        return ""
    choices, _title = RULES[rule]
    return next((key for key, offered in choices.items() if offered == figure), KEPT)


def check_revision(given: Revision, *, days: Iterable[str], today: str) -> None:
    """Whether rules can come into force so, beside versions in force from `days`.

    They come after the version that is in force today: what a vote was held under stays.

    Raises NotValid: members.unknown_rule, members.not_a_day, members.not_after,
    members.rules_that_day, members.no_source.
    """
    for rule, (choices, _title) in RULES.items():
        if given.rules.get(rule, "") not in ("", KEPT, *choices):
            raise NotValid("members.unknown_rule", field=rule)
    days = list(days)
    now = max((day for day in days if day <= today), default=None)
    _check_day(given.in_force_from, "in_force_from", after=now)
    if given.in_force_from in days:
        raise NotValid("members.rules_that_day", field="in_force_from")
    if not given.source:
        raise NotValid("members.no_source", field="source")


def revised_figures(
    kept: Sequence[Mapping[str, Any]], given: Revision, source: str
) -> list[dict[str, Any]]:
    """The figures with what was answered anew; what stays keeps its own source.

    Raises NotNow: members.nothing_changed.
    """
    there = {figure["key"]: dict(figure) for figure in kept}
    for rule, (choices, title) in RULES.items():
        old, answer = there.get(rule), given.rules.get(rule, "")
        figure = choices.get(answer)
        if answer != KEPT and (old is None or old["figure"] != figure):
            there[rule] = {
                "key": rule,
                "title": old["title"] if old else title,
                "figure": figure,
                "text": None,
                "source": source,
                "note": None,
            }
    revised = list(there.values())
    if revised == [dict(figure) for figure in kept]:
        raise NotNow("members.nothing_changed")
    return revised


# --- who sits in a seat ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Facts:
    """A member as typed; `email` is "" where there is none."""

    name: Text
    organisation: Text
    office: Text
    email: str
    language: str


def check_facts(given: Facts, *, has_account: bool, languages: Sequence[str]) -> None:
    """Whether a member can be kept so.

    Raises NotValid: members.row_no_name, members.row_too_long, members.row_not_an_email,
    members.address_stays, members.row_unknown_language.
    """
    if not given.name:
        raise NotValid("members.row_no_name", field="name")
    for key in ("name", "organisation", "office"):
        words = getattr(given, key).words.values()
        if any(len(one or "") > MOST[key] for one in words):
            raise NotValid("members.row_too_long", most=MOST[key], field=key)
    if given.email and not is_email(given.email):
        raise NotValid("members.row_not_an_email", value=given.email[:60], field="email")
    if has_account and not given.email:
        raise NotValid("members.address_stays", field="email")
    if given.language not in languages:
        raise NotValid("members.row_unknown_language", value=given.language[:40], field="language")


def check_change(day: str, *, began: str | None) -> None:
    """Whether a seat can change hands on a day: not before whoever sits there sat a day.

    Raises NotValid: members.not_a_day, members.not_after.
    """
    _check_day(day, "day", after=began)
