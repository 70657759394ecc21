"""Citations: a page numbers the sources it names, in the order in which it names them."""

from madang.members.forum import shared_at
from madang.members.models import Source


class Citations:
    """The sources one page has named so far."""

    def __init__(self, state: tuple[int, str]) -> None:
        self.state = state
        self.numbers: dict[str, int] = {}

    def number(self, key: str) -> int:
        """The number of a source on this page; a new one gets the next."""
        return self.numbers.setdefault(key, len(self.numbers) + 1)

    def listed(self) -> list[tuple[int, Source]]:
        """The sources named, with their numbers."""
        found = shared_at(self.state).sources if self.numbers else {}
        return [(number, found[key]) for key, number in self.numbers.items() if key in found]
