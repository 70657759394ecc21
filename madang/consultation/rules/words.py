"""The words of a consultation: what an agency says, and where an answer stands."""

from enum import StrEnum


class Stance(StrEnum):
    """What an agency says to a draft. Source: DOMAIN.md, glossary (수용, 일부수용, 불수용)."""

    ACCEPT = "accept"
    PARTLY = "partly"
    DECLINE = "decline"


class Standing(StrEnum):
    """Where an agency stands with an answer that it was asked for; the clock alone makes it overdue."""

    WAITING = "waiting"
    ANSWERED = "answered"
    ANSWERED_LATE = "answered_late"
    OVERDUE = "overdue"
    VERY_OVERDUE = "very_overdue"
    WITHDRAWN = "withdrawn"


class Channel(StrEnum):
    """How an answer came: by the page of the mailed link, by a sheet there, or by the secretariat."""

    PAGE = "page"
    SHEET = "sheet"
    OFFICE = "office"


class Step(StrEnum):
    """What agencies that have not answered are written about; `HAND` is an officer's own press."""

    SOON = "soon"
    OVERDUE = "overdue"
    VERY_OVERDUE = "very_overdue"
    HAND = "hand"
