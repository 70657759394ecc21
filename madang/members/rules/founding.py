"""A forum of one's own: what has to be said of it before it can hold a vote."""

from dataclasses import dataclass
from typing import Any

from madang.foundation.dates import is_a_day
from madang.foundation.refusals import NotValid
from madang.foundation.texts import Text

MOST_SEATS = 300
CLASSES = {
    "ex_officio": ("exo", "government", {"ko": "당연직 위원", "en": "Ex officio members"}),
    "government": ("gov", "government", {"ko": "정부 위원", "en": "Government members"}),
    "civil_society": (
        "cso",
        "civil_society",
        {"ko": "시민사회 위원", "en": "Civil-society members"},
    ),
}
"""The kinds of seats: how their numbers begin, the side they count on, their name."""


def _share(fraction: str, comparator: str, base: str) -> dict[str, Any]:
    return {"fraction": fraction, "comparator": comparator, "base": base}


QUORUMS = {
    "over-half": _share("1/2", ">", "roll"),
    "half": _share("1/2", "≥", "roll"),
    "two-thirds": _share("2/3", "≥", "roll"),
}
MAJORITIES = {
    "over-half-returned": _share("1/2", ">", "returned"),
    "half-returned": _share("1/2", "≥", "returned"),
    "two-thirds-returned": _share("2/3", "≥", "returned"),
    "over-half-roll": _share("1/2", ">", "roll"),
    "two-thirds-roll": _share("2/3", "≥", "roll"),
}
TIES = {"reject": {"word": "reject"}, "approve": {"word": "approve"}}
EARLY = {"yes": {"is": True}, "no": {"is": False}}
RULES = {
    "quorum": (QUORUMS, {"ko": "의사정족수", "en": "Quorum"}),
    "majority": (MAJORITIES, {"ko": "의결정족수", "en": "Majority"}),
    "tie": (TIES, {"ko": "가부동수", "en": "A tie"}),
    "early-close": (EARLY, {"ko": "일찍 마감", "en": "Early close"}),
}
"""The rules that are asked for: what may be chosen, and the rule's name."""


@dataclass(frozen=True)
class Founding:
    """A forum as it is set up. A rule of "" is not decided yet: nobody fills it in."""

    name: Text
    basis: str
    seats: dict[str, int]
    rules: dict[str, str]
    in_force_from: str
    source: str


def check_founding(given: Founding) -> None:
    """Whether a forum can be set up so.

    Raises NotValid: members.no_forum_name, members.no_seats, members.too_many_seats,
    members.unknown_rule, members.not_a_day, members.no_source; `field` says which question.
    """
    if not given.name:
        raise NotValid("members.no_forum_name", field="name")
    if sum(given.seats.values()) < 1:
        raise NotValid("members.no_seats", field="seats")
    if sum(given.seats.values()) > MOST_SEATS:
        raise NotValid("members.too_many_seats", field="seats", most=MOST_SEATS)
    for rule, (choices, _words) in RULES.items():
        if given.rules.get(rule, "") not in ("", *choices):
            raise NotValid("members.unknown_rule", field=rule)
    if not is_a_day(given.in_force_from):
        raise NotValid("members.not_a_day", field="in_force_from")
    if not given.source:
        raise NotValid("members.no_source", field="source")


def seat_count(typed: str, field: str) -> int:
    """How many seats were typed; none where the field was left empty.

    Raises NotValid: members.not_a_count.
    """
    if not typed:
        return 0
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 4):
        raise NotValid("members.not_a_count", field=field)
    return int(typed)


def figures(given: Founding, source: str) -> list[dict[str, Any]]:
    """The rules in the form in which they are kept; null where nothing was decided."""
    return [
        {
            "key": rule,
            "title": title,
            "figure": choices.get(given.rules.get(rule, "")),
            "text": None,
            "source": source,
            "note": None,
        }
        for rule, (choices, title) in RULES.items()
    ]
