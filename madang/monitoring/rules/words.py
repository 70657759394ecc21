"""The words of monitoring: where a milestone stands, why it is late, how far a commitment is."""

from enum import StrEnum


class MilestoneStatus(StrEnum):
    """Where a milestone stands. Submitted is not for, done is not on track."""

    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    LATE = "late"
    DONE = "done"
    STOPPED = "stopped"
    NO_WORD = "no_word"
    """Nobody answered when an update was asked for. The clock alone says so."""


REPORTED = tuple(status for status in MilestoneStatus if status != MilestoneStatus.NO_WORD)
"""What whoever answers for a milestone may say of it."""
ENDED = (MilestoneStatus.DONE, MilestoneStatus.STOPPED)
"""After these nothing more is asked."""


class Cause(StrEnum):
    """The closed list of causes for which a milestone is late or stopped. Source: ADR 0023."""

    BUDGET = "budget"
    LAW = "law"
    PROCUREMENT = "procurement"
    STAFF = "staff"
    PARTNERS = "partners"
    TECHNOLOGY = "technology"
    MORE_DIALOGUE = "more_dialogue"
    EMERGENCY = "emergency"
    CHANGE_OF_GOVERNMENT = "change_of_government"
    OTHER = "other"


class Completion(StrEnum):
    """OGP's levels of completion. Source: OGP glossary, completion (DOMAIN §3.1)."""

    NOT_STARTED = "not_started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"


class Stance(StrEnum):
    """What a member says of an update: it is so, or it is not."""

    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


class CommentState(StrEnum):
    """Whether everyone reads a comment on a milestone."""

    HELD = "held"
    PUBLIC = "public"
    HIDDEN = "hidden"


class HandedOver(StrEnum):
    """Why someone else takes a commitment over."""

    GOVERNMENT = "government"
    FOCAL_POINT = "focal_point"
    OTHER = "other"
