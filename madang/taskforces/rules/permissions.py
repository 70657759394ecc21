"""Who may do what in a plan's groups."""

from typing import Any

from madang.foundation.actors import Actor
from madang.members.rules.permissions import is_secretariat


def works_in_the_group(actor: Actor, subject: Any) -> bool:
    """Someone who works in the group that the subject lies with."""
    return bool(actor.name) and subject.is_worked_on_by(actor.name)


def marked_it(actor: Actor, subject: Any) -> bool:
    """Whoever's own choice it is that is taken back."""
    return bool(actor.name) and subject.is_marked_by(actor.name)


GROUP_OR_OFFICE = [[works_in_the_group], [is_secretariat]]

MAY = {
    "group.form": [[is_secretariat]],
    "group.join": [[is_secretariat]],
    "group.leave": [[is_secretariat]],
    "group.place": GROUP_OR_OFFICE,
    "group.call_meeting": GROUP_OR_OFFICE,
    "group.note_meeting": GROUP_OR_OFFICE,
    "homework.give": GROUP_OR_OFFICE,
    "homework.finish": GROUP_OR_OFFICE,
    "proposal.mark": [[works_in_the_group]],
    "proposal.unmark": [[marked_it]],
    "proposal.settle": [[works_in_the_group]],
    "candidate.open": GROUP_OR_OFFICE,
    "candidate.write": GROUP_OR_OFFICE,
    "candidate.merge": GROUP_OR_OFFICE,
    "candidate.split": GROUP_OR_OFFICE,
    "candidate.set_aside": GROUP_OR_OFFICE,
    "candidate.score": [[works_in_the_group]],
    "candidate.argue": [[works_in_the_group]],
}
