"""Who may do what to a plan that is being made."""

from madang.foundation.actors import Actor, Role
from madang.members.rules.permissions import is_clock, is_secretariat

_SEES_DRAFTS = frozenset({Role.MEMBER, Role.CO_CHAIR, Role.SECRETARIAT, Role.GROUP_MEMBER})


def sees_drafts(actor: Actor) -> bool:
    """Members, the secretariat and those who work in its groups read a plan before it is put
    before the forum.
    """
    return bool(actor.roles & _SEES_DRAFTS)


MAY = {
    "plan.begin": [[is_secretariat]],
    "plan.direct": [[is_secretariat]],
    "plan.announce": [[is_secretariat]],
    "plan.freeze": [[is_clock]],
    "plan.thaw": [[is_clock]],
}
