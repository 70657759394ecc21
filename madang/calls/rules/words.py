"""The words of a call for proposals: where a call stands, how a proposal came, what became of it."""

from enum import StrEnum


class CallStatus(StrEnum):
    """Where a call stands. The clock opens and closes it; nobody else does."""

    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    ENDED = "ended"
    """Closed without a result, with a reason."""


class Channel(StrEnum):
    """How a proposal came in."""

    FORM = "form"
    PAPER = "paper"
    TELEPHONE = "telephone"
    WORKSHOP = "workshop"
    IMPORT = "import"


class ProposalState(StrEnum):
    """Whether the public reads a proposal. Nothing vanishes: what is hidden leaves a tombstone."""

    RECEIVED = "received"
    PUBLIC = "public"
    SUPPLEMENT = "supplement"
    """Its author was asked to add something; the answer's term stands still meanwhile."""
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


class HiddenFor(StrEnum):
    """The classes of reasons for which a proposal may be hidden. Source: the moderation policy."""

    PERSONAL_DATA = "personal_data"
    ABUSE = "abuse"
    ADVERTISING = "advertising"
    UNLAWFUL = "unlawful"
    REPEATED = "repeated"


class Outcome(StrEnum):
    """What became of a proposal, in the citizen's words. Source: UX.md §0."""

    JOINED = "joined"
    IN_PLAN = "in_plan"
    PARTLY = "partly"
    NOT_IN_PLAN = "not_in_plan"
    PASSED_ON = "passed_on"


class NotInPlan(StrEnum):
    """The closed list of reasons for "not in this plan". Source: UX.md §0."""

    BEING_DONE = "being_done"
    AGENCY_DECLINED = "agency_declined"
    NEEDS_LAW = "needs_law"
    NOT_OPEN_GOVERNMENT = "not_open_government"
    SAME_AS_ANOTHER = "same_as_another"
    TOO_LOCAL = "too_local"
    NO_MEANS = "no_means"
    NEEDS_WORK = "needs_work"
