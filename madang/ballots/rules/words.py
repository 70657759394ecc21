"""The words of a ballot."""

from enum import StrEnum


class BallotStatus(StrEnum):
    """Where a ballot stands. `recorded`: known from a source alone, nothing of it happened here."""

    RECORDED = "recorded"
    DRAFT = "draft"
    KEYED = "keyed"
    OPEN = "open"
    CLOSED = "closed"
    ANNULLED = "annulled"


LIVE = (BallotStatus.DRAFT, BallotStatus.KEYED, BallotStatus.OPEN)
"""The states of a ballot of which something is still to come."""


class Choice(StrEnum):
    """What a seat answers. A recused seat has declared an interest in the question."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    RECUSED = "recused"


class Outcome(StrEnum):
    APPROVED = "approved"
    REJECTED = "rejected"
    NO_QUORUM = "no_quorum"


class Channel(StrEnum):
    """How a vote came: by the seat's holder on this site, or on paper or by telephone.

    `printed`: on this site, confirmed by a printed code and not by one mailed to the holder.
    """

    SITE = "site"
    PRINTED = "printed"
    LETTER = "letter"
    TELEPHONE = "telephone"


class WrittenReason(StrEnum):
    """Why a question is decided in writing and not in a sitting: a closed list.

    Source: Decree of the Act on the Establishment and Operation of Committees under
    Administrative Agencies, Article 5(2) (DOMAIN: minor, urgent, hard to reach a quorum).
    """

    MINOR = "minor"
    URGENT = "urgent"
    UNAVOIDABLE = "unavoidable"
