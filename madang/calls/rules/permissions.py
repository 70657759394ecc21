"""Who may do what to a call and to a proposal."""

from typing import Any

from madang.foundation.actors import Actor, Role
from madang.members.rules.permissions import is_loader, is_secretariat


def is_clock(actor: Actor, subject: Any) -> bool:
    """The clock: nobody else opens or closes a call."""
    return actor.has(Role.CLOCK)


def is_anyone(actor: Actor, subject: Any) -> bool:
    """Anyone, without an account. What only an author may do is behind a code mailed to them."""
    return True


MAY = {
    "call.announce": [[is_secretariat]],
    "call.revise": [[is_secretariat]],
    "call.open": [[is_clock]],
    "call.close": [[is_clock]],
    "call.extend": [[is_secretariat]],
    "call.end": [[is_secretariat]],
    "call.reopen": [[is_secretariat]],
    "call.record": [[is_secretariat], [is_loader]],
    "proposals.import": [[is_secretariat], [is_loader]],
    "replies.write": [[is_secretariat]],
    "replies.publish": [[is_secretariat]],
    "proposal.send": [[is_anyone]],
    "proposal.enter": [[is_secretariat]],
    "proposal.ask_again": [[is_anyone]],
    "reply.rate": [[is_anyone]],
    "proposal.stop_letters": [[is_anyone]],
    "proposal.edit": [[is_anyone]],
    "proposal.change_file": [[is_anyone]],
    "proposal.withdraw": [[is_anyone]],
    "proposal.endorse": [[is_anyone]],
    "proposal.enter_supports": [[is_secretariat]],
    "proposal.publish": [[is_secretariat]],
    "proposal.ask": [[is_secretariat]],
    "proposal.ask_hiding": [[is_secretariat]],
    "proposal.confirm_hiding": [[is_secretariat]],
    "proposal.refuse_hiding": [[is_secretariat]],
    "proposal.restore": [[is_secretariat]],
}
