"""Forums that are set up on the desk, through the real actions."""

from datetime import UTC, datetime
from typing import Any

from madang.foundation.actors import Actor, Role
from madang.foundation.texts import Text
from madang.members.actions.found import found_forum
from madang.members.models import Forum
from madang.members.rules.founding import Founding

SECRETARY = Actor(roles=frozenset({Role.SECRETARIAT}))
FOUNDED = datetime(2026, 1, 6, 9, 0, tzinfo=UTC)


def a_founding(**other: Any) -> Founding:
    """A forum of thirty with its rules, as it is typed."""
    kept = {
        "name": Text({"ko": "견본시 열린포럼", "en": "Sample Open Forum"}),
        "basis": "",
        "seats": {"ex_officio": 2, "government": 6, "civil_society": 22},
        "rules": {
            "quorum": "over-half",
            "majority": "over-half-returned",
            "tie": "reject",
            "early-close": "yes",
        },
        "in_force_from": "2026-01-01",
        "source": "견본시 조례 제1호",
    }
    return Founding(**{**kept, **other})


def a_founded_forum(**other: Any) -> Forum:
    """The open installation's forum, set up for thirty."""
    found_forum(Forum.objects.get(pk=1), given=a_founding(**other), by=SECRETARY, at=FOUNDED)
    return Forum.objects.get(pk=1)
