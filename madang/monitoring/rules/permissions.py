"""Who may do what while a plan is carried out."""

from typing import Any

from madang.foundation.actors import Actor, Role
from madang.members.rules.permissions import is_clock, is_secretariat


def answers_for_a_body(actor: Actor, subject: Any) -> bool:
    """A focal point, by a mailed link. Whether its body answers for the step, the act asks."""
    return actor.has(Role.FOCAL_POINT) and bool(actor.agency)


def is_member(actor: Actor, subject: Any) -> bool:
    """A member of the forum. Whether from civil society, the act asks of the seat."""
    return actor.has(Role.MEMBER)


def is_anyone(actor: Actor, subject: Any) -> bool:
    """Anyone, without an account, after a mailed code."""
    return True


MAY = {
    "assessment.begin": [[is_secretariat]],
    "assessment.write": [[is_secretariat]],
    "assessment.put_out": [[is_secretariat]],
    "assessment.publish": [[is_secretariat]],
    "periods.set": [[is_secretariat]],
    "period.ask": [[is_clock]],
    "period.close": [[is_secretariat], [is_clock]],
    "period.fall_silent": [[is_clock]],
    "update.post": [[answers_for_a_body], [is_secretariat]],
    "update.translate": [[is_secretariat]],
    "evidence.look": [[is_secretariat], [is_member]],
    "update.weigh": [[is_member]],
    "handover.pack": [[is_secretariat]],
    "review.enter": [[is_secretariat]],
    "view.state": [[is_secretariat]],
    "milestone.comment": [[is_anyone]],
    "assessment.comment": [[is_anyone]],
    "remark.publish": [[is_secretariat]],
    "remark.ask_hiding": [[is_secretariat]],
    "remark.confirm_hiding": [[is_secretariat]],
    "remark.refuse_hiding": [[is_secretariat]],
    "remark.restore": [[is_secretariat]],
    "remark.answer": [[is_secretariat]],
}
