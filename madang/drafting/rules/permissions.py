"""Who may do what to the text of a plan."""

from typing import Any

from madang.foundation.actors import Actor
from madang.members.rules.permissions import is_secretariat
from madang.planning.rules.permissions import sees_drafts
from madang.taskforces.rules.permissions import works_in_the_group


def leads_the_writing(actor: Actor, subject: Any) -> bool:
    """Whoever leads the writing of the commitment for the government or for civil society."""
    return bool(actor.name) and subject.is_led_by(actor.name)


def reads_drafts(actor: Actor, subject: Any) -> bool:
    """Whoever reads a plan before it is put before the forum."""
    return sees_drafts(actor)


def suggested_it(actor: Actor, subject: Any) -> bool:
    """Whoever made the suggestion."""
    return actor.account is not None and subject.account_id == actor.account


MAY = {
    "texts.fix": [[is_secretariat]],
    "commitment.write": [[is_secretariat]],
    "commitment.withdraw": [[is_secretariat]],
    "commitment.tie": [[is_secretariat]],
    "commitment.untie": [[is_secretariat]],
    "draft.grow": [[works_in_the_group], [is_secretariat]],
    "draft.write": [[leads_the_writing], [is_secretariat]],
    "draft.name_lead": [[works_in_the_group], [is_secretariat]],
    "draft.give_to_group": [[is_secretariat]],
    "suggestion.make": [[reads_drafts]],
    "suggestion.answer": [[leads_the_writing], [is_secretariat]],
    "suggestion.withdraw": [[suggested_it]],
}
