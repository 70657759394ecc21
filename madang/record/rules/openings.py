"""Which commitments in the record are opened for all, and by what."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OpenedBy:
    """The kind of entry after which fields of an earlier entry about the same thing are shown."""

    kind: str
    fields: frozenset[str]


OPENINGS = {
    "ballot.cast": OpenedBy("ballot.closed", frozenset({"choice", "reason"})),
}
"""Everything else that is committed stays so. Source: GROUND, Record (a ballot choice is committed
when cast and opened for all at the close); who cast it stays a commitment."""
