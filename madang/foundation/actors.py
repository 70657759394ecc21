"""Who acts: a person in a role, the clock, or the loader of a file."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What someone may be in the forum. A role opens acts; no role stands above the calendar."""

    ANONYMOUS = "anonymous"
    MEMBER = "member"
    CO_CHAIR = "co_chair"
    SECRETARIAT = "secretariat"
    GROUP_MEMBER = "group_member"
    FOCAL_POINT = "focal_point"
    ADMINISTRATOR = "administrator"
    CLOCK = "clock"
    LOADER = "loader"


@dataclass(frozen=True)
class Actor:
    """The one on whose behalf something is done.

    `seats` are the numbers of the seats held at this moment, `agency` is the slug of the agency
    that a focal point speaks for. `name` stands in the record as a salted commitment only, `label`
    in clear.
    """

    roles: frozenset[Role]
    seats: frozenset[str] = field(default=frozenset())
    account: int | None = None
    name: str | None = None
    agency: str | None = None

    def has(self, role: Role) -> bool:
        return role in self.roles

    @property
    def label(self) -> str:
        """The office in which the actor stands in the public record, without a name."""
        if self.seats:
            return sorted(self.seats)[0]
        if self.agency:
            return f"agency:{self.agency}"
        ranked = (
            *(Role.CLOCK, Role.LOADER, Role.SECRETARIAT, Role.ADMINISTRATOR, Role.MEMBER),
            Role.GROUP_MEMBER,
        )
        return next((role for role in ranked if role in self.roles), Role.ANONYMOUS).value


def _office(role: Role) -> Actor:
    return Actor(roles=frozenset({role}))


ANONYMOUS = _office(Role.ANONYMOUS)
CLOCK = _office(Role.CLOCK)
LOADER = _office(Role.LOADER)
