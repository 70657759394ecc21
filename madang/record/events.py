"""What an action says it did; the record keeps it."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something done, in the past tense. Each kind of act has its own subclass.

    `KIND` is its public name, such as `ballot.closed`. Fields stand in the record in clear,
    those named in `COMMITTED` as salted commitments. `about` is a ref such as `plan:5`.
    `ASIDE` names rows the act has in its hands: its followers need not read them again, and the
    record knows nothing of them.
    """

    KIND: ClassVar[str]
    COMMITTED: ClassVar[frozenset[str]] = frozenset()
    ASIDE: ClassVar[frozenset[str]] = frozenset()

    about: str

    def clear(self) -> dict[str, Any]:
        return {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name not in self.COMMITTED | self.ASIDE
        }

    def hidden(self) -> dict[str, Any]:
        """The committed fields that have a value."""
        found = {name: getattr(self, name) for name in self.COMMITTED}
        return {name: value for name, value in found.items() if value is not None}
