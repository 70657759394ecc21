"""The words of a task force: what a member may do with a proposal, and how a candidate stands."""

from enum import StrEnum


class Choice(StrEnum):
    """The six choices of sorting, in the order of their keys 1 to 6. Source: UX.md P3."""

    JOIN = "join"
    NEW = "new"
    OTHER_GROUP = "other_group"
    OTHER_BODY = "other_body"
    NOT_IN_PLAN = "not_in_plan"
    LATER = "later"


class Grade(StrEnum):
    """The first-pass mark of a candidate. Source: DOMAIN.md §8."""

    GOOD = "good"
    B = "b"


class CandidateStatus(StrEnum):
    """How a candidate stands."""

    OPEN = "open"
    MERGED = "merged"
    SPLIT = "split"
    CHOSEN = "chosen"
    SET_ASIDE = "set_aside"


class Tie(StrEnum):
    """What ties two candidates: the first grew out of the second."""

    MERGED_FROM = "merged_from"
    SPLIT_FROM = "split_from"


class Side(StrEnum):
    """Which column an argument stands in."""

    PRO = "pro"
    CON = "con"
