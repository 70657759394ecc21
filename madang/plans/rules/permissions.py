"""Who may do what to an edition, and to the papers of what was decided."""

from madang.ballots.rules.permissions import is_co_chair
from madang.members.rules.permissions import is_clock, is_loader, is_secretariat

MAY = {
    "edition.key": [[is_co_chair]],
    "edition.enter_document": [[is_secretariat]],
    "edition.confirm_document": [[is_secretariat]],
    "edition.drop_document": [[is_secretariat]],
    # With a second key by document it follows from an officer's act, so it is the clock's.
    "edition.publish": [[is_co_chair], [is_clock]],
    "papers.fix": [[is_loader], [is_clock]],
    "decision.fix": [[is_clock]],
    "change.request": [[is_secretariat]],
    "change.key": [[is_co_chair]],
    "change.enter_document": [[is_secretariat]],
    "change.confirm_document": [[is_secretariat]],
    "change.drop_document": [[is_secretariat]],
    # What the forum approved in writing decides the change it was asked about, by itself.
    # Of a meeting the secretariat says it.
    "change.decide": [[is_secretariat], [is_clock]],
    # With a second key by document it follows from an officer's act, so it is the clock's.
    "change.apply": [[is_co_chair], [is_clock]],
    "change.drop": [[is_secretariat], [is_co_chair]],
}
