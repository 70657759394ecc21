"""Who may do what in a consultation."""

from typing import Any

from madang.calls.rules.permissions import is_anyone
from madang.foundation.actors import Actor, Role
from madang.members.rules.permissions import is_clock, is_secretariat


def speaks_for_a_body(actor: Actor, subject: Any) -> bool:
    """The focal point of an agency that was asked, or a colleague to whom it passed the question."""
    return actor.has(Role.FOCAL_POINT) and bool(actor.agency) and subject.asks(actor.agency)


MAY = {
    "consultation.ask": [[is_secretariat]],
    "consultation.withdraw": [[is_secretariat]],
    "consultation.remind": [[is_secretariat], [is_clock]],
    "consultation.delegate": [[speaks_for_a_body]],
    "opinion.give": [[speaks_for_a_body]],
    "opinion.enter": [[is_secretariat]],
    "comments.announce": [[is_secretariat]],
    "comments.open": [[is_clock]],
    "comments.close": [[is_clock]],
    "comments.extend": [[is_secretariat]],
    "comments.call_off": [[is_secretariat]],
    "comment.send": [[is_anyone]],
    "comment.enter": [[is_secretariat]],
    "comment.edit": [[is_anyone]],
    "comment.withdraw": [[is_anyone]],
    "comment.stop_letters": [[is_anyone]],
    "comment.publish": [[is_secretariat]],
    "comment.ask_hiding": [[is_secretariat]],
    "comment.confirm_hiding": [[is_secretariat]],
    "comment.refuse_hiding": [[is_secretariat]],
    "comment.restore": [[is_secretariat]],
    "comment.answer": [[is_secretariat]],
    "comments.publish_answers": [[is_secretariat]],
}
