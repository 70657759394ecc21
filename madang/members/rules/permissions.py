"""Who may do what to the forum itself."""

from typing import Any

from madang.foundation.actors import Actor, Role


def is_loader(actor: Actor, subject: Any) -> bool:
    """The command line, on the machine of the installation."""
    return actor.has(Role.LOADER)


def is_clock(actor: Actor, subject: Any) -> bool:
    """The clock: what comes with time, or follows from another act, is nobody's choice."""
    return actor.has(Role.CLOCK)


def is_secretariat(actor: Actor, subject: Any) -> bool:
    """Someone of the secretariat."""
    return actor.has(Role.SECRETARIAT)


def is_own_post(actor: Actor, subject: Any) -> bool:
    """The focal point who holds the post, by a mailed link."""
    return (
        actor.has(Role.FOCAL_POINT)
        and bool(actor.agency)
        and (actor.agency, actor.name) == (subject.agency.slug, subject.email)
    )


def in_practice(actor: Actor, subject: Any) -> bool:
    """The installation is a practice forum."""
    return bool(subject.practice)


MAY = {
    "forum.open": [[is_loader]],
    "forum.found": [[is_secretariat]],
    "account.grant": [[is_secretariat]],
    "roll.register": [[is_secretariat]],
    "forum.correct": [[is_secretariat]],
    "rules.revise": [[is_secretariat]],
    "member.correct": [[is_secretariat]],
    "seat.pass": [[is_secretariat]],
    "chair.name": [[is_secretariat]],
    "focal.name": [[is_secretariat]],
    "focal.hand_over": [[is_own_post]],
    "focal.end": [[is_secretariat]],
    "chair.enter_stand_in": [[is_secretariat]],
    "chair.confirm_stand_in": [[is_secretariat]],
    "chair.end_stand_in": [[is_secretariat]],
    "clock.move": [[in_practice]],
}
