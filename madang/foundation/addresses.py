"""Addresses: a page and its twins (`.json`, `.csv`, `.svg`) share one path and one view."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import NoReverseMatch, URLPattern, path, register_converter, reverse


class LabelConverter:
    """A commitment's or milestone's label: `6`, `4.1`, `4.1.2`."""

    regex = r"[0-9]{1,4}(?:\.[0-9]{1,4}){0,3}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: object) -> str:
        return str(value)


class NumberConverter:
    """A number people use, without leading zeros and short enough for any database."""

    regex = r"[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: object) -> str:
        return str(value)


class IndexConverter(NumberConverter):
    """A number that may be 0."""

    regex = r"0|[1-9][0-9]{0,14}"


class SerialConverter:
    """A proposal's number in its plan, written with at least four digits: `0412`."""

    regex = r"[0-9]{1,9}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04d}"


register_converter(LabelConverter, "label")
register_converter(SerialConverter, "serial")
register_converter(NumberConverter, "number")
register_converter(IndexConverter, "index")


ROUTES_OF_REFS = {
    "plan": "plan",
    "direction": "plan",
    "call": "proposals",
    "proposal": "proposal",
    "group": "group",
    "candidate": "candidate",
    "meeting": "meeting",
    "ballot": "ballot.round",
    "commitment": "short.commitment",
    "change": "plan.change",
    "assessment": "plan.assessment",
    "comment": "draft.comment",
    "document": "document",
    "agency": "agency",
    "request": "consultation",
    "forum": "forum",
}
"""The route of the page a ref points to: `plan:5` to the plan, `forum` to the forum."""


def address_of(ref: str) -> str:
    """The address of what a ref points to; empty where it has no page."""
    room, _, key = ref.partition(":")
    try:
        if room == "assessment":
            # What was commented on it, `assessment:1-1:comment-2`, stands on its page.
            key = key.partition(":")[0]
        if room in (
            "commitment",
            "proposal",
            "group",
            "candidate",
            "change",
            "assessment",
            "comment",
        ):
            plan, _, label = key.partition("-")
            number_of = str if room == "commitment" else int
            return reverse(ROUTES_OF_REFS[room], args=[int(plan), number_of(label)])
        if room == "milestone":
            # What was said of it, `milestone:5-6.2:3`, stands on its page.
            plan, _, label = key.partition(":")[0].partition("-")
            return reverse("milestone", args=[int(plan), int(label.split(".")[0]), label])
        if room == "period":
            return reverse("plan", args=[int(key.partition("-")[0])])
        if room == "ballot":
            # The meeting's address shows its newest round; a ref stands for its own.
            meeting, _, round = key.partition(".")
            return reverse(ROUTES_OF_REFS[room], args=[meeting, int(round or 1)])
        if room == "request":
            return reverse(ROUTES_OF_REFS[room], args=[int(key.partition("-")[0])])
        if room == "opinion":
            draft = address_of(f"commitment:{key.partition('.')[0]}")
            return draft and f"{draft}#opinions"
        number = int(key) if room in ("plan", "direction", "call") else key
        return reverse(ROUTES_OF_REFS[room], args=[number] if key else [])
    except (KeyError, NoReverseMatch, ValueError):
        return ""


def twinned(
    route: str, view: Callable[..., Any], name: str, twins: Sequence[str] = ("json",)
) -> list[URLPattern]:
    """The page at `route/` and its twins at `route.json` and so on.

    The view is called with `twin=""` for the page, and with the ending for a twin. The names are
    `name` and `name.json`.
    """
    return [
        path(f"{route}/", view, {"twin": ""}, name=name),
        *(path(f"{route}.{twin}", view, {"twin": twin}, name=f"{name}.{twin}") for twin in twins),
    ]
