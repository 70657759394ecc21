"""Every route with who may use which method. What is not declared here is not open.

A test walks the whole URL configuration against this table, role by role, method by method.
"""

from madang.foundation.actors import Role

EVERYONE = frozenset(Role)
SIGNED_IN = EVERYONE - {Role.ANONYMOUS, Role.FOCAL_POINT, Role.CLOCK, Role.LOADER}
READS_DRAFTS = frozenset({Role.MEMBER, Role.CO_CHAIR, Role.SECRETARIAT})
Methods = dict[str, frozenset[Role]]

READ: Methods = {"GET": EVERYONE}


def _both(*roles: Role) -> Methods:
    """To read and to send, for these roles alone."""
    return {"GET": frozenset(roles), "POST": frozenset(roles)}


TWINNED = {
    "plans": ("json", "csv"),
    "plan": ("json",),
    "plan.timeline": ("json", "csv"),
    "plan.made": ("json", "csv", "svg"),
    "commitments": ("json", "csv"),
    "proposals": ("json", "csv"),
    "moderation.log": ("json", "csv"),
    "groups": ("json", "csv"),
    "candidates": ("json", "csv"),
    "commitment": ("json", "csv", "svg"),
    "commitment.history": ("json",),
    "plan.changes": ("json", "csv"),
    "draft.history": ("json",),
    "draft.suggestions": ("json", "csv"),
    "plan.progress": ("json", "csv", "svg"),
    "plan.promised": ("json", "csv"),
    "plans.side": ("json", "csv"),
    "commitment.proposals": ("json", "csv"),
    "commitment.came": ("json", "csv"),
    "plan.heard": ("json", "csv"),
    "agencies": ("json", "csv"),
    "agency": ("json", "csv"),
    "forum": ("json", "csv", "svg"),
    "forum.rules": ("json", "csv"),
    "terms": ("json", "csv"),
    "term": ("json", "csv", "svg"),
    "meetings": ("json", "csv"),
    "meeting": ("json",),
    "ballot": ("json", "csv"),
    "ballot.round": ("json", "csv"),
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
    "states",
    "parts",
    "commitment.part",
    "proposal",
    "proposal.json",
    "plan.change",
    "plan.change.json",
    *(f"{name}{twin}" for name in ("group", "candidate") for twin in ("", ".json", ".csv")),
    *(f"draft{twin}" for twin in ("", ".json", ".csv")),
    *(f"draft.comments{twin}" for twin in ("", ".json", ".csv")),
    *(f"draft.{one}{twin}" for one in ("commitment", "comment") for twin in ("", ".json")),
    "moderation",
    "answers",
)
_FILES = (
    "plan.paper",
    "plan.fates",
    "ballot.decision",
    "ballot.round.decision",
    "document",
    "proposal.file",
    "home.svg",
)
_SHORT = ("ogp", "short.commitment", "short.meeting", "short.proposal")

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
    "desk.focal": _both(Role.SECRETARIAT),
    "desk.focal.list": _both(Role.SECRETARIAT),
    "focal": {"GET": EVERYONE, "POST": EVERYONE},
    "desk.setup": {"GET": frozenset({Role.SECRETARIAT})},
    "desk.setup.forum": _both(Role.SECRETARIAT),
    "desk.setup.members": _both(Role.SECRETARIAT),
    "desk.setup.seat": _both(Role.SECRETARIAT),
    "desk.setup.name": _both(Role.SECRETARIAT),
    "desk.setup.rules": _both(Role.SECRETARIAT),
    "desk.setup.officer": _both(Role.SECRETARIAT),
    "desk.setup.check": {"GET": frozenset({Role.SECRETARIAT})},
    "desk.vote": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "vote": {"GET": EVERYONE, "POST": EVERYONE},
    "propose": {"GET": EVERYONE, "POST": EVERYONE},
    "propose.check": {"GET": EVERYONE, "POST": EVERYONE},
    "propose.code": {"GET": EVERYONE, "POST": EVERYONE},
    "proposal.answer": {"GET": EVERYONE, "POST": EVERYONE},
    "proposal.stop": {"GET": EVERYONE, "POST": EVERYONE},
    "proposal.support": {"GET": EVERYONE, "POST": EVERYONE},
    "proposal.mine": {"GET": EVERYONE, "POST": EVERYONE},
    "desk.proposals": {"GET": frozenset({Role.SECRETARIAT})},
    "desk.proposals.new": _both(Role.SECRETARIAT),
    "desk.proposal.file": {"GET": frozenset({Role.SECRETARIAT})},
    "desk.proposal": _both(Role.SECRETARIAT),
    "draft.say": {"GET": EVERYONE, "POST": EVERYONE},
    "draft.say.check": {"GET": EVERYONE, "POST": EVERYONE},
    "draft.say.code": {"GET": EVERYONE, "POST": EVERYONE},
    "comment.stop": {"GET": EVERYONE, "POST": EVERYONE},
    "desk.comments": _both(Role.SECRETARIAT),
    "desk.comment": _both(Role.SECRETARIAT),
    "find": {"GET": EVERYONE, "POST": EVERYONE},
    "desk.ballots": {"GET": frozenset({Role.SECRETARIAT})},
    "desk.ballots.new": _both(Role.SECRETARIAT),
    "desk.ballot": _both(Role.SECRETARIAT, Role.CO_CHAIR),
    "desk.ballot.revise": _both(Role.SECRETARIAT),
    "desk.ballot.round": _both(Role.SECRETARIAT),
    "desk.ballot.paper": _both(Role.SECRETARIAT),
    "desk.ballot.codes": _both(Role.SECRETARIAT),
    "desk.chairs": _both(Role.SECRETARIAT),
    "desk.file": {"GET": frozenset({Role.SECRETARIAT, Role.CO_CHAIR})},
    "desk.publish.paper": _both(Role.SECRETARIAT),
    "desk.keys": {"GET": frozenset({Role.CO_CHAIR})},
    "desk.key": _both(Role.CO_CHAIR),
    "desk.publish": {
        "GET": frozenset({Role.CO_CHAIR, Role.SECRETARIAT}),
        "POST": frozenset({Role.CO_CHAIR}),
    },
    "desk.plans": {"GET": frozenset({Role.SECRETARIAT})},
    "desk.plans.new": _both(Role.SECRETARIAT),
    "desk.plan": {"GET": frozenset({Role.SECRETARIAT})},
    "desk.direction": _both(Role.SECRETARIAT),
    "desk.announce": _both(Role.SECRETARIAT),
    "desk.call": _both(Role.SECRETARIAT),
    "desk.replies": {"GET": frozenset({Role.SECRETARIAT})},
    "desk.reply": _both(Role.SECRETARIAT),
    "desk.replies.publish": _both(Role.SECRETARIAT),
    "desk.sheets": _both(Role.SECRETARIAT),
    "desk.sheets.out": {"GET": frozenset({Role.SECRETARIAT})},
    "desk.sheet": _both(Role.SECRETARIAT),
    "desk.import": _both(Role.SECRETARIAT),
    "desk.import.list": _both(Role.SECRETARIAT),
    "desk.groups": _both(Role.SECRETARIAT),
    "desk.group": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "desk.sort": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "desk.candidate": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "desk.drafts": {"GET": READS_DRAFTS},
    "desk.draft": _both(*READS_DRAFTS),
    "desk.suggest": _both(*READS_DRAFTS),
    "desk.draft.write": _both(*READS_DRAFTS),
    "desk.commitment.new": _both(Role.SECRETARIAT),
    "desk.changes": {"GET": frozenset({Role.SECRETARIAT, Role.CO_CHAIR})},
    "desk.change.new": _both(Role.SECRETARIAT),
    "desk.change": _both(Role.SECRETARIAT, Role.CO_CHAIR),
    "desk.commitment.withdraw": _both(Role.SECRETARIAT),
    "practice": {"GET": EVERYONE},
    "practice.continue": {"POST": EVERYONE},
    "practice.clock": {"GET": EVERYONE, "POST": EVERYONE},
    "practice.others": {"POST": EVERYONE},
    "tour": {"GET": EVERYONE},
    "practice.letters": {"GET": EVERYONE},
    "practice.letter": {"GET": EVERYONE},
}

_PRIVATE = ("signin", "desk", "signout", "practice", "healthz", "tour")


def is_public(name: str) -> bool:
    """Whether the page is the same for every anonymous reader, and so may be cached."""
    return ROUTES[name].keys() == {"GET"} and not name.startswith(_PRIVATE)
