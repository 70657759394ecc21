"""Every route with who may use which method. What is not declared here is not open.

A test walks the whole URL configuration against this table, role by role, method by method.
"""

from madang.foundation.actors import Role

EVERYONE = frozenset(Role)
SIGNED_IN = EVERYONE - {Role.ANONYMOUS, Role.CLOCK, Role.LOADER}
Methods = dict[str, frozenset[Role]]

READ: Methods = {"GET": EVERYONE}

TWINNED = {
    "plans": ("json", "csv"),
    "plan": ("json",),
    "plan.timeline": ("json", "csv"),
    "plan.made": ("json", "csv", "svg"),
    "commitments": ("json", "csv"),
    "commitment": ("json", "csv", "svg"),
    "agencies": ("json", "csv"),
    "agency": ("json", "csv"),
    "forum": ("json", "csv", "svg"),
    "forum.rules": ("json", "csv"),
    "terms": ("json", "csv"),
    "term": ("json", "csv", "svg"),
    "meetings": ("json", "csv"),
    "meeting": ("json",),
    "ballot": ("json",),
    "record": ("json", "csv"),
    "entry": ("json",),
    "documents": ("json", "csv"),
    "sources": ("json", "csv"),
}
_PLAIN_PAGES = (
    "home",
    "home.json",
    "about",
    "marks",
    "data",
    "permissions",
    "parts",
    "commitment.part",
)
_FILES = ("plan.paper", "document", "home.svg")
_SHORT = ("ogp", "short.commitment", "short.meeting")

ROUTES: dict[str, Methods] = {
    **dict.fromkeys((*_PLAIN_PAGES, *_FILES, *_SHORT), READ),
    **dict.fromkeys(TWINNED, READ),
    **{f"{name}.{twin}": READ for name, twins in TWINNED.items() for twin in twins},
    "healthz": READ,
    "robots": READ,
    "favicon": READ,
    "signin": {"GET": EVERYONE, "POST": EVERYONE},
    "signin.code": {"GET": EVERYONE, "POST": EVERYONE},
    "signin.link": {"GET": EVERYONE, "POST": EVERYONE},
    "signout": {"POST": SIGNED_IN},
    "desk": {"GET": SIGNED_IN},
    "practice": {"GET": EVERYONE},
    "practice.continue": {"POST": EVERYONE},
    "practice.clock": {"GET": EVERYONE, "POST": EVERYONE},
    "practice.letters": {"GET": EVERYONE},
    "practice.letter": {"GET": EVERYONE},
}

_PRIVATE = ("signin", "desk", "signout", "practice", "healthz")


def is_public(name: str) -> bool:
    """Whether the page is the same for every anonymous reader, and so may be cached."""
    return ROUTES[name].keys() == {"GET"} and not name.startswith(_PRIVATE)
